"""Exact intervals: against the library, by tail sums, and by their coverage all at once."""

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from comity.core.errors import InputError
from comity.inference.identification.frequencies import (
    Interval,
    checked_counts,
    joint_of_others,
    known,
    simultaneous,
)


@pytest.mark.parametrize(("hits", "misses"), [(0, 20), (3, 7), (50, 0), (400, 600)])
def test_two_cells_have_the_exact_binomial_interval(hits, misses):
    found = simultaneous([[hits, misses]], 0.9)[0]
    exact = binomtest(hits, hits + misses).proportion_ci(0.9, method="exact")
    np.testing.assert_allclose(
        [found.low, found.high], [[exact.low, 1 - exact.high], [exact.high, 1 - exact.low]]
    )


def test_errors_are_shared_by_all_cells_of_all_tables():
    found = simultaneous([[5, 15], [3, 4, 13]], 0.92)
    error = 0.08 / 4
    low, high = found[0].low[0], found[0].high[0]
    assert binom.sf(4, 20, low) == pytest.approx(error / 2)
    assert binom.cdf(5, 20, high) == pytest.approx(error / 2)


def test_intervals_are_cut_to_distributions():
    found = simultaneous([[0, 0, 3]], 0.95)[0]
    for cell in range(3):
        rest = [i for i in range(3) if i != cell]
        assert found.low[cell] >= 1 - found.high[rest].sum() - 1e-12
        assert found.high[cell] <= 1 - found.low[rest].sum() + 1e-12
        assert found.low[cell] <= found.high[cell]


def test_they_hold_together_as_often_as_they_say():
    rng = np.random.default_rng(0)
    truths = [np.array([0.2, 0.8]), np.array([0.1, 0.3, 0.6])]
    held = 0
    for _ in range(400):
        counts = [rng.multinomial(30, p) for p in truths]
        found = simultaneous(counts, 0.9)
        held += all(
            np.all((i.low <= p) & (p <= i.high)) for i, p in zip(found, truths, strict=True)
        )
    assert held / 400 >= 0.88


def test_products_and_joint_actions():
    one, two, three = (np.array(p) for p in ([0.2, 0.8], [0.5, 0.5], [0.1, 0.9]))
    joint = joint_of_others([known(one), known(two), known(three)], 1)
    np.testing.assert_allclose(joint.low, np.outer(one, three).ravel())
    np.testing.assert_array_equal(joint.low, joint.high)
    wide = Interval(np.array([0.1]), np.array([0.3])) * Interval(np.array([0.5]), np.array([1.0]))
    np.testing.assert_allclose([wide.low, wide.high], [[[0.05]], [[0.3]]])
    np.testing.assert_allclose([wide.middle, wide.half], [[[0.175]], [[0.125]]])
    assert joint_of_others([known(one)], 0).low.tolist() == [1]


@pytest.mark.parametrize("wrong", [[0, 0], [-1, 2], [0.5, 2], [np.nan, 1], ["a"], []])
def test_what_is_no_count_is_refused(wrong):
    with pytest.raises(InputError, match="not counts"):
        checked_counts(wrong, "counts")


def test_level():
    with pytest.raises(InputError, match="level"):
        simultaneous([[1, 2]], 1.0)
