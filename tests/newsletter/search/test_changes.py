"""The journal tells what changed, and forgets what everybody knows."""

import pytest

from comity.core.database import transaction
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.search.changes import (
    count_since,
    forget,
    last,
    linked,
    set_linked,
    since,
)
from comity.newsletter.search.links import of_id, of_title
from comity.newsletter.store.store import Store, erase_entries, write_entries, write_issues


@pytest.fixture
def connection(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        yield connection
    store.close()


def test_there_is_no_journal_before_there_is_an_index(connection):
    write_entries(connection, [Entry("a", "A")])
    assert last(connection) == 0
    assert linked(connection) is None
    set_linked(connection, 0)
    write_entries(connection, [Entry("b", "B")])
    assert last(connection) == 1
    assert linked(connection) == 0


def test_entries_are_told_before_and_after(connection):
    set_linked(connection, 0)
    write_entries(connection, [Entry("a", "Old", issue=3)])
    start = last(connection)
    write_entries(connection, [Entry("a", "New", issue=3)])
    changed = since(connection, start)
    assert changed.names == {of_id("a"), of_title("Old"), of_title("New")}
    start = last(connection)
    write_issues(connection, [Issue(3)])
    assert since(connection, start).rows == changed.rows
    start = last(connection)
    write_issues(connection, [Issue(3, opening="Other words")])
    assert count_since(connection, start) == 0
    write_issues(connection, [Issue(3, sent="2018-01-01T00:00:00+00:00")])
    assert since(connection, start).rows == changed.rows
    start = last(connection)
    erase_entries(connection, ["a"])
    assert since(connection, start) == type(changed)(changed.rows, {of_id("a"), of_title("New")})


def test_what_is_forgotten_is_not_taken_for_nothing(connection):
    set_linked(connection, 0)
    write_entries(connection, [Entry(str(k), "Title") for k in range(5)])
    forget(connection, most=2)
    assert last(connection) == 5
    assert count_since(connection, 5) == 0
    assert count_since(connection, 3) is None
    write_entries(connection, [Entry("x", "Title")])
    assert last(connection) == 6
    assert count_since(connection, 5) == 1
