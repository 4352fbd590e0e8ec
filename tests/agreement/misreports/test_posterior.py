"""The posterior of lying: closed form against simulation, limits and intervals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.agreement.misreports.posterior import normal_posterior, sampled_posterior
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
