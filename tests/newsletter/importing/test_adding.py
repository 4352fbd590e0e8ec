"""Proposals: what is there already, and what is stored."""

from random import Random

import pytest

from comity.newsletter.importing.adding import add, candidates
from comity.newsletter.importing.proposal import Proposal, versions_of
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry, Version, Work
from comity.newsletter.store.store import Store

ARCHIVE = Archive(
    (
        Entry("a", "On bargaining", url="https://a.example/x"),
        Entry("b", "Known by its work", work="w"),
    ),
    works=(Work("w", "T", versions=(Version("published", doi="10.1000/b"),)),),
)


def proposal(place: str, title: str, doi: str = "", url: str = "") -> Proposal:
    return Proposal(place, title, url=url, versions=versions_of(doi, "", "", "", url))


def test_each_reason_is_given():
    found = candidates(
        [
            proposal("1", "On  Bargaining."),
            proposal("2", "Elsewhere", url="http://www.a.example/x/"),
            proposal("3", "Published", doi="10.1000/B"),
            proposal("4", "Quite new", doi="10.1000/n"),
            proposal("5", "Other title", doi="10.1000/n"),
        ],
        ARCHIVE,
    )
    told = [(one.is_new, [(e.id, d.reason) for e, d in one.known], one.earlier) for one in found]
    assert told == [
        (False, [("a", "the same title")], ""),
        (False, [("a", "the same address")], ""),
        (False, [("b", "the same DOI")], ""),
        (True, [], ""),
        (False, [], "4"),
    ]


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    yield store
    store.close()


def test_what_is_added_stands_behind_all_others_with_its_work(store):
    store.save_entries([Entry("a", "First", position=7)])
    added = add(store, [proposal("1", "One", "10.1000/a"), proposal("2", "Two")], Random(3))
    archive = store.load()
    assert [e.title for e in archive.entries] == ["First", "One", "Two"]
    assert [e.position for e in archive.entries] == [7, 8, 9]
    assert archive.entries[1:] == tuple(added)
    works = {work.id: work for work in archive.works}
    assert works[added[0].work].versions[0].doi == "10.1000/a"
    assert len({*works, *(e.id for e in archive.entries)}) == 5


def test_ids_that_are_taken_are_not_given_again(store):
    class Draws:
        """Gives the same id three times, then another one."""

        count = 0

        def choices(self, population, *, k):
            self.count += 1
            return list("0" * k) if self.count < 4 else Random(self.count).choices(population, k=k)

    store.save_entries([Entry("0" * 10, "First")])
    (entry,) = add(store, [proposal("1", "One")], Draws())
    assert entry.id not in ("0" * 10, entry.work)


def test_the_same_seed_gives_the_same_ids(tmp_path):
    ids = []
    for name in ("one.db", "two.db"):
        store = Store.open(tmp_path / name)
        ids.append([e.id for e in add(store, [proposal("1", "One")], Random(5))])
        store.close()
    assert ids[0] == ids[1]
