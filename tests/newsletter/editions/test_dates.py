"""Dates against the standard library's own readers of each form."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest

from comity.newsletter.editions.dates import clock, moment, published, rfc822, rfc3339, told
from comity.newsletter.model.issue import Issue

WHEN = datetime(2026, 11, 5, 9, 30, 15, 250, tzinfo=UTC)


def test_every_form_reads_back_to_the_same_second():
    second = WHEN.replace(microsecond=0)
    assert parsedate_to_datetime(rfc822(WHEN)) == second
    assert datetime.fromisoformat(rfc3339(WHEN)) == second


def test_zones_are_converted():
    assert rfc3339(datetime.fromisoformat("2026-11-05T01:00:00+02:00")) == "2026-11-04T23:00:00Z"


@pytest.mark.parametrize(
    ("sent", "day", "expected"),
    [
        ("2026-11-05T09:00:00+00:00", "2026-11-05", "2026-11-05T09:00:00Z"),
        # An old issue that was imported long after its day.
        ("2026-11-05T09:00:00+00:00", "2018-04-09", "2018-04-09T00:00:00Z"),
        ("", "2018-04-09", "2018-04-09T00:00:00Z"),
    ],
)
def test_an_issue_appeared_on_its_day_and_at_the_moment_of_sending(sent, day, expected):
    assert rfc3339(published(Issue(1, date=day, sent=sent))) == expected


# Whatever the database says of the moment when it learned that the issue had been sent.
@pytest.mark.parametrize("sent", ["", "unknown", "2026-11-05T09:00:00+00:00"])
def test_nobody_knows_when_an_issue_from_a_sheet_appeared(sent):
    assert published(Issue(1, sent=sent, created=sent)) is None


def test_an_issue_without_a_date_appeared_when_it_was_sent():
    sent = Issue(1, sent="2026-11-05T09:00:00+00:00", created="2026-11-01T08:00:00+00:00")
    assert rfc3339(published(sent)) == "2026-11-05T09:00:00Z"


@pytest.mark.parametrize("text", ["2026-13-05", "soon", "", "5 May 2020"])
def test_what_is_no_date_stays_as_it_is(text):
    assert told(text) == text
    assert moment(text) is None


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (3600, "1:00:00")])
def test_lengths_of_time(seconds, shown):
    assert clock(seconds) == shown
