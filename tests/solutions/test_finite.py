import numpy as np

from comity.solutions.finite import lexicographic, leximin


def test_ties_survive_to_the_end():
    keys = np.array([[1, 5], [2, 0], [2, 3], [2, 3]])
    assert lexicographic(keys, np.arange(4)).tolist() == [2, 3]
    assert lexicographic(keys, np.array([0, 1])).tolist() == [1]


def test_leximin_against_sorting_all(rng):
    gains = rng.integers(0, 4, (50, 3)).astype(float)
    best = max(tuple(sorted(row)) for row in gains)
    expected = [k for k, row in enumerate(gains) if tuple(sorted(row)) == best]
    assert leximin(gains, np.arange(50)).tolist() == expected
