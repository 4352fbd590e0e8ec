"""Entries taken together: issues far beyond the others, and circles, against plain walks."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.editions.checks import Check
from comity.newsletter.editions.web.pages import pages
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.withholding import withhold
from comity.newsletter.sheets.cells import Cell, Table
from comity.newsletter.sheets.importing import plan_import
from comity.newsletter.sheets.whole import circles, far, in_circles
from comity.newsletter.sheets.words import lost_day
from newsletter_small import PUBLICATION, entry

GRAPHS = st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.sampled_from("abcdefghx"))


@given(GRAPHS)
def test_circles_are_what_one_walks_around(above):
    """Whoever comes back to where they began is on a circle."""
    on = set()
    for start in above:
        place = above[start]
        for _ in range(len(above)):
            if place == start and above[start] != start:
                on.add(start)
            place = above.get(place)
    found = list(circles(above))
    assert sorted(key for circle in found for key in circle) == sorted(on)
    for circle in found:
        assert all(above[a] == b for a, b in zip(circle, circle[1:] + circle[:1], strict=True))


@given(st.lists(st.integers(1, 60), min_size=4), st.lists(st.integers(2000, 99999), max_size=3))
def test_a_few_numbers_far_beyond_are_found_and_no_others(near, beyond):
    assert far(near) == frozenset()
    assert far([*near, *beyond]) == frozenset(beyond)
    assert far([*beyond * 9, 1]) == frozenset()


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("43221", "2018-05-01"),  # as Excel shows it
        ("36526", "2000-01-01"),
        ("54788", "2049-12-31"),
        ("36525", ""),
        ("54789", ""),
        ("043221", ""),
        ("²³²²¹", ""),
    ],
)
def test_days_without_their_format(word, day):
    assert lost_day(word) == day


NOTHING = Archive(())


def planned(*rows, archive=NOTHING):
    headings = ("Category", "Title", "Email", "Email status", "Public?", "Part of")
    cells = tuple(
        {k: Cell(value) for k, value in enumerate(("Voting", *row)) if value != ""} for row in rows
    )
    return plan_import(Table("sheet.xlsx", headings, cells), archive, PUBLICATION)


def row(title, email, part_of=""):
    return title, email, "Sent", "Yes", part_of


def test_a_date_that_lost_its_format_is_no_issue():
    plan = planned(
        row("A", 1), row("B", 43221), row("C", 43221.0), row("D", "CW #43221"), row("E", 2)
    )
    assert [(f.row, f.kind, f.column) for f in plan.faults] == [
        (number, Kind.UNKNOWN_ISSUE, "Email") for number in (3, 4, 5)
    ]
    assert "2018-05-01" in plan.faults[0].reason
    assert "far beyond" in plan.faults[2].reason
    assert [e.issue for e in plan.entries] == [1, None, None, 43221, 2]
    assert [e.email for e in plan.entries] == ["1", "43221", "43221", "CW #43221", "2"]


def test_an_issue_that_is_known_already_may_be_far_beyond():
    archive = Archive((), (Issue(9000, sent="2026-01-01T00:00:00+00:00"),))
    rows = [row("A", "CW #1"), row("B", "CW #2"), row("C", "CW #9000")]
    assert not planned(*rows, archive=archive).faults
    assert [f.row for f in planned(*rows).faults] == [4]
    plan = planned(*rows)
    kept = Check(PUBLICATION, Archive(plan.entries, plan.issues)).everything()
    assert [f.entry for f in kept if "far beyond" in f.reason] == [plan.entries[2].id]


def test_each_entry_of_a_circle_is_named_with_the_others():
    plan = planned(row("A", 1, "B"), row("B", 1, "C"), row("C", 1, "A"), row("D", 1, "A"))
    assert not plan.faults
    told = [f for f in plan.advice if f.kind is Kind.SELF_REFERENCE]
    assert [(f.row, f.column, f.found) for f in told] == [
        (2, "Part of", "B, C"),
        (3, "Part of", "C, A"),
        (4, "Part of", "A, B"),
    ]
    found = Check(PUBLICATION, Archive(plan.entries, plan.issues)).issue(1)
    assert Counter(f.entry for f in found if f.kind is Kind.SELF_REFERENCE) == Counter(
        entry.id for entry in plan.entries[:3]
    )


def test_a_circle_within_an_issue_and_across_issues_is_shown_once():
    status = EmailStatus.SENT
    entries = (
        entry("A", "Title A", 1, part_of="B", email_status=status),
        entry("B", "Title B", 1, part_of="C", email_status=status),
        entry("C", "Title C", 2, part_of="A", email_status=status),
        entry("D", "Title D", 2, part_of="D", email_status=status),
    )
    sent = "2026-01-01T00:00:00+00:00"
    archive = Archive(entries, (Issue(1, sent=sent), Issue(2, sent=sent)))
    site = Site(withhold(PUBLICATION, archive, "public"))
    made = {page.address: page.html for page in pages(site)}
    for number, keys in ((1, "AB"), (2, "CD")):
        assert all(made[f"issues/{number}/"].count(f'id="e-{key}"') == 1 for key in keys)
    assert all(f"entries/{key}/" in made for key in "ABCD")


def test_an_entry_alone_is_in_no_circle():
    alone = Entry("A", "A", part_of="A")
    assert not list(circles({alone.id: alone.part_of}))
    assert not list(circles({"A": replace(alone, part_of=None).part_of}))


def test_of_a_long_circle_as_much_is_told_as_fits():
    count = 30_000
    around = [Entry(str(k), f"T{k}", part_of=str((k + 1) % count)) for k in range(count)]
    faults = in_circles(around)
    assert len(faults) == count
    for place in (0, 7, count - 2):
        others = [f"T{(place + step) % count}" for step in range(1, 40)]
        assert faults[str(place)].found == ", ".join(others)[:59] + "…"
    three = in_circles([Entry(a, a, part_of=b) for a, b in ("AB", "BC", "CA")])
    assert [three[key].found for key in "ABC"] == ["B, C", "C, A", "A, B"]
