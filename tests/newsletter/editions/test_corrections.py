"""When corrected things come back, against a plain statement of the rule; and where all is told."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.audio.script import Script
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.corrections import changed, corrected, heading, latest
from comity.newsletter.editions.email import email
from comity.newsletter.model.issue import Erratum
from newsletter_sites import Page, built
from newsletter_small import translated, view

FIRST = datetime(2020, 1, 1, 9, tzinfo=UTC)
DAY = "2026-11-20"


def erratum(day=DAY, note="Forty."):
    return Erratum("A", day, note)


def test_what_was_never_corrected_changed_when_it_appeared():
    assert changed(FIRST, ()) == FIRST
    assert changed(None, ()) is None


def test_a_correction_is_dated_by_its_day_and_always_later_than_what_it_follows():
    day = datetime(2026, 11, 20, tzinfo=UTC)
    assert changed(FIRST, [erratum()]) == day
    assert changed(None, [erratum()]) == day
    same = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert changed(same, [erratum()]) > same
    assert changed(FIRST, [erratum("some day")]) > FIRST


@given(st.lists(st.dates(), max_size=6).map(lambda days: [erratum(str(day)) for day in days]))
def test_each_further_correction_makes_it_later(errata):
    for count in range(len(errata)):
        ordered = sorted(errata, key=lambda e: e.date)
        assert changed(FIRST, ordered[: count + 1]) > changed(FIRST, ordered[:count])


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=30),
    st.dictionaries(st.integers(0, 29), st.integers(1, 40), max_size=8),
    st.integers(1, 12),
)
def test_the_latest_are_those_that_changed_last_and_half_of_those_that_appeared_last(
    gaps, marks, most
):
    """Things are days of 2020, latest first; corrections are days from 2021."""
    days = sorted(gaps, reverse=True)
    things = list(enumerate(days))
    errata = {
        k: [erratum(f"2021-{1 + day // 28:02}-{1 + day % 28:02}")] for k, day in marks.items()
    }
    came = {thing: FIRST + timedelta(days=thing[1]) for thing in things}
    found = latest(things, most, came.get, lambda thing: errata.get(thing[0], ()))
    when = {thing: changed(came[thing], errata.get(thing[0], ())) for thing in things}
    assert len(found) == min(most, len(things)) == len(set(found))
    assert set(things[: most // 2]) <= set(found)
    assert [when[t] for t in found] == sorted((when[t] for t in found), reverse=True)
    left = [when[t] for t in things if t not in found]
    taken = [when[t] for t in found if t not in things[: most // 2]]
    assert not left or not taken or max(left) <= min(taken)
    if not any(k < len(things) for k in marks):
        assert found == things[:most]


def test_what_nobody_dated_stays_behind_what_came_after_it():
    things, came = ["c", "b", "a"], {"b": FIRST}
    assert latest(things, 3, came.get, lambda thing: ()) == things
    assert latest(things, 3, came.get, lambda t: [erratum()] * (t == "a")) == ["a", "c", "b"]


def test_an_issue_tells_what_was_corrected_in_it_responses_included():
    edition = assemble(view(), 1)
    ((item, found),) = corrected(edition)
    assert (item.entry.id, found.date) == ("AAAAAAAAAA", DAY)
    under = next(item for item in edition.walk() if item.responses)
    response = replace(under.responses[0], errata=(erratum("2026-11-21"),))
    later = replace(edition, highlights=(replace(under, responses=(response,)), item))
    assert [e.date for _, e in corrected(later)][:2] == ["2026-11-21", DAY]


NOTE = "There were 40 pairs, not 41."
TOLD = heading("20 November 2026")


def test_every_edition_tells_the_correction_with_its_day(tmp_path):
    site = built(
        tmp_path,
        searches={"on trust": ("AAAAAAAAAA",)},
        translations={1: (translated(),)},
    )
    pages = [
        "issues/1/index.html",
        "issues/1/es/index.html",
        "issues/1/transcript/index.html",
        "entries/AAAAAAAAAA/index.html",
    ]
    with zipfile.ZipFile(site / "offline.zip") as offline:
        for name in pages:
            apart = offline.read(f"commons-weekly/{name}").decode()
            for page in ((site / name).read_text("utf-8"), apart):
                assert f"{TOLD} {NOTE}" in Page(page).text, name
    for name in ("categories/contracts/index.html", "index.html"):
        assert "corrected 20 November 2026" in Page((site / name).read_text("utf-8")).text, name
    for name in ("issues.atom", "entries.rss", "search-on-trust.atom", "podcast.rss"):
        assert "not 41" in (site / "feeds" / name).read_text("utf-8"), name
    assert f"{TOLD} {NOTE}" in (site / "search" / "index.js").read_text("utf-8")
    (erratum,) = json.loads((site / "archive.json").read_text("utf-8"))["errata"]
    assert erratum["date"] == DAY


def test_the_mail_says_it_in_both_forms_and_a_new_recording_aloud():
    edition = assemble(view(), 1)
    mail = email(view(), edition)
    assert f"{TOLD} {NOTE}" in Page(mail.html).text
    assert f"{TOLD} There were 40 pairs, *not 41*." in " ".join(mail.text.split())
    said = " ".join(block.shown for block in Script(view(), edition).blocks)
    assert NOTE in said


def test_the_sheet_has_a_column_for_it(tmp_path):
    site = built(tmp_path)
    sheet = openpyxl.load_workbook(site / "sheet.xlsx").active
    headings = [cell.value for cell in sheet[1]]
    assert headings[-1] == "Corrections"
    found = [row[-1].value for row in sheet.iter_rows(min_row=2) if row[-1].value]
    assert found == [f"{TOLD} There were 40 pairs, *not 41*."]
    rows = list(csv.reader(io.StringIO((site / "sheet.csv").read_text("utf-8-sig"))))
    assert [row[-1] for row in rows if row[-1]] == ["Corrections", *found]
