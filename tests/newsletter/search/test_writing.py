"""Postings, pairs and lengths are written and taken out again."""

import pytest
from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.search.beginnings import beginning
from comity.newsletter.search.gathering import Gathered
from comity.newsletter.search.parts import PART
from comity.newsletter.search.writing import Measured, write_lengths, write_pairs, write_postings
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.search import LENGTHS, PAIRS, POSTINGS

OLD = {1: ({"title": "fair play"}, []), 2: ({"title": "fair game"}, [])}
NEW = {
    2: ({"title": "fair play"}, []),
    3: ({"title": "fair game"}, []),
    PART + 3: ({"title": "fair game"}, []),
}


@pytest.fixture
def connection(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        yield connection
    store.close()


def write(connection, gone, fresh, **options):
    for function in (write_postings, write_pairs):
        function(connection, "public", Gathered.of(gone), Gathered.of(fresh), **options)


def content(connection):
    return [
        connection.execute(select(table).order_by(*table.primary_key.columns)).all()
        for table in (POSTINGS, PAIRS)
    ]


def test_a_change_leaves_what_would_be_written_anew(connection):
    write(connection, {}, {1: OLD[1], **NEW}, new=True)
    anew = content(connection)
    write(connection, {1: OLD[1], **NEW}, {})
    assert content(connection) == [[], []]
    write(connection, {}, OLD)
    write(connection, {2: OLD[2]}, NEW)
    assert content(connection) == anew
    counts = {}
    for term, count in connection.execute(select(POSTINGS.c.term, POSTINGS.c.count)):
        counts[term] = counts.get(term, 0) + count
    whole = {term: count for term, count in counts.items() if "\x1f" not in term}
    assert whole == {"fair": 4, "play": 2, "game": 2}
    assert counts[beginning("fa")] == counts[beginning("fai")] == 4


def test_lengths_of_all_parts(connection):
    more = write_lengths(connection, "public", [], {3: (5, None), PART + 1: (7, 12), 4: (1, 9)})
    assert more == Measured(3, 13)
    assert write_lengths(connection, "public", [4, PART + 1], {4: (2, 10**12)}) == Measured(-1, -6)
    rows = connection.execute(select(LENGTHS)).all()
    assert [(row.audience, row.part, len(row.words), len(row.issues)) for row in rows] == [
        ("public", 0, 20, 20)
    ]
    assert write_lengths(connection, "public", [3, 4], {}) == Measured(-2, -7)
    assert connection.execute(select(LENGTHS)).all() == []
