"""Searches without words: the same entries as the index finds by filters, latest issue first."""

import pytest

from comity.newsletter.desk.asking import Asked
from comity.newsletter.desk.listing import listed
from comity.newsletter.editions.web.site import Site
from comity.newsletter.search.document import Documents, facets_of
from comity.newsletter.search.found import Filters
from newsletter_small import ENTRIES, PUBLICATION, view

SITE = Site(view())


def ids(filters, limit=100, offset=0):
    return [hit.entry[0] for hit in listed(SITE, Asked("", filters), limit, offset).hits]


def test_everything_comes_latest_issue_first_and_what_is_in_none_last():
    assert ids(Filters()) == list("EFKABCDG")


@pytest.mark.parametrize(
    "filters",
    [
        Filters(category="Institutions & rules"),
        Filters(category="voting", highlights=True),
        Filters(summarizer="A. Lovelace"),
        Filters(summarizer="Charles Babbage"),
        Filters(year="2020", topic="trust"),
        Filters(topic="Nothing of the kind"),
        Filters(highlights=True),
    ],
)
def test_filters_let_through_what_the_index_lets_through(filters):
    """The independent road: the terms under which the index keeps each entry."""
    documents = Documents(view())
    wanted = set(facets_of(filters, PUBLICATION.aliases))
    expected = {
        entry.id[0] for entry in view().archive.entries if wanted <= set(documents.facets(entry))
    }
    assert set(ids(filters)) == expected


def test_pages_follow_each_other_and_hold_the_first_words():
    assert ids(Filters(), 3) + ids(Filters(), 3, 3) + ids(Filters(), 3, 6) == ids(Filters())
    found = listed(SITE, Asked("", Filters()), 3, 3)
    assert found.total == 8 == len(SITE.view.archive.entries) < len(ENTRIES)
    assert "People keep promises" in "".join(piece.text for piece in found.hits[0].snippet)
