"""The posterior of lying: closed form against simulation, limits and intervals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from comity.agreement.misreports.posterior import (
    inferred_posterior,
    normal_posterior,
    sampled_posterior,
)
from comity.agreement.spreads import InferredSpread
from comity.core.errors import InputError


def by_density(x, sd, bias, prior):
    lie = prior * math.exp(-((x - bias) ** 2) / (4 * sd**2))
    return lie / (lie + (1 - prior) * math.exp(-(x**2) / (4 * sd**2)))


@given(st.floats(-0.5, 0.5), st.floats(0.02, 0.3), st.floats(0, 0.5), st.floats(0.01, 0.99))
def test_normal_posterior_is_bayes_rule(x, sd, bias, prior):
    found = normal_posterior(x, sd, [bias], prior)
    assert found.kind == "exact"
    if abs(x) < 5 * sd:
        assert found.value == pytest.approx(by_density(x, sd, bias, prior), rel=1e-9, abs=1e-12)


def test_no_bias_teaches_nothing():
    assert normal_posterior(0.3, 0.05, [0.0], 0.2).value == pytest.approx(0.2)


def test_far_distances_decide():
    assert normal_posterior(5.0, 0.05, [0.3], 0.01).value == pytest.approx(1.0)
    assert normal_posterior(-5.0, 0.05, [0.3], 0.99).value == pytest.approx(0.0)


def test_unsigned_distance_averages_both_sides():
    x, sd, bias, prior = 0.1, 0.05, 0.2, 0.3
    lie = sum(math.exp(-((s * x - bias) ** 2) / (4 * sd**2)) for s in (1, -1))
    honest = 2 * math.exp(-(x**2) / (4 * sd**2))
    expected = prior * lie / (prior * lie + (1 - prior) * honest)
    assert normal_posterior(x, sd, [bias], prior, signed=False).value == pytest.approx(expected)


def test_mixture_of_lies_weighs_them():
    parts = [normal_posterior(0.1, 0.05, [b], 0.5).value for b in (0.1, 0.4)]
    odds = 0.75 * parts[0] / (1 - parts[0]) + 0.25 * parts[1] / (1 - parts[1])
    found = normal_posterior(0.1, 0.05, [0.1, 0.4], 0.5, [0.75, 0.25]).value
    assert found == pytest.approx(odds / (1 + odds))


def test_draws_without_a_distance_count(rng):
    """Half of the lies cannot be seen, so a distance that is seen speaks half as much for one."""
    honest, lying = rng.uniform(0, 1, (2, 4000))
    lying[::2] = np.inf
    found = sampled_posterior(0.5, honest, lying, 0.5)
    assert found.value == pytest.approx(1 / 3, abs=0.08)
    assert found.low <= 1 / 3 <= found.high
    assert sampled_posterior(0.5, np.full(3, np.inf), np.full(3, np.inf), 0.5).kind == "unknown"


@pytest.mark.parametrize("distance", [-0.1, 0.05, 0.15, 0.25, 0.4])
def test_sampled_interval_covers_the_closed_form(distance, rng):
    sd, bias, prior = 0.05, 0.3, 0.4
    honest = rng.normal(0, sd * math.sqrt(2), 20_000)
    lying = rng.normal(bias, sd * math.sqrt(2), 20_000)
    found = sampled_posterior(distance, honest, lying, prior, share=0.01)
    assert found.low - 0.02 <= normal_posterior(distance, sd, [bias], prior).value
    assert normal_posterior(distance, sd, [bias], prior).value <= found.high + 0.02
    assert found.low <= found.value <= found.high


def test_interval_covers_at_its_level(rng):
    """Exact chances .3 (honest) and .6 (liar) of the upper of two values."""
    misses = 0
    truth = 0.5 * 0.6 / (0.5 * 0.6 + 0.5 * 0.3)
    for _ in range(200):
        honest, lying = rng.random(60) < 0.3, rng.random(60) < 0.6
        found = sampled_posterior(1.0, honest, lying, 0.5)
        misses += not found.low <= truth <= found.high
    assert misses <= 18


def test_small_samples_say_so(rng):
    few = sampled_posterior(0.1, rng.normal(size=50), rng.normal(size=50), 0.5)
    many = sampled_posterior(0.1, rng.normal(size=5000), rng.normal(size=5000), 0.5)
    assert few.high - few.low > 2 * (many.high - many.low)
    assert sampled_posterior(0.1, np.array([]), np.array([1.0]), 0.5).kind == "unknown"


def test_distance_beyond_all_that_was_seen():
    assert sampled_posterior(9.0, np.zeros(50), np.ones(50), 0.5).kind == "unknown"


@pytest.mark.parametrize("prior", [-0.1, 1.1, math.nan])
def test_prior_must_be_a_probability(prior):
    with pytest.raises(InputError, match="prior"):
        normal_posterior(0.1, 0.05, [0.1], prior)


def test_weights_must_fit_the_biases():
    with pytest.raises(InputError, match="weights"):
        normal_posterior(0.1, 0.05, [0.1, 0.2], 0.5, [0.5, 0.4])


def by_integration(distance, density, low, high, bias, prior):
    """Bayes' rule with the standard deviation integrated out by an adaptive rule."""

    def likelihood(shift):
        value, _ = integrate.quad(
            lambda sd: density(sd) * stats.norm.pdf(distance, shift, math.sqrt(2) * sd),
            low,
            high,
            epsabs=1e-13,
            limit=400,
        )
        return value

    lie, honest = prior * likelihood(bias), (1 - prior) * likelihood(0.0)
    return lie / (lie + honest)


