"""From sheets to the database: every planted fault is found and no other, and nothing is lost."""

from dataclasses import replace
from random import Random

import pytest

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.model.withholding import withhold
from comity.newsletter.sheets.cells import Cell, Table
from comity.newsletter.sheets.changes import Emptied
from comity.newsletter.sheets.exporting import export_sheet
from comity.newsletter.sheets.importing import apply, plan_import
from comity.newsletter.sheets.reading import read_sheet
from comity.newsletter.store.store import Store
from comity.newsletter.text.references import scan
from newsletter_world import PLANTED, make_archive, make_world

PUBLICATION = Publication("Fair Play", "FP", categories=(Category("A"),))
EMPTY = Archive(())
FORMS = pytest.mark.parametrize("form", ["editor", "public"])
FILES = pytest.mark.parametrize("suffix", [".xlsx", ".csv"])


def plan(headings, *rows, archive=EMPTY, **options):
    cells = tuple(
        {
            k: value if isinstance(value, Cell) else Cell(value)
            for k, value in enumerate(row)
            if value
        }
        for row in rows
    )
    table = Table("f", tuple(headings.split(", ")), cells)
    return plan_import(table, archive, PUBLICATION, rng=Random(0), **options)


@FORMS
@FILES
def test_every_planted_fault_is_found_and_no_other(tmp_path, form, suffix):
    world = make_world(form, entries=900, issues=70, faults=True)
    table = read_sheet(world.write(tmp_path / f"sheet{suffix}"))
    plan = plan_import(table, EMPTY, world.publication)
    for found, planted in (
        (plan.faults, world.faults_in(suffix)),
        (plan.advice, world.advice_in(suffix)),
    ):
        assert [(fault.row, fault.column, fault.kind) for fault in found] == planted
        assert all(fault.reason and fault.entry for fault in found)
    assert len(plan.faults) >= 15
    assert len(plan.advice) >= 5


def test_every_fault_of_a_sheet_is_planted():
    worlds = [make_world(form, entries=900, issues=70, faults=True) for form in FORMS.args[1]]
    kinds = {kind for world in worlds for _, _, kind in (*world.faults, *world.advice)}
    of_sheets = set(Kind) - {
        Kind.BAD_CASE,
        Kind.BAD_MARKUP,
        Kind.BLOCKED,
        Kind.DUPLICATE_ISSUE,
        Kind.LATER_REFERENCE,
        Kind.NO_DAY,
        Kind.OTHER_OPINION,
        Kind.TRANSLATION,
        Kind.WITHHELD_REFERENCE,
        Kind.WITHHELD_TITLE,
    }
    assert kinds == of_sheets
    assert {kind for kind, _, _ in PLANTED} < kinds


@FORMS
@FILES
def test_a_sheet_full_of_hazards_has_no_faults(tmp_path, form, suffix):
    world = make_world(form, entries=600, issues=60)
    table = read_sheet(world.write(tmp_path / f"sheet{suffix}"))
    found = plan_import(table, EMPTY, world.publication)
    assert found.faults == ()
    assert {fault.kind for fault in found.advice} <= {Kind.HELD_BACK}
    assert len(found.entries) == found.new == 600
    assert found.references == world.references
    held = [
        r for e in found.entries for t in (e.summary, e.opinion, e.prerequisites) for r in scan(t)
    ]
    assert len(held) == world.references
    assert {reference.entry for reference in held} <= {entry.id for entry in found.entries}


def test_with_faults_every_row_is_there_as_it_is(tmp_path):
    world = make_world("editor", entries=900, issues=70, faults=True)
    table = read_sheet(world.write(tmp_path / "sheet.xlsx"))
    found = plan_import(table, EMPTY, world.publication)
    store = Store.open(tmp_path / "newsletter.db")
    apply(store, found)
    entries = store.load().entries
    store.close()
    assert len(entries) == sum(1 for row in world.rows if row)
    titles = [row[world.column("Title")] for row in world.rows if row]
    assert [entry.title for entry in entries] == [
        " ".join((title[0] if isinstance(title, tuple) else title or "").split())
        for title in titles
    ]


def test_what_is_public_was_sent_where_it_names_an_issue():
    found = plan("Title, Category, Highlight?, Email", ("One", "A", "x", "FP #3"), ("Two", "A"))
    first, second = found.entries
    assert (first.public, first.email_status) == (Publicity.YES, EmailStatus.SENT)
    assert (second.public, second.email_status) == (Publicity.YES, EmailStatus.NOT_APPLICABLE)
    (issue,) = found.issues
    assert issue.number == 3
    assert not issue.is_draft


