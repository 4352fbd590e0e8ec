"""Losses against the normal density, and where data count."""

import dataclasses

import numpy as np
import pytest
from scipy.stats import norm

from agreement_situations import chicken, full_game, random_negotiation
from comity.agreement.models.evidence import (
    cells_named,
    evidence_loss,
    evidence_weights,
    observation_loss,
)
from comity.cases import Evidence
from comity.core.errors import InputError


def test_differences_of_loss_are_log_likelihood_ratios(rng):
    games = [full_game(rng), full_game(rng)]
    data = (Evidence("fish", rng.standard_normal(5), sd=0.7, cell="C, D", state="s1"),)
    losses = [evidence_loss(game, data) for game in games]
    densities = [norm(game.facts[0, 1, 1], 0.7).logpdf(data[0].values).sum() for game in games]
    assert np.isclose(losses[0] - losses[1], densities[1] - densities[0])


def test_observed_everywhere_means_the_mean(rng):
    game = full_game(rng, states=3)
    item = Evidence("smoke", np.array([0.0]), sd=1.0)
    assert np.isclose(observation_loss(game, item), (game.prior @ game.facts[1].mean(1)) ** 2 / 2)


def test_a_state_thought_impossible_still_predicts(rng):
    game = full_game(rng).replace("prior", [1.0, 0.0])
    item = Evidence("fish", np.array([0.0]), sd=1.0, state="s1", cell="D, D")
    assert np.isclose(observation_loss(game, item), game.facts[0, 1, 3] ** 2 / 2)


def test_unstated_noise_is_the_spread_of_the_data(rng):
    game, values = full_game(rng), np.array([1.0, 2.0, 4.0])
    stated = Evidence("fish", values, sd=float(values.std(ddof=1)))
    assert observation_loss(game, Evidence("fish", values)) == observation_loss(game, stated)


def test_losses_add_up(rng):
    game = full_game(rng)
    items = [Evidence(name, rng.standard_normal(3), sd=1.0) for name in ("fish", "smoke")]
    assert np.isclose(evidence_loss(game, items), sum(observation_loss(game, x) for x in items))


def test_weights_of_what_nobody_observed_are_equal(rng):
    games = [full_game(rng) for _ in range(3)]
    weights = evidence_weights(games, (Evidence("fish", np.zeros(2), sd=1.0),))
    assert np.allclose(weights["smoke"], 1 / 3)
    losses = [game.prior @ game.facts[0].mean(axis=1) for game in games]
    assert np.argmax(weights["fish"]) == np.argmin(np.abs(losses))
    assert np.isclose(weights["fish"].sum(), 1)


def test_far_off_models_do_not_overflow():
    games = [chicken(block="facts").replace("facts", np.full(8, f)) for f in (1e6, -1e6, 0.0)]
    weights = evidence_weights(games, (Evidence("payoff of A", np.zeros(1), sd=1e-3),))
    assert weights["payoff of A"].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("name", "cells"),
    [("", range(9)), ("issue 1", range(3, 7)), ("issue 1: 2", [5]), (" issue 2 ", [7, 8])],
)
def test_cells_of_an_additive_negotiation(name, cells, rng):
    game = random_negotiation(rng, (3, 4, 2))
    assert cells_named(game, name).tolist() == list(cells)


@pytest.mark.parametrize("name", ["C, D", "(C, D)"])
def test_cells_of_a_game(name):
    assert cells_named(chicken(), name).tolist() == [1]


BAD = {
    "quantity": (Evidence("gold", np.zeros(1), sd=1.0), "no such quantity"),
    "cell": (Evidence("fish", np.zeros(1), sd=1.0, cell="E, E"), "no such cell"),
    "state": (Evidence("fish", np.zeros(1), sd=1.0, state="war"), "no such state"),
    "no noise": (Evidence("fish", np.zeros(1)), "noise"),
    "no spread": (Evidence("fish", np.ones(3)), "noise"),
    "zero noise": (Evidence("fish", np.ones(3), sd=0.0), "noise"),
}


@pytest.mark.parametrize("name", BAD)
def test_refusals(name, rng):
    item, message = BAD[name]
    with pytest.raises(InputError, match=message):
        observation_loss(full_game(rng), item)


def test_a_frame_without_quantities_has_no_evidence():
    item = dataclasses.replace(BAD["quantity"][0])
    with pytest.raises(InputError, match="a frame with quantities"):
        observation_loss(chicken(), item)
