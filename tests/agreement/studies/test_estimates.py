"""Intervals cover at their level."""

import numpy as np
import pytest
from scipy.stats import norm

from comity.agreement.studies.estimates import mean_estimate, rate_estimate, ratio_estimate


@pytest.mark.parametrize("chance", [0.02, 0.5, 0.9])
def test_rates_are_covered(chance, rng):
    found = [rate_estimate(rng.random(80) < chance) for _ in range(400)]
    assert np.mean([f.low <= chance <= f.high for f in found]) > 0.9


def test_means_are_covered(rng):
    found = [mean_estimate(rng.normal(3, 2, 40)) for _ in range(400)]
    assert 0.9 < np.mean([f.low <= 3 <= f.high for f in found]) < 0.99


def test_interval_of_a_mean_by_hand():
    found = mean_estimate(np.array([1.0, 3.0]), level=0.9)
    assert found.value == 2
    assert found.high - 2 == pytest.approx(norm.ppf(0.95) * np.sqrt(2) / np.sqrt(2))


def test_extremes_stay_inside():
    assert rate_estimate(np.ones(5, bool)).high == 1
    assert 0 < rate_estimate(np.ones(5, bool)).low < 1
    assert rate_estimate(np.zeros(5, bool)).low == 0


def test_nothing_seen_tells_nothing():
    assert rate_estimate(np.array([], bool)).kind == "unknown"
    assert mean_estimate(np.array([])).kind == "unknown"


def test_ratios_are_covered(rng):
    def draw():
        below = rng.normal(2, 0.5, 60)
        return ratio_estimate(0.7 * below + rng.normal(0, 0.3, 60), below)

    assert np.mean([(f := draw()).low <= 0.7 <= f.high for _ in range(200)]) > 0.88


def test_ratios_to_nothing_are_not_told(rng):
    assert ratio_estimate(np.ones(9), np.zeros(9)).kind == "unknown"
    assert ratio_estimate(np.ones(30), rng.normal(0, 1, 30)).kind == "unknown"
