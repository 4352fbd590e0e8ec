"""Weeks that were missed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.newsletter.finding.calendar import calendar, day_of
from comity.newsletter.model.issue import Issue

START = date(2026, 1, 5)


def weekly(*weeks: float) -> list[Issue]:
    days = (START + timedelta(days=round(7 * week)) for week in weeks)
    return [Issue(k, date=str(day), sent="2026") for k, day in enumerate(days, start=1)]


@given(st.sets(st.integers(1, 40)), st.integers(0, 6))
def test_planted_holes_are_found(holes, later):
    """Forty-two weeks of issues, with holes between the first and the last."""
    came = [week for week in range(42) if week not in holes]
    today = START + timedelta(weeks=41, days=later)
    found = calendar(weekly(*came), 7, today)
    assert found.missed == tuple(START + timedelta(weeks=week) for week in sorted(holes))
    assert found.due == START + timedelta(weeks=42)
    assert [slot.day for slot in found.slots] == sorted(slot.day for slot in found.slots)


def test_an_issue_a_day_late_misses_nothing():
    issues = weekly(0, 8 / 7, 16 / 7, 24 / 7)
    assert calendar(issues, 7, START + timedelta(days=25)).missed == ()


def test_after_the_last_one_a_week_is_missed_once_the_next_is_due():
    for days, missed in ((7, 0), (8, 1), (14, 1), (15, 2)):
        assert len(calendar(weekly(0), 7, START + timedelta(days=days)).missed) == missed


def test_drafts_and_unknown_days():
    issues = [*weekly(0), Issue(8, sent="unknown"), Issue(9, date="2026-01-20")]
    found = calendar(issues, 7, START)
    assert found.undated == (8,)
    assert [slot.issue for slot in found.slots] == [1]
    assert calendar([], 7, START).due is None
    assert day_of(Issue(1, date="long ago", sent="2026-02-03T10:00:00+00:00")) == date(2026, 2, 3)


def test_issues_that_came_by_a_sheet_have_no_day():
    heard = "2026-02-03T10:00:00+00:00"
    imported = [Issue(k, sent=heard, created=heard) for k in (1, 2)]
    assert calendar(imported, 7, START).undated == (1, 2)
    assert calendar(imported, 7, START).slots == ()


def test_a_cadence_is_a_number_of_days():
    with pytest.raises(InputError, match="not a number of days"):
        calendar([], 0, START)