@pytest.mark.parametrize("distance", [0.0, 0.1, 0.15, 0.25, 0.5])
def test_noise_with_a_standard_error_by_brute_force_integration(distance):
    estimate, error = 0.05, 0.012
    found = inferred_posterior(distance, InferredSpread.from_estimate(estimate, error), [0.3], 0.2)
    density = stats.lognorm(error / estimate, scale=estimate).pdf
    expected = by_integration(distance, density, 0.007, 0.35, 0.3, 0.2)
    assert found.probability.value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("distance", [0.02, 0.12, 0.3])
def test_noise_estimated_from_a_sample_gives_students_t(distance):
    """A standard deviation from 9 residuals: the difference is Student's t (Jeffreys' prior)."""
    s, freedom, bias, prior = 0.05, 9, 0.2, 0.3
    shares = (np.arange(20_000) + 0.5) / 20_000
    draws = s * np.sqrt(freedom / stats.chi2.ppf(shares, freedom))
    t = stats.t(freedom, scale=math.sqrt(2) * s)
    lie, honest = prior * t.pdf(distance - bias), (1 - prior) * t.pdf(distance)
    found = inferred_posterior(distance, InferredSpread(draws), [bias], prior)
    assert found.probability.value == pytest.approx(lie / (lie + honest), rel=2e-3)


@given(st.floats(-0.4, 0.4), st.floats(0.02, 0.3), st.floats(0.05, 0.5), st.floats(0, 1))
def test_one_value_of_the_noise_is_the_closed_form(x, sd, bias, prior):
    found = inferred_posterior(x, InferredSpread(np.array([sd])), [bias, 2 * bias], prior)
    plain = normal_posterior(x, sd, [bias, 2 * bias], prior).value
    for figure in (found.probability, found.lowest, found.highest):
        assert figure.value == pytest.approx(plain, rel=1e-9, abs=1e-12)


def test_two_values_of_the_noise_by_hand():
    """Averaged are the likelihoods, not the posteriors: a far distance speaks for more noise."""
    x, bias, prior, sds, weights = 0.3, 0.4, 0.1, [0.04, 0.15], [0.7, 0.3]

    def joint(shift, sd):
        return math.exp(-((x - shift) ** 2) / (4 * sd**2)) / sd

    lie = prior * sum(w * joint(bias, sd) for w, sd in zip(weights, sds, strict=True))
    honest = (1 - prior) * sum(w * joint(0, sd) for w, sd in zip(weights, sds, strict=True))
    found = inferred_posterior(x, InferredSpread(np.array(sds), np.array(weights)), [bias], prior)
    each = [normal_posterior(x, sd, [bias], prior).value for sd in sds]
    assert found.probability.value == pytest.approx(lie / (lie + honest))
    assert found.probability.value != pytest.approx(0.7 * each[0] + 0.3 * each[1], abs=0.05)
    assert (found.lowest.value, found.highest.value) == pytest.approx((min(each), max(each)))
    assert found.probability.low == pytest.approx(min(each))
    assert found.probability.high == pytest.approx(max(each))


def test_extremes_are_over_the_noise_that_was_inferred(rng):
    draws = rng.gamma(20, 0.0025, 4000)
    found = inferred_posterior(0.2, InferredSpread(draws), [0.3], 0.2)
    low, high = np.quantile(draws, [0.025, 0.975])
    grid = [
        normal_posterior(0.2, sd, [0.3], 0.2).value
        for sd in draws[(draws >= low) & (draws <= high)]
    ]
    assert found.lowest.value == pytest.approx(min(grid), abs=2e-3)
    assert found.highest.value == pytest.approx(max(grid), abs=2e-3)
    figure = found.probability
    assert found.lowest.value < figure.value < found.highest.value
    assert figure.low < figure.value < figure.high
    assert figure.kind == "estimate"
    assert figure.level == 0.95
    narrow = inferred_posterior(0.2, InferredSpread(draws), [0.3], 0.2, level=0.5)
    assert narrow.probability.value == figure.value
    assert narrow.probability.low > figure.low
    assert found.to_dict()["lowest"]["kind"] == "exact"


def test_a_side_that_is_certain_stays_so():
    spread = InferredSpread.from_estimate(0.05, 0.02)
    assert inferred_posterior(0.3, spread, [0.3], 0.0).probability.value == 0
    assert inferred_posterior(0.3, spread, [0.3], 1.0).probability.value == 1
    assert 0 <= inferred_posterior(60.0, spread, [0.3], 0.5).probability.value <= 1


def test_unsigned_distances_and_weights_of_lies_carry_over():
    spread = InferredSpread(np.array([0.05]))
    found = inferred_posterior(0.1, spread, [0.2, 0.4], 0.3, [0.9, 0.1], signed=False)
    plain = normal_posterior(0.1, 0.05, [0.2, 0.4], 0.3, [0.9, 0.1], signed=False)
    assert found.probability.value == pytest.approx(plain.value)


def test_noise_by_entry_is_no_noise_of_one_distance():
    with pytest.raises(InputError, match="one standard deviation"):
        inferred_posterior(0.1, InferredSpread(np.ones((3, 2))), [0.1], 0.5)
