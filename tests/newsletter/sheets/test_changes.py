"""Changes of content and of order are told apart; orders are checked against all subsequences."""

from dataclasses import replace
from itertools import combinations, permutations

import pytest

from comity.newsletter.model.entry import Entry
from comity.newsletter.sheets.changes import Emptied, differs, emptied, moved, uncut
from comity.newsletter.sheets.limits import cut

ENTRY = Entry("a", "One", summary="s", notes="n", rating=10, position=3)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"position": 7}, False),
        ({"highlight": True}, False),
        ({"rating": 9}, True),
        ({"summary": ""}, True),
        ({"extra": (("Mood", "calm"),)}, True),
    ],
)
def test_an_entry_differs_by_what_it_says(changes, expected):
    assert differs(ENTRY, replace(ENTRY, **changes)) is expected


@pytest.mark.parametrize("order", list(permutations((1, 3, 4, 8, 9))))
def test_the_fewest_moves_leave_a_longest_increasing_part(order):
    longest = next(
        size
        for size in range(len(order), 0, -1)
        if any(list(part) == sorted(part) for part in combinations(order, size))
    )
    assert moved(order) == len(order) - longest


def test_nothing_moves_among_none_and_among_equals():
    assert moved([]) == moved([2, 2, 2]) == 0


def test_only_texts_that_were_there_can_be_emptied():
    before = {"a": ENTRY}
    new = Entry("b", "New")
    assert emptied(before, [replace(ENTRY, opinion="", venue="v"), new]) == ()
    lost = replace(ENTRY, title="Uno", summary="", notes="")
    assert emptied(before, [new, lost]) == (Emptied("Uno", ("Summary", "Notes")),)


def test_a_text_that_a_workbook_cut_leaves_the_whole_one():
    whole = "x" * 40_000
    held = replace(ENTRY, summary=whole, opinion="")
    sheet = replace(ENTRY, summary=cut(whole), opinion=cut(whole), notes="new")
    kept = uncut(sheet, held)
    assert (kept.summary, kept.opinion, kept.notes) == (whole, cut(whole), "new")
    assert uncut(sheet, None) == sheet
    assert uncut(ENTRY, held) is ENTRY
