"""Postings and pairs are written and taken out again."""

import pytest
from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.search.gathering import Gathered
from comity.newsletter.search.writing import write_pairs, write_postings
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.search import PAIRS, POSTINGS

OLD = {1: ({"title": "fair play"}, []), 2: ({"title": "fair game"}, [])}
NEW = {2: ({"title": "fair play"}, []), 3: ({"title": "fair game"}, [])}


@pytest.fixture
def connection(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        yield connection
    store.close()


def write(connection, gone, fresh):
    for function in (write_postings, write_pairs):
        function(connection, "public", gone, Gathered.of(gone), Gathered.of(fresh))


def content(connection):
    return [
        connection.execute(select(table).order_by(*table.primary_key.columns)).all()
        for table in (POSTINGS, PAIRS)
    ]


def test_a_change_leaves_what_would_be_written_anew(connection):
    write(connection, {}, {1: OLD[1], **NEW})
    anew = content(connection)
    write(connection, {1: OLD[1], **NEW}, {})
    assert content(connection) == [[], []]
    write(connection, {}, OLD)
    write(connection, {2: OLD[2]}, NEW)
    assert content(connection) == anew
    counts = dict(connection.execute(select(POSTINGS.c.term, POSTINGS.c.count)).all())
    assert counts == {"fair": 3, "play": 2, "game": 1}