def test_an_issue_is_a_draft_until_an_entry_of_it_was_sent():
    headings = "Title, Category, Email, Email status, Public?, Notes"
    found = plan(headings, ("One", "A", "FP #3", "Pending"), ("Two", "A", "FP #2", "Sent"))
    assert [(issue.number, issue.is_draft) for issue in found.issues] == [(2, False), (3, True)]
    known = Archive((), (Issue(2, title="Kept", sent="2018-01-01T00:00:00+00:00"), Issue(3)))
    again = plan(headings, ("One", "A", "FP #3", "Sent"), ("Two", "A", "FP #2"), archive=known)
    assert [(issue.number, issue.is_draft) for issue in again.issues] == [(3, False)]


def test_importing_again_changes_what_changed_and_keeps_ids():
    headings = "Title, Category, Venue, Summarize?, Notes"
    first = plan(headings, ("One", "A", "x", "", "n"), ("Two", "A"))
    archive = Archive(first.entries)
    again = plan(headings, ("Two", "A", "y"), ("One", "A", "x", "", "n"), archive=archive)
    assert (again.new, again.changed, again.moved) == (0, 1, 1)
    assert {e.title: e.id for e in again.entries} == {e.title: e.id for e in first.entries}
    assert [entry.venue for entry in again.entries] == ["y", "x"]


def test_what_a_sheet_lacks_stays():
    entry = Entry(
        "a", "One", category="A", notes="mine", rating=4, public=Publicity.NO, topics=("trust",),
        work="w", extra=(("Mood", "calm"), ("Old", "x")),
    )  # fmt: skip
    found = plan(
        "Title, Category, Highlight?, Venue, Mood", ("One", "A", "", "arXiv", "wild"),
        archive=Archive((entry,)),
    )  # fmt: skip
    extra = (("Old", "x"), ("Mood", "wild"))
    assert found.entries == (replace(entry, venue="arXiv", extra=extra),)


