"""Entries as forms and back: what nobody changed stays as it is, whatever it is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.desk.forms import COLUMNS, HEADINGS, read, unread_cells, written
from comity.newsletter.model.columns import HIGHLIGHT, KNOWN, EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Kind
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.fields import Reader
from comity.newsletter.text.titles import Titles
from newsletter_small import ENTRIES, PUBLICATION

TITLES = Titles.of(ENTRIES)
READER = Reader(PUBLICATION)
BY_ID = {entry.id: entry for entry in ENTRIES}


def changed(entry: Entry, **fields: str):
    before = written(entry, TITLES)
    return read(entry, before, {**before, **fields}, READER, TITLES, 10_000)


def test_a_form_shows_every_column_of_the_sheet():
    assert set(COLUMNS) == set(KNOWN) - {HIGHLIGHT}
    assert len(HEADINGS) == len(COLUMNS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_what_nobody_changed_stays(entry):
    assert changed(entry).entry == entry


@given(
    st.builds(
        Entry,
        id=st.just("X"),
        title=st.text(min_size=1),
        summary=st.text(),
        url=st.text(),
        year=st.text(),
        category=st.text(),
        notes=st.text(),
        rating=st.none() | st.integers(-3, 12),
        highlight=st.booleans(),
        email_status=st.sampled_from(EmailStatus),
        public=st.sampled_from(Publicity),
        topics=st.lists(st.text(), max_size=2).map(tuple),
    )
)
def test_whatever_a_database_holds_an_untouched_form_changes_nothing(entry):
    typed = changed(entry)
    assert typed.entry == entry
    assert typed.refused in ((), ("title",))


def test_references_are_titles_in_a_form_and_ids_in_the_database():
    entry = BY_ID["BBBBBBBBBB"]
    form = written(entry, TITLES)
    assert "<@Promises that are kept@>" in form["summary"]
    typed = changed(entry, summary="After <@promises that are kept@> and <@this@>(@Bare@).")
    assert typed.entry.summary == "After <@@>(@#AAAAAAAAAA@) and <@this@>(@#KKKKKKKKKK@)."
    assert (typed.faults, typed.refused) == ((), ())


def test_a_reference_to_nothing_is_kept_and_named():
    typed = changed(BY_ID["BBBBBBBBBB"], summary="See <@No such thing@>.")
    assert typed.entry.summary == "See <@No such thing@>."
    assert [(f.kind, f.column) for f in typed.faults] == [(Kind.UNRESOLVED_REFERENCE, "Summary")]
    assert typed.refused == ()


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("url", "javascript:alert(1)", Kind.BAD_ADDRESS),
        ("rating", "11", Kind.OUT_OF_RANGE),
        ("rating", "high", Kind.NO_NUMBER),
        ("email_status", "Posted", Kind.UNKNOWN_WORD),
        ("public", "Maybe", Kind.UNKNOWN_WORD),
        ("part_of", "No such title", Kind.UNRESOLVED_REFERENCE),
        ("title", "  ", Kind.NO_TITLE),
        ("summary", "x" * 10_001, Kind.TOO_LONG),
    ],
)
def test_what_cannot_be_kept_is_refused(field, text, kind):
    entry = BY_ID["BBBBBBBBBB"]
    typed = changed(entry, **{field: text})
    assert typed.refused == (field,)
    assert kind in {fault.kind for fault in typed.faults}
    if field != "title":
        assert getattr(typed.entry, field) == getattr(entry, field)


def test_fields_of_all_kinds():
    typed = changed(
        BY_ID["BBBBBBBBBB"],
        rating="10",
        email="CW #7",
        public="Link only",
        topics="trust, talk ;trust",
        part_of="PROMISES that are kept",
        category="Voting",
    )
    found = typed.entry
    assert typed.refused == ()
    assert (found.rating, found.is_highlight, found.issue) == (10, True, 7)
    assert (found.public, found.topics) == (Publicity.LINK_ONLY, ("trust", "talk"))
    assert (found.part_of, found.category) == ("AAAAAAAAAA", "Voting")


def test_a_highlight_of_the_public_sheet_can_be_made_none():
    entry = replace(BY_ID["BBBBBBBBBB"], highlight=True, rating=None)
    assert written(entry, TITLES)["rating"] == "10"
    assert changed(entry).entry == entry
    plain = changed(entry, rating="7").entry
    assert (plain.is_highlight, plain.rating) == (False, 7)


def test_line_ends_of_browsers_change_nothing():
    entry = replace(BY_ID["BBBBBBBBBB"], summary="a\r\nb\rc")
    form = written(entry, TITLES)
    assert form["summary"] == "a\nb\nc"
    assert changed(entry, summary=form["summary"]).entry.summary == "a\r\nb\rc"


def test_cells_that_could_not_be_read_stand_in_the_form_while_they_count():
    cells = {"public": Cell("perhaps"), "rating": Cell("7/10"), "title": Cell("Any", "file:///x")}
    entry = replace(BY_ID["BBBBBBBBBB"], public=Publicity.NO, rating=7)
    assert unread_cells(entry, cells, READER, TITLES) == {"public": "perhaps"}
    assert written(entry, TITLES, {"public": "perhaps"})["public"] == "perhaps"
    decided = replace(entry, public=Publicity.YES)
    assert unread_cells(decided, cells, READER, TITLES) == {}
