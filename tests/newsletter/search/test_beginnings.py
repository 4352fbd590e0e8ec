"""What begins alike is added up, beforehand or when it is asked for, beside doing so by hand."""

from random import Random

import pytest
from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.search.beginnings import beginning, longer
from comity.newsletter.search.gathering import Gathered
from comity.newsletter.search.writing import write_postings
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.search import POSTINGS

ROWS = 40


@pytest.fixture
def connection(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        yield connection
    store.close()


def write(connection, gone, fresh):
    write_postings(connection, "public", Gathered.of(gone), Gathered.of(fresh))


def by_hand(documents, letters):
    sums = {
        row: sum(len(word) > len(letters) and word.startswith(letters) for word in text.split())
        for row, text in ((row, texts["summary"]) for row, (texts, _) in documents.items())
    }
    return {row: held for row, held in sums.items() if held}


def found(connection, letters):
    rows, amounts, count = longer(connection, "public", letters, ROWS + 1)
    rows = range(ROWS + 1) if rows is None else rows.tolist()
    held = {row: held for row, held in zip(rows, amounts.tolist(), strict=True) if held}
    assert len(held) == count
    return held


def test_beginnings_are_those_of_all_longer_words(connection):
    rng = Random(0)
    words = [a + b + c + d for a in "ab" for b in "ab" for c in ["", *"abcd"] for d in "abcdefgh"]
    words += ["abcdefgh" + str(k) for k in range(100)] + ["ab\U000104d8z", "жизнь"]

    def document():
        return {"summary": " ".join(rng.choices(words, k=60))}, ["\x1fyear\x1f2018"]

    documents = {row: document() for row in range(1, ROWS)}
    write(connection, {}, documents)
    changed = {row: documents[row] for row in rng.sample(range(1, ROWS), 20)}
    documents.update({row: document() for row in changed})
    write(connection, changed, {row: documents[row] for row in changed})
    asked = ("ab", "aa", "aba", "abcd", "abcdef", "abcdefg", "abcdefgh", "abcdefgh1", "жи", "zz")
    for letters in asked:
        assert found(connection, letters) == by_hand(documents, letters)
    assert found(connection, "жи")
    assert found(connection, "abcdefg")


def test_short_beginnings_are_kept_like_words(connection):
    write(connection, {}, {1: ({"summary": "fairness"}, [])})
    terms = set(connection.scalars(select(POSTINGS.c.term)))
    assert terms == {"fairness", *(beginning("fairness"[:k]) for k in range(2, 7))}
    write(connection, {1: ({"summary": "fairness"}, [])}, {})
    assert connection.scalars(select(POSTINGS.c.term)).all() == []