def test_entries_that_no_row_is_are_kept_behind_or_erased(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    store.save_entries(
        [
            Entry("a", "Old", category="A", public=Publicity.YES),
            Entry("b", "One", category="A", position=1),
            Entry("c", "Mine", category="A", position=2, public=Publicity.NO),
        ]
    )
    found = plan("Title, Category, Year", ("Two", "A"), ("One", "A"), archive=store.load())
    assert [entry.title for entry in found.kept] == ["Old", "Mine"]
    apply(store, found)
    assert [entry.title for entry in store.load().entries] == ["Two", "One", "Old", "Mine"]
    apply(store, found, remove=True)
    assert [entry.title for entry in store.load().entries] == ["Two", "One", "Mine"]
    store.close()


@pytest.mark.parametrize(
    ("mark", "rating", "column", "cell", "expected"),
    [
        (True, None, "Rec?", 10, (True, None)),
        (True, None, "Rec?", 7, (False, 7)),
        (True, None, "Rec?", None, (False, None)),
        (False, 10, "Rec?", 9, (False, 9)),
        (False, 10, "Highlight?", "x", (True, 10)),
        (False, 10, "Highlight?", None, (False, None)),
        (False, 7, "Highlight?", None, (False, 7)),
    ],
)
def test_each_form_can_make_and_unmake_a_highlight(mark, rating, column, cell, expected):
    archive = Archive((Entry("a", "One", category="A", highlight=mark, rating=rating),))
    found = plan(f"Title, Category, {column}", ("One", "A", cell), archive=archive)
    (entry,) = found.entries
    assert (entry.highlight, entry.rating) == expected


def test_a_new_title_is_told():
    archive = Archive((Entry("a", "Old", category="A", url="https://a.org"),))
    found = plan("Title, Category, URL", ("New", "A", "https://a.org"), archive=archive)
    assert found.renamed == ("New",)
    assert found.entries[0].id == "a"


def test_references_to_what_is_only_in_the_database_hold():
    archive = Archive((Entry("a", "Old", category="A"),))
    found = plan(
        "Title, Category, Summary, Summarizer",
        ("New", "A", "See <@old@>.", "Dana"),
        archive=archive,
    )
    assert found.faults == ()
    assert found.entries[0].summary == "See <@@>(@#a@)."


def test_unknown_categories_are_listed_once_in_order():
    found = plan("Title, Category, Year", ("1", "Z"), ("2", "A"), ("3", "Y"), ("4", "Z"))
    assert found.unknown_categories == ("Z", "Y")


def test_the_same_seed_gives_the_same_ids():
    rows = ("One", "A"), ("Two", "A")
    first, second = (plan("Title, Category, Year", *rows) for _ in range(2))
    assert first.entries == second.entries


def test_a_broken_row_withholds_more_not_less():
    found = plan(
        "Title, Category, Email status, Public?, Notes", ("One", "A", "Sentt", "Noo"),
    )  # fmt: skip
    (entry,) = found.entries
    assert (entry.email_status, entry.public) == (EmailStatus.DO_NOT_SEND, Publicity.NO)
    assert len(found.faults) == 2


@FILES
def test_what_readers_may_see_comes_back_and_changes_nothing(tmp_path, suffix):
    publication, archive, secrets = make_archive(entries=400, issues=30)
    path = tmp_path / f"public{suffix}"
    export_sheet(path, withhold(publication, archive, "public"), "public")
    assert not any(secret in path.read_bytes().decode("latin-1") for secret in secrets)
    found = plan_import(read_sheet(path), archive, publication)
    assert (found.faults, found.new, found.changed, found.moved) == ((), 0, 0, 0)
    assert found.advice == ()
    assert (found.emptied, found.refused) == ((), ())
    store = Store.open(tmp_path / "newsletter.db")
    store.save_entries(archive.entries)
    apply(store, found, remove=True)
    after = store.load().by_id
    store.close()
    assert after.keys() == archive.by_id.keys()
    for entry in archive.entries:
        same = {"position": 0, "highlight": False}
        assert replace(after[entry.id], **same) == replace(entry, **same)


def test_texts_that_would_be_lost_are_named():
    archive = Archive(
        (Entry("a", "One", category="A", summary="s", notes="n", public=Publicity.YES),)
    )
    found = plan("Title, Category, Summary, Venue", ("One", "A"), archive=archive)
    assert found.emptied == (Emptied("One", ("Summary",)),)
    both = plan("Rec?, Title, Category, Summary, Notes", (None, "One", "A"), archive=archive)
    assert both.emptied == (Emptied("One", ("Summary", "Notes")),)


def test_titles_that_two_new_rows_share_are_told_by_their_rows():
    rows = ("Twins", "A"), ("twins", "A"), ("One", "A", "See <@Twins.@>.", "Dana")
    headings = "Title, Category, Summary, Summarizer"
    found = plan(headings, *rows)
    assert found.faults[-1].kind == Kind.AMBIGUOUS_REFERENCE
    assert found.faults[-1].expected == "different words in the titles of rows 2 and 3"
    again = plan(headings, *rows, archive=Archive(found.entries))
    first, second, _ = found.entries
    assert again.faults[-1].expected == f"one of (@#{first.id}@), (@#{second.id}@)"


def test_a_sheet_from_before_an_issue_was_sent_does_not_take_it_back_unseen():
    headings = "Title, Category, Email, Email status, Public?"
    old = ("One", "A", "FP #3", "Pending", "Yes"), ("Two", "A", "FP #4", "Pending", "Yes")
    first = plan(headings, *old)
    assert (first.faults, first.advice) == ((), ())
    sent = tuple(replace(e, email_status=EmailStatus.SENT) for e in first.entries[:1])
    archive = Archive((*sent, *first.entries[1:]), (Issue(3, sent="2026-01-01"), Issue(4)))
    (fault,) = plan(headings, *old, archive=archive).faults
    assert (fault.kind, fault.row, fault.column) == (Kind.LATE_ENTRY, 2, "Email status")


def test_categories_that_are_spelled_in_two_ways_are_adopted_once():
    found = plan("Title, Category, Year", ("1", "Norms"), ("2", "norms "), ("3", "A"), ("4", "Z"))
    assert found.unknown_categories == ("Norms", "Z")


@pytest.mark.parametrize(
    ("headings", "row", "form", "public"),
    [
        ("Title, Category, Summary", ("One", "A"), None, Publicity.YES),
        ("Title, Category, Notes", ("One", "A", "Mine"), None, Publicity.BLANK),
        ("Title, Category, Highlight?, Notes", ("One", "A", "", "Mine"), None, Publicity.BLANK),
        ("Title, Category, Highlight?, Rec?", ("One", "A"), None, Publicity.BLANK),
        ("Title, Category, Highlight?, Notes", ("One", "A", "", "My"), "public", Publicity.YES),
    ],
)
def test_a_new_row_is_public_only_where_no_column_is_for_editors(headings, row, form, public):
    planned = plan(headings, row, form=form)
    assert [entry.public for entry in planned.entries] == [public]
    archive = Archive(planned.entries, planned.issues)
    seen = withhold(PUBLICATION, archive, "public").archive.entries
    assert len(seen) == (public is Publicity.YES)


def test_a_sheet_of_editors_without_the_column_public_leaves_what_was_decided():
    first = plan("Title, Category, Public?", ("One", "A", "Yes"), ("Two", "A", "No"))
    again = plan(
        "Title, Category, Notes", ("One", "A"), ("Two", "A"), archive=Archive(first.entries)
    )
    assert [entry.public for entry in again.entries] == [Publicity.YES, Publicity.NO]
