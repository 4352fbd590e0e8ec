"""Copies are whole, whoever writes meanwhile, and only their owner reads them."""

import sqlite3
import stat

import pytest

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.model.entry import Entry
from comity.newsletter.store.backups import back_up
from comity.newsletter.store.store import Store, write_entries


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    store.save_entries([Entry(str(k), "One", position=k) for k in range(100)])
    yield store
    store.close()


def test_a_copy_holds_what_was_there(store, tmp_path):
    size = back_up(store, tmp_path / "copy.db")
    assert size == (tmp_path / "copy.db").stat().st_size > 0
    copy = Store.open(tmp_path / "copy.db")
    assert copy.load() == store.load()
    copy.close()


def test_what_is_not_committed_is_not_in_it(store, tmp_path):
    with transaction(store.engine, writes=True) as connection:
        write_entries(connection, [Entry("new", "New")])
        back_up(store, tmp_path / "copy.db")
    rows = sqlite3.connect(tmp_path / "copy.db")
    assert rows.execute("SELECT count(*) FROM entries").fetchone() == (100,)
    rows.close()


def test_only_its_owner_reads_it_and_nothing_else_is_left(store, tmp_path):
    (tmp_path / "copies").mkdir()
    back_up(store, tmp_path / "copies" / "copy.db")
    assert stat.S_IMODE((tmp_path / "copies" / "copy.db").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["copy.db"]


def test_no_file_is_overwritten(store, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(InputError, match="a file is there already"):
        back_up(store, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"
    with pytest.raises(InputError, match="cannot write"):
        back_up(store, tmp_path / "missing" / "copy.db")
