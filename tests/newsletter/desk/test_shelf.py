"""Content is read again after each change, and only then."""

from dataclasses import replace

import pytest

from comity.newsletter.desk.reading import live_site
from comity.newsletter.desk.shelf import Shelf
from comity.newsletter.model.issue import Erratum
from comity.newsletter.publication.reading import read_publication
from comity.newsletter.store.store import Store


@pytest.fixture
def shelf(folder):
    store = Store.open(folder)
    yield Shelf(store, read_publication, live_site)
    store.close()


def test_the_same_content_until_something_changes(shelf):
    first = shelf.content()
    assert shelf.content() is first
    assert first.public is shelf.content().public


def test_each_change_is_seen(shelf, folder):
    seen = [shelf.content()]
    entry = seen[0].archive.entries[0]
    changes = (
        lambda: shelf.store.save_entries([replace(entry, title="Changed")]),
        lambda: shelf.store.save_issue(replace(seen[0].archive.issue(3), title="Changed")),
        lambda: shelf.store.add_erratum(Erratum(entry.id, "2026-11-26", "Changed")),
        lambda: shelf.store.remove_entries([entry.id]),
        lambda: (folder / "publication.toml").write_text('name = "Changed"\nshort = "C"\n'),
    )
    for change in changes:
        change()
        seen.append(shelf.content())
        assert seen[-1] is not seen[-2]
    assert seen[1].archive.entries[0].title == "Changed"
    assert seen[-1].publication.name == "Changed"


def test_what_another_process_writes_is_seen(shelf, folder):
    before = shelf.content()
    other = Store.open(folder)
    other.save_entries([replace(before.archive.entries[0], title="From elsewhere")])
    other.close()
    assert shelf.content().archive.entries[0].title == "From elsewhere"


def test_titles_that_begin_with_the_words_come_first(shelf):
    content = shelf.content()
    found = [entry.title for entry in content.find_titles("PROMISES", 5)]
    assert found == ["Promises that are kept", "Repeated promises among strangers"]
    assert len(content.find_titles("", 3)) == 3
    assert content.find_titles("promises votes", 5) == []


def test_what_readers_see_is_made_of_what_is_public(shelf):
    content = shelf.content()
    assert "JJJJJJJJJJ" not in content.public.view.archive.by_id
    assert "HHHHHHHHHH" in content.preview.view.archive.by_id
    assert set(content.prerequisites) == set(content.public.view.archive.by_id)
