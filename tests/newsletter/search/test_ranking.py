"""Ranking by arrays, beside a plain BM25 and beside SQLite's."""

import math
import sqlite3
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from comity.newsletter.search.ranking import (
    FEW,
    K1,
    UNFINISHED,
    B,
    Lengths,
    Postings,
    best,
    joined,
    others,
    passing,
    passing_rows,
    rank,
    weighed,
)

WORDS = ["fair", "play", "norms", "trust", "votes", "games"]


def collection(documents, seed=0):
    """Texts by row, from 1, with postings and lengths."""
    rng = Random(seed)
    weights = [2**-k for k in range(len(WORDS))]
    texts = {
        k: rng.choices(WORDS, weights, k=rng.randrange(1, 12)) for k in range(1, documents + 1)
    }
    postings = {}
    for word in WORDS:
        rows = [row for row, text in texts.items() if word in text]
        amounts = [texts[row].count(word) for row in rows]
        postings[word] = held(rows, amounts, documents + 1)
    lengths = np.zeros(documents + 1, "<u4")
    lengths[1:] = [len(texts[row]) for row in range(1, documents + 1)]
    found = Lengths.of(lengths)
    return texts, {word: weighed(each, found) for word, each in postings.items()}, found


def held(rows, amounts, size):
    """Postings by their rows, or of every row where they are many."""
    rows, amounts = np.asarray(rows, np.int64), np.asarray(amounts, "u1")
    if len(rows) * FEW < size:
        return Postings(rows, amounts, len(rows))
    every = np.zeros(size, "u1")
    every[rows] = amounts
    return Postings(None, every, len(rows))


def by_hand(texts, asked):
    """Robertson and Zaragoza (2009), eq. 3.15, one document after another."""
    mean = sum(map(len, texts.values())) / len(texts)
    scores = {}
    for row, text in texts.items():
        if all(word in text for word in asked):
            score = 0.0
            for word in asked:
                holding = sum(word in other for other in texts.values())
                rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
                amount = text.count(word)
                norm = amount + K1 * (1 - B + B * len(text) / mean)
                score += rarity * amount * (K1 + 1) / norm
            scores[row] = score
    return sorted(scores.items(), key=lambda pair: (-round(pair[1], 5), -pair[0]))


@pytest.mark.parametrize(
    "asked", [["fair"], ["games"], ["fair", "games"], ["fair", "play", "norms"]]
)
@pytest.mark.parametrize("documents", [3, 40, 2000])
def test_scores_are_those_of_the_formula(asked, documents):
    texts, postings, lengths = collection(documents)
    found = rank([postings[word] for word in asked], [], lengths, documents)
    expected = by_hand(texts, asked)
    assert found.total == len(expected) == len(found.rows)
    assert np.allclose(found.scores, [score for _, score in expected], atol=1e-4)
    order = dict(expected)
    assert {int(row) for row in found.rows} == set(order)
    assert np.allclose(found.scores, [order[int(row)] for row in found.rows], atol=1e-4)


def test_sqlite_ranks_one_word_in_the_same_order():
    """FTS5 has another inverse document frequency, which one word does not feel."""
    texts, postings, lengths = collection(400)
    rows = sqlite3.connect(":memory:")
    rows.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    rows.executemany(
        "INSERT INTO t(rowid, x) VALUES (?, ?)", [(k, " ".join(t)) for k, t in texts.items()]
    )
    for word in WORDS[1:]:
        found = rank([postings[word]], [], lengths, 400)
        theirs = dict(rows.execute("SELECT rowid, -rank FROM t WHERE t MATCH ?", (word,)))
        scores = [theirs[int(row)] for row in found.rows]
        assert all(a >= b - 1e-6 for a, b in pairwise(scores))
        assert len(theirs) == found.total
    rows.close()


def test_filters_keep_what_passes_all_of_them():
    texts, postings, lengths = collection(2000)
    some, few = (passing_rows(np.arange(k, 2001, k), lengths.size) for k in (2, 3))
    found = rank([postings["fair"]], [some, few], lengths, 2000)
    assert set(found.rows.tolist()) == {r for r, t in texts.items() if r % 6 == 0 and "fair" in t}
    assert rank([], [few], lengths, 5).rows.tolist() == [3, 6, 9, 12, 15]
    nothing = passing_rows(np.empty(0, int), lengths.size)
    assert rank([postings["fair"]], [nothing], lengths, 5).total == 0


def test_pages_follow_each_other():
    _, postings, lengths = collection(2000)
    whole = rank([postings["fair"]], [], lengths, 100)
    pages = [rank([postings["fair"]], [], lengths, 10, offset) for offset in range(0, 100, 10)]
    assert [row for page in pages for row in page.rows.tolist()] == whole.rows.tolist()
    assert rank([postings["fair"]], [], lengths, 10, 10_000).rows.tolist() == []
    assert rank([postings["fair"]], [], lengths, 0).rows.tolist() == []


