import numpy as np

from comity.solutions.finite import largest, lexicographic, leximin


def test_ties_survive_to_the_end():
    keys = np.array([[1, 5], [2, 0], [2, 3], [2, 3]])
    assert lexicographic(keys, np.arange(4)).tolist() == [2, 3]
    assert lexicographic(keys, np.array([0, 1])).tolist() == [1]


def test_leximin_against_sorting_all(rng):
    gains = rng.integers(0, 4, (50, 3)).astype(float)
    best = max(tuple(sorted(row)) for row in gains)
    expected = [k for k, row in enumerate(gains) if tuple(sorted(row)) == best]
    assert leximin(gains, np.arange(50)).tolist() == expected


def test_large_values_tie_within_their_rounding_only():
    assert largest(np.array([1e9, 1e9 - 1e-7, 1e9 - 1])).tolist() == [True, True, False]
    assert largest(np.array([1.0, 1 - 1e-10, 1 - 1e-8])).tolist() == [True, True, False]
