"""Phrases by pairs of neighbours, beside looking through every text."""

from random import Random

import numpy as np
import pytest

from comity.newsletter.search.gathering import Gathered
from comity.newsletter.search.pairs import (
    PLACES,
    Pairs,
    bucket_of,
    number_of,
    rows_of,
    sorted_pairs,
    steps,
    where,
    without,
)
from comity.newsletter.search.parts import PART, PART_BITS


def reader(documents):
    """Keep pairs in a list, and read buckets from it."""
    numbers, rows, places = Gathered.of(documents).pairs
    buckets, parts = bucket_of(numbers), rows >> PART_BITS

    def read(asked):
        for part in set(parts.tolist()):
            for bucket in asked:
                here = (parts == part) & (buckets == bucket)
                if here.any():
                    yield part, bucket, sorted_pairs(numbers[here], where(rows, places)[here])

    return read


@pytest.mark.parametrize("length", [2, 3, 4, 5])
def test_phrases_are_where_their_words_stand_together(length):
    rng = Random(length)
    near = (*range(1, 60), *range(PART - 20, PART + 20), *range(3 * PART, 3 * PART + 40))
    texts = {
        row: {name: " ".join(rng.choices("abc", k=7)) for name in ("title", "summary")}
        for row in near
    }
    read = reader({row: (fields, ["\x1fyear\x1f2018"]) for row, fields in texts.items()})
    found_any = False
    for _ in range(30):
        phrase = rng.choices("abc", k=length)
        asked = f" {' '.join(phrase)} "
        expected = [
            row
            for row, fields in texts.items()
            if any(asked in f" {text} " for text in fields.values())
        ]
        assert rows_of(phrase, read).tolist() == sorted(expected)
        found_any = found_any or 0 < len(expected) < len(texts)
    assert found_any


def test_no_phrase_goes_from_one_field_to_the_next():
    read = reader({1: ({"title": "a b", "summary": "c d"}, [])})
    assert rows_of(["a", "b"], read).tolist() == [1]
    assert rows_of(["b", "c"], read).tolist() == []
    assert rows_of(["a", "b", "c", "d"], read).tolist() == []


def test_long_documents_keep_their_phrases():
    text = "x " * (PLACES + 2) + "a b c"
    read = reader({PART - 1: ({"summary": text}, []), PART: ({"title": "b c a"}, [])})
    assert rows_of(["a", "b", "c"], read).tolist() == [PART - 1]
    assert rows_of(["x", "x", "a", "b"], read).tolist() == [PART - 1]


def test_pairs_cover_a_phrase():
    phrase = [str(k) for k in range(9)]
    for length in range(2, 10):
        covered = {place + k for place, _ in steps(phrase[:length]) for k in (0, 1)}
        assert covered == set(range(length))


def test_numbers_are_those_of_every_machine():
    assert number_of("fair") == number_of("fair") != number_of("play")
    assert steps(["fair", "play"]) != steps(["play", "fair"])


def test_documents_that_are_gone_leave_no_pairs():
    rows, places = np.array([PART + 1, PART + 2]), np.array([5, 7])
    pairs = Pairs(np.array([3, 4], "<u8"), where(rows, places))
    left = without(pairs, np.array([PART + 1]))
    assert left.numbers.tolist() == [4]
    assert left.where.tolist() == where(rows, places)[1:].tolist()
