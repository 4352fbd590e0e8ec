"""The two sample sizes: the figures of the design, exact tests by binomials, and odd cases."""

import math

import numpy as np
import pytest
from scipy.stats import binom

from comity.core.errors import InputError
from comity.inference.identification.sample_sizes import sample_sizes

COINS = {0.52: (3742, 0.51, 6758), 0.55: (596, 0.48, 1077), 0.70: (34, 0.43, 62)}


@pytest.mark.parametrize("chance", COINS)
def test_figures_of_the_design(chance):
    expected, seen, normal = COINS[chance]
    found = sample_sizes([0.5, 0.5], [chance, 1 - chance])
    assert round(found.expected.value) == expected
    assert found.seen.value == pytest.approx(seen, abs=0.005)
    assert found.seen.kind == "exact"
    assert round(found.normal.value) == normal
    text = str(found)
    assert f"{expected:,}" in text
    assert f"{normal:,} by the normal approximation" in text


def plain_test_keeps(n, chance):
    """Some threshold on the number of successes errs at most 5% either way."""
    counts = np.arange(-1, n + 1)
    kept = (binom.sf(counts, n, 0.5) <= 0.05) & (binom.cdf(counts, n, chance) <= 0.05)
    return bool(kept.any())


@pytest.mark.parametrize(("chance", "tossing", "plain"), [(0.55, 1079, 1092), (0.70, 64, 67)])
def test_exact_sizes_by_a_scan_of_binomial_tests(chance, tossing, plain):
    found = sample_sizes([0.5, 0.5], [chance, 1 - chance])
    assert found.plain.value == next(n for n in range(1, 2000) if plain_test_keeps(n, chance))
    assert (found.tossing.value, found.plain.value) == (tossing, plain)


@pytest.mark.slow
def test_exact_size_of_the_closest_coins():
    found = sample_sizes([0.5, 0.5], [0.52, 0.48])
    first = next(n for n in range(6000, 8000) if plain_test_keeps(n, 0.52))
    assert (found.tossing.value, found.plain.value) == (6760, first)
    assert first == 6785


def test_unequal_errors_and_their_order():
    """Rejecting the truth more freely must cost less than accepting it wrongly more freely."""
    found = sample_sizes([0.9, 0.1], [0.6, 0.4], errors=(0.2, 0.01))
    n = int(found.plain.value)
    counts = np.arange(-1, n + 1)
    reject, accept = binom.cdf(counts, n, 0.9), binom.sf(counts, n, 0.6)
    assert ((reject <= 0.2) & (accept <= 0.01)).any()
    other = sample_sizes([0.9, 0.1], [0.6, 0.4], errors=(0.01, 0.2))
    assert other.plain.value != n


def test_repeating_a_decision_in_a_design_divides_the_passes():
    once = sample_sizes([0.5, 0.5], [0.7, 0.3])
    twice = sample_sizes([[0.5, 0.5]] * 2, [[0.7, 0.3]] * 2)
    assert twice.expected.value == pytest.approx(once.expected.value / 2)
    assert twice.normal.value == pytest.approx(once.normal.value / 2)
    assert twice.tossing.value == math.ceil(once.tossing.value / 2)
    assert twice.chernoff.value == pytest.approx(2 * once.chernoff.value)


def test_options_with_one_ratio_are_one_option():
    two = sample_sizes([0.5, 0.5], [0.7, 0.3])
    three = sample_sizes([0.5, 0.2, 0.3], [0.7, 0.12, 0.18])
    assert three.tossing.value == two.tossing.value
    assert three.seen.value == pytest.approx(two.seen.value)


def test_one_observation_that_rules_the_other_out():
    found = sample_sizes([0.5, 0.5], [1.0, 0.0])
    assert found.expected.value == 0
    assert found.seen.value == pytest.approx(0.5)
    assert found.normal.kind == "unknown"
    assert found.tossing.value == math.ceil(math.log(0.05, 0.5))
    assert ": 1 (the odds" in str(found)


def test_nothing_tells_apart_what_is_the_same():
    found = sample_sizes([[0.2, 0.8]] * 2, [[0.2, 0.8]] * 2)
    sizes = (found.expected, found.normal, found.tossing, found.plain)
    assert all(size.value == math.inf for size in sizes)
    assert found.seen.value == 0
    assert found.chernoff.value == 0
    assert "no number" in str(found)
    rounding = sample_sizes([0.2, 0.8], [0.2 + 1e-14, 0.8 - 1e-14])
    assert rounding.tossing.kind == "unknown"


def test_large_designs_are_simulated_and_say_so():
    rng = np.random.default_rng(4)
    truth = rng.dirichlet(np.full(4, 8.0), size=6)
    other = 0.7 * truth + 0.3 * rng.dirichlet(np.full(4, 8.0), size=6)
    found = sample_sizes(truth, other)
    assert found.seen.kind == "estimate"
    assert found.seen.low < found.seen.value < found.seen.high
    assert found.tossing.kind == found.plain.kind == "unknown"
    assert found.normal.value > 0
    # The ratio is nearly normal with its mean on the threshold.
    assert found.seen.value == pytest.approx(0.5, abs=0.05)
    assert sample_sizes(truth, other).seen == found.seen


@pytest.mark.parametrize(
    "wrong",
    [{"odds": 1.0}, {"odds": math.inf}, {"errors": 0.0}, {"errors": (0.05, 0.5)}, {"names": ["a"]}],
)
def test_wrong_input(wrong):
    with pytest.raises(InputError):
        sample_sizes([0.5, 0.5], [0.4, 0.6], **wrong)
