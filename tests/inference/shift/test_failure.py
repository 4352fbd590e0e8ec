"""Chances of failure against all pairs and against an integral."""

import numpy as np
import pytest
from scipy.stats import beta

from comity.core.errors import InputError
from comity.inference.shift.failure import failure_chance, failure_range

RNG = np.random.default_rng(9)


def test_every_pair_one_by_one():
    offers, thresholds = RNG.integers(0, 8, 30) / 10, RNG.integers(0, 8, 25) / 10
    p, q = RNG.dirichlet(np.ones(30)), RNG.dirichlet(np.ones(25))
    expected = sum(
        a * b
        for y, a in zip(offers, p, strict=True)
        for t, b in zip(thresholds, q, strict=True)
        if y < t
    )
    assert failure_chance(offers, thresholds, p, q) == pytest.approx(expected)
    pairs = np.mean(offers[:, None] < thresholds)
    assert failure_chance(offers, thresholds) == pytest.approx(pairs)


def test_fine_grids_approach_the_integral():
    """Offers Beta(4, 3) against thresholds Beta(2, 5): the mean of 1 - F over the offers."""
    grid = (np.arange(2000) + 0.5) / 2000
    p, q = beta.pdf(grid, 4, 3), beta.pdf(grid, 2, 5)
    found = failure_chance(grid, grid, p / p.sum(), q / q.sum())
    assert found == pytest.approx(beta(4, 3).expect(lambda y: beta.sf(y, 2, 5)), abs=1e-3)


def test_ties_agree_and_infinite_thresholds_never_do():
    assert failure_chance([0.3], [0.3]) == 0
    assert failure_chance([0.3], [0.3, np.inf]) == 0.5


def test_range_over_a_set():
    found = failure_range({"a": 0.2, "b": 0.7, "c": 0.4}, prior=[0.5, 0.25, 0.25])
    assert (found.lowest.value, found.highest.value) == (0.2, 0.7)
    assert (found.safest, found.riskiest) == ("a", "b")
    assert found.mean.value == pytest.approx(0.375)
    assert (found.mean.low, found.mean.high) == (0.2, 0.7)
    assert "0.2 (a) to 0.7 (b)" in str(found)
    assert failure_range({"a": 0.2, "b": 0.7}).mean.kind == "unknown"
    assert failure_range({"a": 0.2, "b": 0.2}).mean.kind == "exact"


@pytest.mark.parametrize("chances", [{}, {"a": 1.2}, {"a": np.nan}])
def test_wrong_ranges(chances):
    with pytest.raises(InputError):
        failure_range(chances)


def test_wrong_distributions():
    with pytest.raises(InputError, match="offers"):
        failure_chance([], [0.2])
    with pytest.raises(InputError, match="thresholds chances"):
        failure_chance([0.1], [0.2], None, [0.5])
    with pytest.raises(InputError, match="prior"):
        failure_range({"a": 0.1, "b": 0.2}, prior=[0.1, 0.2])