def test_among_equals_the_newest_is_first():
    lengths = Lengths.of(np.array([0, 5, 5, 5], "<u4"))
    same = weighed(held([1, 2, 3], [1, 1, 1], 4), lengths)
    assert rank([same], [], lengths, 3).rows.tolist() == [3, 2, 1]


def test_without_words_the_latest_issue_is_first():
    lengths = Lengths.of(np.array([0, 5, 5, 5, 5, 5]), np.array([-1, -1, 7, 12, 7, -1]))
    assert rank([], [], lengths, 9).rows.tolist() == [3, 2, 4, 1, 5]
    assert rank([], [], lengths, 2, 1).rows.tolist() == [2, 4]
    among = passing_rows(np.array([1, 2, 4]), lengths.size)
    assert rank([], [among], lengths, 9).rows.tolist() == [2, 4, 1]


@pytest.mark.parametrize("documents", [40, 2000])
def test_what_must_not_be_there_is_all_the_rest(documents):
    texts, postings, lengths = collection(documents)
    for word in WORDS:
        rest = others(postings[word], lengths)
        expected = {row for row, text in texts.items() if word not in text}
        assert set(rank([], [rest], lengths, documents).rows.tolist()) == expected
        assert rest.count == len(expected)


def test_an_unfinished_word_counts_less_where_it_goes_on():
    exact = Postings(np.array([1]), np.array([2], "u1"), 1)
    longer = Postings(None, np.array([0, 4, 4, 0], "u1"), 2)
    assert joined(exact, longer, 4).amounts.tolist() == [0, 2 + 4 * UNFINISHED, 4 * UNFINISHED, 0]
    nothing = Postings(np.empty(0, int), np.empty(0, "u1"), 0)
    assert joined(nothing, nothing, 2).holding == 0


@pytest.mark.parametrize("shares", [(0.5, 0.4), (0.5, 0.01), (0.01, 0.5), (0.02, 0.01), (0, 0.01)])
def test_unfinished_words_are_joined_alike_by_rows_and_of_all(shares):
    rng = np.random.default_rng(0)
    size = 3_000
    exact, longer = (rng.integers(1, 30, size) * (rng.random(size) < share) for share in shares)
    every = exact + UNFINISHED * longer
    kept = [held(np.flatnonzero(each), each[each > 0], size) for each in (exact, longer)]
    found = joined(*kept, size)
    assert found.holding == np.count_nonzero(every)
    dense = found.amounts
    if found.rows is not None:
        assert found.rows.tolist() == np.flatnonzero(every).tolist()
        dense = np.zeros(size)
        dense[found.rows] = found.amounts
    assert dense.tolist() == every.tolist()


@pytest.mark.parametrize("levels", [1, 3, 10**6])
def test_the_best_are_those_of_sorting_everything(levels):
    rng = np.random.default_rng(levels)
    scores = rng.integers(levels, size=30_000).astype(np.float32)
    whole = np.lexsort((-np.arange(len(scores)), -scores))
    for count in (0, 1, 20, 1_000, 29_999, 40_000):
        assert best(scores, count).tolist() == whole[:count].tolist()


def test_common_and_rare_terms_are_ranked_alike():
    """What is kept by row and what is kept of all rows give the same scores to the bit."""
    rng = np.random.default_rng(0)
    lengths = Lengths.of(rng.integers(1, 300, 3_000).astype("<u4"))
    shares = (0.9, 0.5, 0.2, 0.01)
    postings, members = [], []
    for share in shares:
        rows = np.flatnonzero(rng.random(3_000) < share)
        postings.append(held(rows, rng.integers(1, 30, len(rows)), 3_000))
        members.append(rows)
    words = [weighed(each, lengths) for each in postings]
    assert [word.rows is None for word in words] == [True, True, True, False]
    some = passing(postings[1])
    few = passing(postings[3])
    for asked in (words[:1], words[:2], words[:3], words, words[1:]):
        for among in ([], [some], [few], [some, few]):
            rows = set(range(3_000)).intersection(
                *(set(each.tolist()) for each, word in zip(members, words, strict=True)
                  if word in asked),
                *(set(members[1 if each is some else 3].tolist()) for each in among),
            )  # fmt: skip
            found = rank(asked, among, lengths, 3_000)
            assert set(found.rows.tolist()) == rows
            assert found.total == len(rows)
            backwards = rank(asked[::-1], among[::-1], lengths, 20)
            assert backwards.rows.tolist() == found.rows[:20].tolist()
            assert backwards.scores.tolist() == found.scores[:20].tolist()
