"""Saving forms: two editors at once, entries that are gone, texts that cannot be kept."""

from dataclasses import replace

import pytest

from comity.core.database import transaction
from comity.core.web.failures import Denied
from comity.newsletter.desk.forms import written
from comity.newsletter.desk.saving import NEW, blank, save
from comity.newsletter.editions.checks import Check
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.exporting import read_kept
from comity.newsletter.sheets.fields import Reader
from comity.newsletter.sheets.keeping import write_cells
from comity.newsletter.store.store import Store
from comity.newsletter.text.titles import Titles
from newsletter_small import ARCHIVE, PUBLICATION

TITLES = Titles.of(ARCHIVE.entries)
READER = Reader(PUBLICATION)
NAME = "BBBBBBBBBB"


@pytest.fixture
def store(folder):
    store = Store.open(folder)
    yield store
    store.close()


def form(store, name=NAME) -> dict[str, str]:
    return written(blank() if name == NEW else store.load().by_id[name], TITLES)


def saved(store, before, name=NAME, **fields):
    return save(store, name, before, {**before, **fields}, READER, TITLES, 10_000)


def test_a_change_is_stored_and_nothing_else(store):
    entries = store.load().by_id
    result = saved(store, form(store), summary="New <@Bare@>.")
    assert result.done
    found = store.load().by_id
    assert found[NAME] == replace(entries[NAME], summary="New <@@>(@#KKKKKKKKKK@).")
    assert {k: v for k, v in found.items() if k != NAME} == {
        k: v for k, v in entries.items() if k != NAME
    }


def test_changes_to_different_fields_are_both_kept_and_told(store):
    before = form(store)
    assert saved(store, before, summary="Mine.").done
    later = saved(store, before, opinion="Theirs.")
    assert later.done
    assert later.theirs == ("summary",)
    entry = store.load().by_id[NAME]
    assert (entry.summary, entry.opinion) == ("Mine.", "Theirs.")


def test_changes_to_one_field_lose_nothing(store):
    before = form(store)
    assert saved(store, before, summary="First.", venue="Here").done
    later = saved(store, before, summary="Second.", opinion="Also.")
    assert not later.done
    assert later.conflicts == {"summary": "First."}
    assert later.form["summary"] == "Second."
    assert later.form["venue"] == "Here"
    assert store.load().by_id[NAME].summary == "First."
    # Whoever has seen both saves again.
    again = save(store, NAME, later.before, later.form, READER, TITLES, 10_000)
    assert again.done
    entry = store.load().by_id[NAME]
    assert (entry.summary, entry.opinion, entry.venue) == ("Second.", "Also.", "Here")


def test_the_same_change_twice_is_one(store):
    before = form(store)
    assert saved(store, before, summary="Same.").done
    later = saved(store, before, summary="Same.")
    assert (later.done, later.theirs, later.conflicts) == (True, (), {})


def test_what_is_refused_is_not_stored(store):
    entry = store.load().by_id[NAME]
    result = saved(store, form(store), url="javascript:x", summary="New.")
    assert (result.done, result.refused) == (False, ("url",))
    assert result.form["url"] == "javascript:x"
    assert store.load().by_id[NAME] == entry


def test_a_new_entry_waits_behind_all_others(store):
    last = max(entry.position for entry in store.load().entries)
    result = saved(store, form(store, NEW), NEW, title="New one", category="Voting")
    found = store.load().entries[-1]
    assert found == result.entry
    assert (found.title, found.position) == ("New one", last + 1)
    assert found.email_status is EmailStatus.PENDING
    assert len(found.id) == 10
    assert saved(store, form(store, NEW), NEW, title="Another").entry.id != found.id


def test_a_new_entry_without_a_title_is_none(store):
    count = len(store.load().entries)
    result = saved(store, form(store, NEW), NEW, summary="Text.")
    assert (result.done, result.refused) == (False, ("title",))
    assert result.form["summary"] == "Text."
    assert len(store.load().entries) == count


def test_an_entry_that_is_gone(store):
    before = form(store)
    store.remove_entries([NAME])
    with pytest.raises(Denied, match="no such entry"):
        saved(store, before, summary="Late.")


def test_many_editors_at_once_lose_nothing(store):
    """Twelve threads each change a field of their own, from the same form."""
    from concurrent.futures import ThreadPoolExecutor

    before = form(store)
    names = ["title", "authors", "venue", "year", "category", "summary", "opinion", "hat_tip",
             "prerequisites", "read_more", "notes", "summarize"]  # fmt: skip
    texts = {name: "1999" if name == "year" else f"By {name}" for name in names}
    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(lambda n: saved(store, before, **{n: texts[n]}).done, names))
    assert all(done)
    entry = store.load().by_id[NAME]
    assert {name: getattr(entry, name) for name in names} == texts


UNREAD = {
    "public": ("perhaps", "No", Publicity.NO),
    "email_status": ("posted", "Do not send", EmailStatus.DO_NOT_SEND),
    "rating": ("great", "", None),
    "url": ("javascript:alert(1)", "", ""),
}
"""A cell that an import with faults kept, and what the field holds: its choice, its value."""


@pytest.fixture
def unread(store):
    """An entry as an import with faults leaves it."""
    safe = {name: value for name, (_, _, value) in UNREAD.items()}
    store.save_entries([replace(store.load().by_id[NAME], **safe)])
    cells = {(NAME, name): Cell(text) for name, (text, _, _) in UNREAD.items()}
    with transaction(store.engine, writes=True) as connection:
        write_cells(connection, [NAME], UNREAD, cells)
    return store


def faults(store):
    kept = read_kept(store, "editor").cells
    found = Check(PUBLICATION, store.load(), kept).entry(store.load().by_id[NAME])
    headings = {"Public?", "Email status", "Rec?", "URL"}
    return {fault.column for fault in found if fault.column in headings and not fault.advises}


def as_shown(store):
    """Return the form as its editor gets it, by a save that changes nothing."""
    return saved(store, form(store)).form


def test_a_form_shows_a_cell_that_could_not_be_read(unread):
    before = as_shown(unread)
    assert {name: before[name] for name in UNREAD} == {n: t for n, (t, _, _) in UNREAD.items()}
    assert faults(unread) == {"Public?", "Email status", "Rec?", "URL"}
    entry = unread.load().by_id[NAME]
    assert saved(unread, before, venue="Elsewhere").done
    assert unread.load().by_id[NAME] == replace(entry, venue="Elsewhere")
    assert faults(unread) == {"Public?", "Email status", "Rec?", "URL"}


@pytest.mark.parametrize("name", UNREAD)
def test_whoever_decides_what_the_field_holds_already_has_mended_it(unread, name):
    heading = {"public": "Public?", "email_status": "Email status", "rating": "Rec?"}
    entry, told = unread.load().by_id[NAME], faults(unread)
    result = saved(unread, as_shown(unread), **{name: UNREAD[name][1]})
    assert result.done
    assert result.form[name] == UNREAD[name][1]
    assert unread.load().by_id[NAME] == entry
    assert told - faults(unread) == {heading.get(name, "URL")}
    # It is decided for good: the next form shows it as any other field.
    again = saved(unread, result.form, venue="There")
    assert again.done
    assert told - faults(unread) == {heading.get(name, "URL")}


def test_what_another_decided_meanwhile_is_told(unread):
    before = as_shown(unread)
    assert saved(unread, before, public="No").done
    assert saved(unread, before, venue="There").theirs == ("public",)
    later = saved(unread, before, public="Yes")
    assert later.conflicts == {"public": "No"}
