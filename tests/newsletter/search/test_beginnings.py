"""What begins alike is added up, beforehand or when it is asked for, beside doing so by hand."""

from collections import Counter
from random import Random

import pytest
from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.search.beginnings import MOST_LONGER, longer, write_beginnings
from comity.newsletter.search.gathering import Gathered
from comity.newsletter.search.writing import write_postings
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.search import BEGINNINGS

ROWS = 40


@pytest.fixture
def connection(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        yield connection
    store.close()


def write(connection, gone, fresh, many=20):
    terms = write_postings(connection, "public", gone, Gathered.of(gone), Gathered.of(fresh))
    write_beginnings(connection, "public", terms, ROWS + 1, many)


def kept(connection):
    return connection.execute(select(BEGINNINGS).order_by(BEGINNINGS.c.beginning)).all()


def by_hand(documents, beginning):
    texts = {row: texts["summary"].split() for row, (texts, _) in documents.items()}
    counts = Counter(word for text in texts.values() for word in set(text))
    words = sorted(
        (word for word in counts if word.startswith(beginning) and word != beginning),
        key=lambda word: (-counts[word], word),
    )[:MOST_LONGER]
    sums = {row: sum(text.count(word) for word in words) for row, text in texts.items()}
    return {row: held for row, held in sums.items() if held}


def found(connection, beginning):
    rows, sums = longer(connection, "public", beginning, ROWS + 1)
    return dict(zip(rows.tolist(), sums.tolist(), strict=True))


def test_beginnings_are_those_of_the_most_frequent_words(connection):
    rng = Random(0)
    words = [a + b + c + d for a in "ab" for b in "ab" for c in ["", *"abcd"] for d in "abcdefgh"]
    words += ["ab" + str(k) for k in range(100)]

    def document():
        return {"summary": " ".join(rng.choices(words, k=60))}, ["\x1fyear\x1f2018"]

    documents = {row: document() for row in range(1, ROWS)}
    write(connection, {}, documents)
    changed = {row: documents[row] for row in rng.sample(range(1, ROWS), 20)}
    documents.update({row: document() for row in changed})
    write(connection, changed, {row: documents[row] for row in changed})
    assert {"ab", "ab1"} <= {row.beginning for row in kept(connection)}
    for beginning in ("ab", "aa", "aba", "abcd", "ab1", "ab12", "zz", "a"):
        assert found(connection, beginning) == by_hand(documents, beginning)


def test_step_by_step_is_the_same_as_at_once(connection):
    """Which beginnings pay changes as documents come and go."""
    rng = Random(1)
    words = ["fair", "fairer", "fairness", "fairly", "play", "player", "playful"]
    documents = {}
    for step in range(60):
        row = rng.randrange(1, 12)
        gone = {row: documents.pop(row)} if row in documents else {}
        fresh = {row: ({"summary": " ".join(rng.choices(words, k=4))}, [])} if step % 3 else {}
        documents.update(fresh)
        write(connection, gone, fresh, many=9)
        stepwise = kept(connection)
        connection.execute(BEGINNINGS.delete())
        write_beginnings(connection, "public", words, ROWS + 1, 9)
        assert kept(connection) == stepwise
    assert stepwise


def test_few_are_added_up_when_they_are_asked_for(connection):
    documents = {1: ({"summary": "fairness"}, [])}
    write(connection, {}, documents)
    assert found(connection, "fa") == {1: 1}
    assert kept(connection) == []
