"""Vectors, against the formula written out term by term."""

import math
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.finding.tfidf import Vectors

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 9), max_size=6)


def by_hand(texts: list[dict], asked: dict) -> list[float]:
    """Cosines by dictionaries alone."""
    n = len(texts)
    held = Counter(term for text in texts for term in text)

    def weights(text: dict) -> dict[str, float]:
        return {
            term: (1 + math.log(count)) * (math.log((1 + n) / (1 + held[term])) + 1)
            for term, count in text.items()
        }

    def length(vector: dict[str, float]) -> float:
        return math.sqrt(sum(w * w for w in vector.values()))

    found, mine = [], weights(asked)
    for text in texts:
        other = weights(text)
        both = length(mine) * length(other)
        dot = sum(mine[term] * other[term] for term in mine if term in other)
        found.append(dot / both if both else 0.0)
    return found


@given(st.lists(COUNTS, max_size=6), COUNTS)
def test_cosines_are_those_of_the_formula(texts, asked):
    found = Vectors(texts).cosines(asked)
    assert np.allclose(found, by_hand(texts, asked))


@given(st.lists(COUNTS.filter(bool), min_size=1, max_size=6))
def test_a_text_is_like_itself_and_no_more_than_that(texts):
    vectors = Vectors(texts)
    for place, text in enumerate(texts):
        found = vectors.cosines(text)
        assert np.isclose(found[place], 1.0)
        assert found.max() <= 1 + 1e-12


def test_nothing_and_strange_words():
    assert Vectors([]).cosines({"a": 1}).shape == (0,)
    vectors = Vectors([{"a": 1}, {}])
    assert len(vectors) == 2
    assert vectors.cosines({"z": 3}).tolist() == [0.0, 0.0]
    # Half of what is asked is strange: ln 3 + 1 for it, and ln (3 / 2) + 1 for what is known.
    known, strange = math.log(3 / 2) + 1, math.log(3) + 1
    expected = known / math.hypot(known, strange)
    assert np.isclose(vectors.cosines({"a": 1, "z": 1})[0], expected)
