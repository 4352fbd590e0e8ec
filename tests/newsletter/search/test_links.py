"""What refers to what, whatever a reference names it by."""

import pytest

from comity.core.database import transaction
from comity.newsletter.model.entry import Entry
from comity.newsletter.search.links import link, link_all, meant, named, of_id, of_title, referring
from comity.newsletter.store.store import Store


@pytest.fixture
def connection(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        yield connection
    store.close()


def test_ids_and_titles_are_named_in_every_text():
    entry = Entry("a", "A", summary="<@@>(@#b@)", opinion="<@Fair  Play.@>", notes="<@x@>(@Y@)")
    assert {of_id("b"), of_title("fair play"), of_title("y")} <= named(entry)
    assert of_title("x") not in named(entry)
    assert named(Entry("a", "No reference")) == set()


def test_who_refers_and_who_is_meant(connection):
    entries = [
        (1, Entry("a", "Fair play")),
        (2, Entry("b", "B", summary="<@fair play@>")),
        (3, Entry("c", "C", summary="<@@>(@#a@)")),
    ]
    link_all(connection, entries)
    assert referring(connection, {of_title("Fair play")}) == {2}
    assert referring(connection, {of_id("a")}) == {3}
    assert meant(connection, named(entries[1][1])) == meant(connection, named(entries[2][1])) == {1}
    link(connection, [1, 2], [(2, Entry("b", "Fair play"))])
    assert meant(connection, {of_title("FAIR PLAY")}) == {2}
    assert meant(connection, {of_id("a")}) == set()
    assert referring(connection, {of_title("Fair play")}) == set()
    link_all(connection, [])
    assert referring(connection, {of_id("a")}) == set()
