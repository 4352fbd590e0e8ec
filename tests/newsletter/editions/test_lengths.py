"""Texts that no cell of a workbook holds, counted without Comity."""

from dataclasses import replace

from comity.newsletter.editions.lengths import long_cells, long_text
from comity.newsletter.model.columns import PUBLIC_FORM
from comity.newsletter.model.entry import Entry
from comity.newsletter.text.titles import Titles

MOST = 32_767
"""Source: "Excel specifications and limits", characters of a cell."""


def found(text, *others):
    entry = Entry("A", "Long", issue=3, summary=text)
    titles = Titles.of([entry, *others])
    return [str(fault) for fault in long_cells(entry, PUBLIC_FORM, titles)]


def test_the_first_text_that_is_too_long_is_named_with_its_place():
    assert found("x" * MOST) == []
    (said,) = found("x" * (MOST + 1))
    assert said.startswith('issue 3, "Long", Summary: 32,768 characters')
    assert said.endswith("at most 32,767")


def test_a_text_is_as_long_as_its_references_are_spelled():
    other = Entry("B", "t" * 200)
    text = "x" * (MOST - 100) + "<@@>(@#B@)"
    assert len(text) < MOST
    assert len(found(text, other)) == 1
    assert found(text, replace(other, title="t" * 50)) == []


def test_a_text_that_stands_with_an_entry_has_its_place():
    entry = Entry("A", "Long")
    assert list(long_text(entry, "Corrections", "x")) == []
    (fault,) = long_text(entry, "Corrections", "x" * 40_000)
    assert (fault.place, fault.column, fault.entry) == ('"Long", Corrections', "Corrections", "A")
