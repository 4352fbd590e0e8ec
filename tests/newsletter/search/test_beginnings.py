"""What begins alike is added up, beforehand or when it is asked for, beside doing so by hand."""

from collections import Counter
from random import Random

import pytest

from comity.core.database import transaction
from comity.newsletter.search.beginnings import MOST_LONGER, longer, write_beginnings
from comity.newsletter.search.gathering import Gathered
from comity.newsletter.search.writing import write_postings
from comity.newsletter.store.store import Store

ROWS = 40


@pytest.fixture
def connection(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        yield connection
    store.close()


def write(connection, gone, fresh):
    terms = write_postings(connection, "public", gone, Gathered.of(gone), Gathered.of(fresh))
    write_beginnings(connection, "public", terms, ROWS + 1)


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
    changed = {row: documents[row] for row in rng.sample(range(1, ROWS), 8)}
    documents.update({row: document() for row in changed})
    write(connection, changed, {row: documents[row] for row in changed})
    for beginning in ("ab", "aa", "aba", "abcd", "ab1", "ab12", "zz", "a"):
        assert found(connection, beginning) == by_hand(documents, beginning)


def test_what_nothing_begins_with_is_gone(connection):
    documents = {1: ({"summary": "fairness"}, [])}
    write(connection, {}, documents)
    assert found(connection, "fa") == found(connection, "fairn") == {1: 1}
    write(connection, documents, {})
    assert found(connection, "fa") == found(connection, "fairn") == {}
