"""Saving forms: two editors at once, entries that are gone, texts that cannot be kept."""

from dataclasses import replace

import pytest

from comity.core.web.failures import Denied
from comity.newsletter.desk.forms import written
from comity.newsletter.desk.saving import NEW, blank, save
from comity.newsletter.model.columns import EmailStatus
from comity.newsletter.sheets.fields import Reader
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
