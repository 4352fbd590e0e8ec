"""Counts in words."""

import pytest

from comity.inference.evidence.words import counted


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 mice"), (1, "1 mouse"), (2, "2 mice"), (1234567, "1,234,567 mice")]
)
def test_counts(count, words):
    assert counted(count, "mouse", "mice") == words


def test_most_nouns_take_an_s():
    assert [counted(k, "row") for k in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
