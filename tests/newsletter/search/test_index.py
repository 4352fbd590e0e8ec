"""An index that was brought up to date is the one that would be made anew."""

from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import withhold
from comity.newsletter.search.index import update_index
from comity.newsletter.store.store import Store, read_archive
from comity.newsletter.store.tables.search import BEGINNINGS, DOCUMENTS, INDEXED, PAIRS, POSTINGS

PUBLICATION = Publication("Fair Play", "FP")
WORDS = ["fair", "play", "norms", "trust", "votes", "games", "rules"]


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    yield store
    store.close()


def update(store, audience="internal"):
    with transaction(store.engine, writes=True) as connection:
        view = withhold(PUBLICATION, read_archive(connection), audience)
        return update_index(connection, view, 1, "")


def content(store):
    with transaction(store.engine, writes=False) as connection:
        tables = (DOCUMENTS, POSTINGS, BEGINNINGS, PAIRS, INDEXED)
        return [
            connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            for table in tables
        ]


def test_step_by_step_is_the_same_as_at_once(store, tmp_path):
    rng = Random(0)

    def entry(key):
        return Entry(
            key, " ".join(rng.choices(WORDS, k=3)), summary=" ".join(rng.choices(WORDS, k=9))
        )

    entries = {str(k): entry(str(k)) for k in range(30)}
    store.save_entries(entries.values())
    update(store)
    for _ in range(15):
        key = rng.choice(sorted(entries))
        if rng.random() < 0.3:
            store.remove_entries([key])
            del entries[key]
        else:
            entries[key] = entry(key)
            store.save_entries([entries[key]])
        update(store)
    stepwise = content(store)
    with transaction(store.engine, writes=True) as connection:
        for table in (DOCUMENTS, POSTINGS, BEGINNINGS, PAIRS, INDEXED):
            connection.execute(table.delete())
    assert update(store) == len(entries)
    assert content(store) == stepwise


def test_only_what_changed_is_written(store):
    store.save_entries([Entry(str(k), f"Title {k}") for k in range(50)])
    assert update(store) == 50
    assert update(store) == 0
    store.save_entries([replace(store.load().entries[7], title="Another")])
    assert update(store) == 1
    store.remove_entries(["7", "8"])
    assert update(store) == 2


def test_a_new_title_changes_those_that_refer_to_it(store):
    store.save_entries([Entry("a", "Old"), Entry("b", "Other", summary="See <@@>(@#a@).")])
    update(store)
    store.save_entries([Entry("a", "New")])
    assert update(store) == 2
