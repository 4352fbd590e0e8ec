"""One rule of what a year is, and everything that asks for one."""

from dataclasses import replace

import pytest

from comity.newsletter.editions.web.groups import by_year
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import YEAR
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.withholding import withhold
from comity.newsletter.model.years import years
from comity.newsletter.search.document import Documents, facet
from comity.newsletter.sheets.spelling import spell_cell
from comity.newsletter.sheets.words import year
from comity.newsletter.text.titles import Titles
from newsletter_small import PUBLICATION, entry


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2018", ("2018",)),
        ("1000, 1687 and 2199", ("1000", "1687", "2199")),
        ("2018-2019, again 2018", ("2018", "2019")),
        ("999, 0999, 2200, 12018, 20180", ()),
        ("", ()),
    ],
)
def test_a_year_has_four_digits_of_this_or_the_last_millennium(text, found):
    assert years(text) == found


@pytest.mark.parametrize("text", ["1066", "1499", "2018", "2150", "2300", "5000", "in 2020-2021"])
def test_sheets_searches_and_pages_agree_on_it(text):
    written = replace(entry("AAAAAAAAAA", "Title", 1), year=text)
    view = withhold(PUBLICATION, Archive((written,)), "internal")
    assert tuple(group.name for group in reversed(by_year(view))) == years(text)
    searched = set(Documents(view).facets(written))
    assert {facet("year", name) for name in years(text)} == {
        term for term in searched if term.startswith(facet("year", ""))
    }
    kind = {0: Kind.NO_NUMBER, 1: None}.get(len(years(text)), Kind.SEVERAL_YEARS)
    fault = year(text)[1]
    assert (fault and fault.kind) == kind
    cell = spell_cell(written, YEAR, Titles.of(()))
    assert isinstance(cell.value, int) == (years(text) == (text,))
