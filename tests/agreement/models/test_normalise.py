"""Payoffs from 0 to 1, however the model is built, and nothing else changed."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import chicken, full_game, random_game, random_negotiation
from comity.agreement import normalise
from comity.agreement.models.normalise import payoff_range
from comity.games import Constraint, Lottery, Negotiation


def builders():
    rng = np.random.default_rng(5)
    additive = random_negotiation(rng, (3, 4, 2), players=3, reservation=0.7)
    table = Negotiation.tabulated(["A", "B"], additive.issues[:2], rng.random((2, 3, 4)))
    limited = dataclasses.replace(
        additive, constraints=(Constraint(np.arange(9) % 3 - 1.0, 0.0, "a limit"),)
    )
    return {
        "tastes": random_game(rng, block="tastes"),
        "facts": random_game(rng, (2, 3, 2), block="facts"),
        "everything": full_game(rng),
        "additive": additive,
        "table": table,
        "limited": limited,
    }


@pytest.mark.parametrize("name", builders())
def test_lowest_is_zero_and_highest_one(name):
    points = normalise(builders()[name]).payoff_points()
    assert np.allclose(points.min(axis=0), 0)
    assert np.allclose(points.max(axis=0), 1)


@pytest.mark.parametrize("name", builders())
def test_the_change_is_affine(name):
    game = builders()[name]
    before, after = game.payoff_points(), normalise(game).payoff_points()
    span = np.ptp(before, axis=0)
    assert np.allclose(after, (before - before.min(axis=0)) / span)


@pytest.mark.parametrize("name", builders())
def test_twice_is_once(name):
    once = normalise(builders()[name])
    assert np.allclose(normalise(once).payoff_points(), once.payoff_points(), atol=1e-12)


def test_no_deal_moves_along():
    game = builders()["additive"]
    low, high = game.payoff_points().min(axis=0), game.payoff_points().max(axis=0)
    assert np.allclose(normalise(game).reservation, (game.reservation - low) / (high - low))


def test_constants_become_zero():
    flat = chicken(np.stack([np.full((2, 2), 7.0), np.arange(4.0).reshape(2, 2)]))
    assert np.array_equal(normalise(flat).table[0], np.zeros((2, 2)))


def test_the_worst_option_of_each_issue_is_worth_nothing():
    game = builders()["additive"]
    scaled = normalise(game)
    assert np.allclose(np.minimum.reduceat(scaled.values, scaled.offsets, axis=1), 0)


def test_bystanders_stay():
    game = builders()["everything"]
    play = Lottery.uniform([(0, 1), (1, 1)])
    assert np.allclose(normalise(game).effects(play), game.effects(play))


def test_the_range_of_a_domain_too_large_to_list():
    rng = np.random.default_rng(1)
    game = random_negotiation(rng, (10,) * 20)
    values = game.values[0].reshape(20, 10)
    low, high = payoff_range(game, 0)
    assert np.isclose(low, values.min(axis=1).sum())
    assert np.isclose(high, values.max(axis=1).sum())
