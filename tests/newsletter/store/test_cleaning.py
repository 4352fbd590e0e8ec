import sqlite3

from comity.newsletter.model.entry import Entry
from comity.newsletter.store.cleaning import clean
from comity.newsletter.store.store import Store

WORD = b"unmistakable-"


def file_holds(store):
    beside = store.path.with_name(f"{store.path.name}-wal")
    return WORD in store.path.read_bytes() or WORD in beside.read_bytes()


def fill(store):
    """Write and erase rows of many lengths, so that pages are split and joined."""
    names = [f"E{k:03}" for k in range(300)]
    texts = [WORD.decode() + "x" * (k * 37 % 3000) for k in range(300)]
    store.save_entries(
        Entry(name, name, notes=text) for name, text in zip(names, texts, strict=True)
    )
    store.remove_entries(names[::2])
    store.remove_entries(names)


def test_nothing_erased_is_left_in_file_or_journal(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    store.save_entries([Entry("KEPT", "Kept")])
    fill(store)
    assert file_holds(store)
    assert clean(store.engine)
    assert not file_holds(store)
    assert [entry.title for entry in store.load().entries] == ["Kept"]
    store.close()


def test_a_program_that_reads_all_the_while_is_told_of(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM entries").fetchall()
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=10")
    fill(store)
    assert not clean(store.engine)
    other.close()
    assert clean(store.engine)
    assert not file_holds(store)
    store.close()
