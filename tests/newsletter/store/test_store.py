"""What is stored is there again, whole and in order."""

import stat
from dataclasses import replace

import pytest
from sqlalchemy import select

from comity.core.database import Conflict, transaction
from comity.core.errors import InputError
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry, Version, Work
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.store.store import Store, now, write_entries
from comity.newsletter.store.tables.content import STATE

ONE, TWO = Entry("a", "One", position=1, issue=3), Entry("b", "Two", topics=("trust",))


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    yield store
    store.close()


def count(store):
    with transaction(store.engine, writes=False) as connection:
        return connection.scalar(select(STATE.c.value)) or 0


def test_an_empty_database_holds_nothing(store):
    assert store.load() == Archive(())


def test_entries_come_back_in_the_order_of_the_sheet(store):
    store.save_entries([ONE, TWO])
    assert store.load().entries == (TWO, ONE)


def test_saving_again_replaces_and_keeps_what_belongs_to_it(store):
    store.save_entries([ONE, TWO])
    store.add_erratum(Erratum("a", "2026-01-01", "It was 3."))
    store.save_entries([replace(ONE, title="Renamed")])
    archive = store.load()
    assert [entry.title for entry in archive.entries] == ["Two", "Renamed"]
    assert archive.errata == (Erratum("a", "2026-01-01", "It was 3."),)


def test_everything_else_comes_back(store):
    store.save_entries([ONE])
    issue, work = Issue(3, "Third"), Work("w", "One", "Ada", (Version("preprint"), Version("post")))
    reply = AuthorReply("a", "Ada", "2026-01-02", "Thanks.")
    store.save_issue(issue)
    store.save_issue(replace(issue, closing="Bye"))
    store.save_work(work)
    store.save_work(replace(work, versions=work.versions[1:]))
    store.add_reply(reply)
    archive = store.load()
    assert archive.issues == (replace(issue, closing="Bye"),)
    assert archive.works == (replace(work, versions=work.versions[1:]),)
    assert archive.replies == (reply,)


def test_what_is_removed_is_gone_with_all_of_its_own(store):
    store.save_entries([ONE, TWO, *(Entry(f"x{k}", "X", position=k + 2) for k in range(1200))])
    store.add_erratum(Erratum("a", "2026-01-01", "It was 3."))
    store.add_reply(AuthorReply("a", "Ada", "2026-01-02", "Thanks."))
    store.remove_entries(["a", *(f"x{k}" for k in range(1200))])
    assert store.load() == Archive((TWO,))


def test_errata_are_of_entries(store):
    with pytest.raises(Conflict):
        store.add_erratum(Erratum("nobody", "2026-01-01", "?"))


def test_every_change_is_counted(store):
    before = count(store)
    store.save_entries([ONE])
    store.save_issue(Issue(3))
    store.add_erratum(Erratum("a", "2026-01-01", "It was 3."))
    assert count(store) == before + 3
    store.load()
    assert count(store) == before + 3


def test_what_fails_inside_leaves_nothing(store):
    def fail():
        with transaction(store.engine, writes=True) as connection:
            write_entries(connection, [ONE])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.load().entries == ()


def test_only_its_owner_reads_the_file(store):
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_folder_is_that_of_a_publication(tmp_path):
    with pytest.raises(InputError, match=r"no publication\.toml"):
        Store.open(tmp_path)
    (tmp_path / "publication.toml").write_text('name = "N"\nshort = "N"\n')
    store = Store.open(tmp_path)
    assert (store.folder, store.path) == (tmp_path, tmp_path / "newsletter.db")
    store.close()
    with pytest.raises(InputError, match="no such folder"):
        Store.open(tmp_path / "missing" / "newsletter.db")


def test_moments_have_their_zone():
    assert now().endswith("+00:00")
