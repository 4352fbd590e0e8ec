"""The exact distribution against enumeration of all sequences, binomials and exact fractions."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.stats import binom

from comity.core.errors import InputError, Intractable
from comity.inference.identification.log_ratio import log_ratio


def by_sequences(truth, other, passes):
    """Chance under both of every value of the log-ratio, one sequence at a time."""
    found = {}
    outcomes = [range(len(row)) for row in truth]
    for sequence in product(product(*outcomes), repeat=passes):
        chances = [
            math.prod(float(table[d][k]) for answers in sequence for d, k in enumerate(answers))
            for table in (truth, other)
        ]
        if max(chances) == 0:
            continue
        value = math.log(chances[0] / chances[1]) if min(chances) > 0 else math.inf
        value = -math.inf if chances[0] == 0 else value
        key = round(value, 7) if math.isfinite(value) else value
        before = found.get(key, (0, 0))
        found[key] = (before[0] + chances[0], before[1] + chances[1])
    return found


TABLES = {
    "coin": ([[0.5, 0.5]], [[0.7, 0.3]], 6),
    "three options": ([[0.2, 0.3, 0.5]], [[0.5, 0.25, 0.25]], 4),
    "two of one ratio": ([[0.1, 0.3, 0.6]], [[0.2, 0.6, 0.2]], 4),
    "a design": ([[0.5, 0.5], [0.1, 0.9]], [[0.6, 0.4], [0.3, 0.7]], 3),
    "ruled out by either": ([[0.5, 0.5, 0], [0.2, 0.8, 0]], [[0, 0.5, 0.5], [0.4, 0.6, 0]], 2),
    "nothing to learn": ([[0.4, 0.6]], [[0.4, 0.6]], 5),
}


@pytest.mark.parametrize(("truth", "other", "passes"), TABLES.values(), ids=TABLES)
def test_against_all_sequences(truth, other, passes):
    found = log_ratio(truth, other, passes)
    expected = by_sequences(truth, other, passes)
    assert len(found.values) == len(expected)
    for value, p, q in zip(found.values, found.truth, found.other, strict=True):
        key = round(value, 7) if np.isfinite(value) else value
        near = min(expected, key=lambda k: 0 if k == key else abs(k - key))
        assert (p, q) == pytest.approx(expected[near], abs=1e-12)


def test_the_ratio_of_chances_is_the_ratio():
    found = log_ratio([[0.5, 0.5], [0.1, 0.9]], [[0.6, 0.4], [0.3, 0.7]], 20)
    np.testing.assert_allclose(np.log(found.truth / found.other), found.values, atol=1e-6)
    assert found.truth.sum() == pytest.approx(1, abs=1e-10)
    assert found.other.sum() == pytest.approx(1, abs=1e-10)


def test_thousands_of_passes_in_exact_arithmetic():
    """LR of .50 to .52 reaches 20 iff there are few enough successes: sum the exact binomial."""
    n = 3742
    found = log_ratio([0.5, 0.5], [0.52, 0.48], n).reaches(math.log(20))
    most = max(
        k
        for k in range(n + 1)
        if k * math.log(0.5 / 0.52) + (n - k) * math.log(0.5 / 0.48) >= math.log(20)
    )
    exact = Fraction(sum(math.comb(n, k) for k in range(most + 1)), 2**n)
    assert found == pytest.approx(float(exact), abs=1e-10)


def test_errors_of_the_best_test():
    n, p, q = 40, 0.5, 0.7
    ratio = log_ratio([p, 1 - p], [q, 1 - q], n)
    counts = np.arange(-1, n + 1)
    by_hand = np.column_stack([binom.sf(counts, n, p), binom.cdf(counts, n, q)])
    found = ratio.plain_errors()
    np.testing.assert_allclose(np.sort(found, axis=0), np.sort(by_hand, axis=0), atol=1e-10)
    limit = 0.05
    last = int(np.flatnonzero(by_hand[:, 1] <= limit)[-1])
    share = (limit - by_hand[last, 1]) / binom.pmf(counts[last + 1], n, q)
    least = by_hand[last, 0] - share * binom.pmf(counts[last + 1], n, p)
    assert ratio.least_error(limit) == pytest.approx(least, abs=1e-10)


def test_best_test_is_the_linear_program_over_all_tests():
    from scipy.optimize import linprog

    truth, other = [[0.2, 0.3, 0.5]], [[0.5, 0.25, 0.25]]
    ratio = log_ratio(truth, other, 3)
    for limit in (0.01, 0.05, 0.3):
        found = linprog(
            -ratio.truth, A_ub=ratio.other[None], b_ub=[limit], bounds=[(0, 1)] * len(ratio.truth)
        )
        assert ratio.least_error(limit) == pytest.approx(1 + found.fun, abs=1e-9)


def test_a_test_that_cannot_err():
    ratio = log_ratio([1.0, 0.0], [0.0, 1.0], 1)
    assert ratio.least_error(0.05) == 0
    assert ratio.reaches(1e9) == 1


def test_what_is_too_large_or_wrong_is_refused():
    with pytest.raises(Intractable, match="outcomes"):
        log_ratio(np.full((2, 6), 1 / 6), [[0.1, 0.2, 0.3, 0.05, 0.15, 0.2]] * 2, 200)
    with pytest.raises(InputError, match="passes"):
        log_ratio([0.5, 0.5], [0.4, 0.6], 0)
    with pytest.raises(InputError, match="shapes differ"):
        log_ratio([0.5, 0.5], [[0.4, 0.6]] * 2, 1)
