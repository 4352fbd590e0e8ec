"""Inferred standard deviations: moments of the log-normal, quantiles, draws by their weight."""

import math

import numpy as np
import pytest
from scipy import stats

from comity.agreement.spreads import InferredSpread, weighted_quantiles
from comity.core.errors import InputError


def test_an_estimate_with_a_standard_error_is_log_normal():
    spread = InferredSpread.from_estimate(0.2, 0.03)
    exact = stats.lognorm(0.15, scale=0.2)
    assert spread.weights @ spread.draws == pytest.approx(exact.mean(), rel=1e-9)
    assert spread.weights @ spread.draws**2 == pytest.approx(exact.moment(2), rel=1e-9)
    assert spread.range(0.9) == pytest.approx(exact.interval(0.9), rel=5e-3)


def test_draws_come_as_often_as_their_weights(rng):
    spread = InferredSpread(np.array([3.0, 1.0, 2.0]), np.array([0.5, 0.2, 0.3]))
    drawn = np.array([spread.at(share) for share in rng.random(5000)])
    for value, weight in zip(spread.draws, spread.weights, strict=True):
        assert np.mean(drawn == value) == pytest.approx(weight, abs=0.03)
    assert spread.at(0.0) == 3
    assert spread.at(1.0) == 2


def test_a_share_picks_one_draw_of_every_block(rng):
    draws = rng.gamma(5, 1, (50, 3))
    joint = InferredSpread(draws)
    single = InferredSpread(draws[:, 0])
    for share in rng.random(20):
        assert joint.at(share)[0] == single.at(share)
        assert joint.at(share).shape == (3,)


def test_weighted_quantiles_repeat_what_unweighted_ones_say(rng):
    values = rng.normal(size=200)
    repeats = rng.integers(1, 6, 200)
    many = np.sort(np.repeat(values, repeats))
    for share in (0.025, 0.5, 0.9):
        (found,) = weighted_quantiles(values, repeats / repeats.sum(), (share,))
        assert found == many[math.ceil(share * len(many)) - 1]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: InferredSpread(np.array([])), "not standard deviations"),
        (lambda: InferredSpread(np.array([0.1, 0.0])), "not standard deviations"),
        (lambda: InferredSpread(np.array([0.1, np.nan])), "not standard deviations"),
        (lambda: InferredSpread(np.array([0.1]), np.array([0.5])), "not a distribution"),
        (lambda: InferredSpread(np.array([0.1]), np.array([0.5, 0.5])), "not a distribution"),
        (lambda: InferredSpread.from_estimate(0.1, 0.0), "standard_error"),
        (lambda: InferredSpread.from_estimate(-0.1, 0.1), "estimate"),
    ],
)
def test_what_is_no_spread(make, words):
    with pytest.raises(InputError, match=words):
        make()
