"""Divergences against plain sums, and the Chernoff rate against the errors of real tests."""

import math

import numpy as np
import pytest
from scipy.stats import binom

from comity.core.errors import InputError
from comity.inference.identification.divergence import chernoff_information, divergences, kl

RNG = np.random.default_rng(11)
TABLES = RNG.dirichlet(np.ones(3), size=(4, 5))
NAMES = ["own", "envy", "guilt", "spite"]


def plain_kl(p, q):
    return sum(a * math.log(a / b) if a > 0 else 0.0 for a, b in zip(p, q, strict=True))


def test_totals_are_plain_sums_over_decisions():
    times = np.array([1, 2, 0, 1, 3.0])
    found = divergences(TABLES, NAMES, times=times)
    for i in range(4):
        for j in range(4):
            each = [plain_kl(TABLES[i, d], TABLES[j, d]) for d in range(5)]
            np.testing.assert_allclose(found.per_decision[i, j], times * each, atol=1e-14)
            assert found.total[i, j] == pytest.approx(np.dot(times, each))


def test_closest_pair_and_best_decision():
    found = divergences(TABLES, NAMES)
    truth, other, least = found.closest
    off = found.total[~np.eye(4, dtype=bool)]
    assert least == off.min() > 0
    assert found.total[NAMES.index(truth), NAMES.index(other)] == least
    row = [plain_kl(TABLES[1, d], TABLES[3, d]) for d in range(5)]
    assert found.separating("envy", "spite") == f"decision {np.argmax(row) + 1}"
    assert f"{other} from {truth}" in str(found)


def test_figures_of_the_design():
    """Acceptance .50 against .52, .55 and .70: log 20 is reached at 3,742, 596 and 34 passes."""
    chances = [0.5, 0.52, 0.55, 0.70]
    found = divergences([[[p, 1 - p]] for p in chances])
    np.testing.assert_array_equal(np.round(found.passes(20)[0, 1:]), [3742, 596, 34])


def test_what_is_ruled_out_diverges_without_bound_one_way_only():
    found = divergences([[[0.5, 0.5]], [[1.0, 0.0]]], ["either", "first"])
    assert found.total[0, 1] == np.inf
    assert found.total[1, 0] == pytest.approx(math.log(2))
    assert found.passes()[0, 1] == 0
    assert found.closest == ("first", "either", pytest.approx(math.log(2)))
    opposite = divergences([[[0.0, 1.0]], [[1.0, 0.0]]])
    assert opposite.closest[2] == np.inf
    unasked = divergences([[[0.5, 0.5]], [[1.0, 0.0]]], times=[0])
    assert unasked.total[0, 1] == 0


def test_equal_members_and_padding():
    tables = np.array([[[0.2, 0.8, 0.0]], [[0.2, 0.8, 0.0]]])
    found = divergences(tables)
    assert found.total[0, 1] == 0
    assert found.passes()[0, 1] == np.inf
    assert found.separating("member 1", "member 2") is None
    assert "no decision separates" in str(found)


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9])
def test_small_divergences_keep_their_digits(gap):
    """For a fair coin KL = -log(1 - 4 gap^2) / 2, or 2 gap^2 to leading order."""
    p, q = np.array([0.5, 0.5]), np.array([0.5 + gap, 0.5 - gap])
    assert kl(p, q) == pytest.approx(-math.log1p(-4 * gap**2) / 2, rel=1e-6)


@pytest.mark.parametrize("pair", [(0.5, 0.7), (0.1, 0.3), (0.2, 0.9)])
def test_chernoff_of_coins_by_its_closed_form(pair):
    """The s at which the tilted coin is as far from both (Cover and Thomas 2006, 11.9)."""
    p, q = pair
    tilted = math.log((1 - p) / (1 - q)) / math.log(q * (1 - p) / (p * (1 - q)))
    expected = plain_kl([tilted, 1 - tilted], [p, 1 - p])
    assert chernoff_information([p, 1 - p], [q, 1 - q]) == pytest.approx(expected, abs=1e-9)


def test_chernoff_is_the_rate_at_which_both_errors_fall():
    p, q, n = 0.5, 0.7, 6000
    counts = np.arange(n + 1)
    log_p, log_q = binom.logpmf(counts, n, p), binom.logpmf(counts, n, q)
    smaller = np.minimum(log_p, log_q)
    rate = -(smaller.max() + math.log(np.exp(smaller - smaller.max()).sum())) / n
    assert chernoff_information([p, 1 - p], [q, 1 - q]) == pytest.approx(rate, abs=1e-3)


def test_chernoff_adds_over_repeats_and_sees_exclusion():
    one = chernoff_information([0.5, 0.5], [0.7, 0.3])
    three = chernoff_information([[0.5, 0.5]] * 3, [[0.7, 0.3]] * 3)
    assert three == pytest.approx(3 * one)
    assert chernoff_information([1, 0], [0, 1]) == math.inf
    assert chernoff_information([0.4, 0.6], [0.4, 0.6]) == 0
    assert chernoff_information([0.5, 0.5], [1.0, 0.0]) == pytest.approx(math.log(2), abs=1e-6)


def test_wrong_input():
    with pytest.raises(InputError, match="nothing to tell apart"):
        divergences([[[0.5, 0.5]]])
    with pytest.raises(InputError, match="times"):
        divergences(TABLES, times=[1])
    found = divergences(TABLES, NAMES)
    with pytest.raises(InputError, match="odds"):
        found.passes(1)
    with pytest.raises(InputError, match="no such member"):
        found.separating("own", "greed")
    with pytest.raises(InputError, match="shapes differ"):
        chernoff_information([0.5, 0.5], [0.2, 0.3, 0.5])
