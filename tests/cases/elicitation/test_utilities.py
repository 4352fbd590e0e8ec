"""Planted utilities are recovered, and the stated uncertainty covers them as often as it says."""

import itertools

import numpy as np
import pytest

from comity.cases.elicitation.utilities import (
    RATIO_SD,
    SURENESS,
    Fit,
    ordered_ratings,
    product_spread,
    rank_order_weights,
    ratings_from_answers,
    weights_from_ratios,
)
from comity.core.errors import InputError

PAIRS = [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)]


@pytest.mark.parametrize(
    ("count", "published"),
    [
        (2, [0.75, 0.25]),
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
    ],
)
def test_rank_order_centroid_as_published(count, published):
    """Barron and Barrett (1996), table 1."""
    np.testing.assert_allclose(rank_order_weights(count).values, published, atol=5e-5)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_order_alone_against_simulation(count, rng):
    draws = -np.sort(-rng.dirichlet(np.ones(count), 200_000), axis=1)
    fit = rank_order_weights(count)
    np.testing.assert_allclose(fit.values, draws.mean(axis=0), atol=2e-3)
    np.testing.assert_allclose(fit.covariance, np.cov(draws.T).reshape(count, count), atol=5e-4)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_ratings_by_order_alone_against_simulation(count, rng):
    inner = -np.sort(-rng.random((200_000, count - 2)), axis=1)
    fit = ordered_ratings(count)
    assert (fit.values[0], fit.values[-1], fit.sd[0], fit.sd[-1]) == (1, 0, 0, 0)
    if count > 2:
        np.testing.assert_allclose(fit.values[1:-1], inner.mean(axis=0), atol=3e-3)
        covariance = np.cov(inner.T).reshape(count - 2, count - 2)
        np.testing.assert_allclose(fit.covariance[1:-1, 1:-1], covariance, atol=1e-3)


def test_consistent_ratios_give_back_the_weights():
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    fit = weights_from_ratios(4, [(i, j, weights[i] / weights[j]) for i, j in PAIRS])
    np.testing.assert_allclose(fit.values, weights, atol=1e-12)
    np.testing.assert_allclose(fit.covariance.sum(axis=0), 0, atol=1e-15)
    assert fit.strange == ()
    assert np.all(fit.sd > 0)


def coverage(noise, rng, runs=1500):
    """How often each weight lies within 1.96 stated standard deviations."""
    hits = []
    for _ in range(runs):
        weights = rng.dirichlet(np.full(4, 4.0))
        ratios = [
            (i, j, weights[i] / weights[j] * np.exp(noise * rng.standard_normal()))
            for i, j in PAIRS
        ]
        fit = weights_from_ratios(4, ratios)
        hits.append(np.abs(fit.values - weights) <= 1.96 * fit.sd)
    return float(np.mean(hits))


def test_stated_uncertainty_covers_the_truth(rng):
    assert 0.92 < coverage(RATIO_SD, rng) < 0.985


def test_people_noisier_than_assumed_are_noticed(rng):
    """Misfit widens the intervals; taken at its word, the noise would cover only two in three."""
    runs = [
        weights_from_ratios(
            4, [(i, j, np.exp(2 * RATIO_SD * rng.standard_normal())) for i, j in PAIRS]
        )
        for _ in range(800)
    ]
    naive = weights_from_ratios(4, [(i, j, 1.0) for i, j in PAIRS]).sd
    plain = np.mean([np.abs(fit.values - 0.25) <= 1.96 * naive for fit in runs])
    widened = np.mean([np.abs(fit.values - 0.25) <= 1.96 * fit.sd for fit in runs])
    assert plain < 0.75
    assert widened > plain + 0.1


def test_contradictions_are_named_not_averaged_away():
    good = weights_from_ratios(3, [(0, 1, 2), (1, 2, 2), (0, 2, 4)])
    bad = weights_from_ratios(3, [(0, 1, 2), (1, 2, 2), (0, 2, 0.25)])
    assert good.strange == ()
    assert bad.strange
    assert np.all(bad.sd > 2 * good.sd)


@pytest.mark.parametrize(
    ("ratios", "words"),
    [
        ([(0, 1, 2)], "compared with nothing"),
        ([(0, 1, 2), (1, 2, 0)], "not positive"),
        ([(0, 1, 2), (1, 2, np.nan)], "not positive"),
        ([], "compared with nothing"),
    ],
)
def test_ratios_that_do_not_do(ratios, words):
    with pytest.raises(InputError, match=words):
        weights_from_ratios(3, ratios)


def test_two_answers_about_one_thing():
    fit = ratings_from_answers(2, [(0, 0.6), (0, 0.7), (1, 0.2)])
    np.testing.assert_allclose(fit.values, [0.65, 0.2])
    assert fit.sd[0] < fit.sd[1]
    assert fit.strange == ()
    apart = ratings_from_answers(1, [(0, 0.9), (0, 0.3)])
    assert apart.strange == (0, 1)
    assert apart.sd[0] > 3 * fit.sd[0]
    for bad in ([(0, 1.2)], [(0, -0.1)], [(0, float("nan"))]):
        with pytest.raises(InputError, match="off the scale"):
            ratings_from_answers(1, bad)
    with pytest.raises(InputError, match="not rated"):
        ratings_from_answers(2, [(0, 0.5)])


def test_spread_of_products_against_simulation(rng):
    weights = Fit(np.array([0.6, 0.4]), np.diag([0.01, 0.01]), np.zeros(0), ())
    ratings = [Fit(np.array([1.0, 0.5]), np.diag([0.0, 0.04]), np.zeros(0), ())] * 2
    spreads = product_spread(weights, ratings)
    w = 0.6 + 0.1 * rng.standard_normal(400_000)
    r = 0.5 + 0.2 * rng.standard_normal(400_000)
    assert spreads[0] == pytest.approx([0.1, np.std(w * r)], rel=0.01)


def test_words_of_sureness_are_in_order_and_end_near_ignorance():
    values = list(SURENESS.values())
    assert values == sorted(values)
    assert all(b > a for a, b in itertools.pairwise(values))
    assert abs(values[-1] - np.sqrt(1 / 12)) < 0.02
