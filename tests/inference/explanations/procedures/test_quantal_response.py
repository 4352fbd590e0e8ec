"""Quantal response equilibria against bisection, fixed points, and what theory says of them."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import expit

from comity.games import NormalForm
from comity.inference.evidence.situations import Situation, decisions
from comity.inference.explanations.catalogue import explain
from explaining import games, table

QRE = explain("own-payoff", "quantal-response")


def both(first, second):
    """The decisions of both players of a game of two."""
    game = NormalForm.from_payoffs([np.array(first, float), np.array(second, float)])
    return [decisions(game, player) for player in (0, 1)]


def pennies(reward):
    """Matching pennies in which the row player wins ``reward`` at one match and 1 at the other."""
    return both([[reward, 0], [0, 1]], [[0, 1], [1, 0]])


@pytest.mark.parametrize("sensitivity", [0.1, 10.0, 1e4])
def test_symmetric_pennies_stay_even(sensitivity):
    found = table(QRE, pennies(1), sensitivity=sensitivity)
    np.testing.assert_allclose(found, np.full((2, 2), 0.5), atol=1e-10)


@pytest.mark.parametrize("sensitivity", [0.3, 2.0, 40.0])
def test_asymmetric_pennies(sensitivity):
    # p = F(s (9 q - (1 - q))), q = F(s ((1 - p) - p)): one equation in p that falls and has one
    # root.
    def gap(p):
        q = expit(sensitivity * (1 - 2 * p))
        return p - expit(sensitivity * (10 * q - 1))

    p = brentq(gap, 0, 1, xtol=1e-15)
    q = expit(sensitivity * (1 - 2 * p))
    found = table(QRE, pennies(9), sensitivity=sensitivity)
    np.testing.assert_allclose(found, [[p, 1 - p], [q, 1 - q]], rtol=1e-9)


def test_very_sensitive_pennies_are_the_nash_equilibrium():
    found = table(QRE, pennies(9), sensitivity=1e4)
    np.testing.assert_allclose(found, [[0.5, 0.5], [0.1, 0.9]], atol=1e-3)


def test_own_payoff_effect():
    # Nash says that the row player's own reward does not move it; quantal response says it does.
    found = [table(QRE, pennies(reward), sensitivity=1.0)[0, 0] for reward in (1, 9)]
    assert found[0] == pytest.approx(0.5)
    assert found[1] > 0.6


def test_a_stag_hunt_ends_in_its_risk_dominant_equilibrium():
    # Turocy (2005): in 2 x 2 games the principal branch selects risk dominance.
    stag = np.array([[4, 0], [3, 3]])
    found = table(QRE, both(stag, stag.T), sensitivity=200.0)
    np.testing.assert_allclose(found, [[0, 1], [0, 1]], atol=1e-12)


def test_all_players_answer_each_other():
    # Each player's own equilibrium strategy, asked for as a decision of its own, is the logit
    # answer to those of the others. Players have 2, 3 and 2 options, so that places are filled up.
    sensitivity, shape = 1.5, (2, 3, 2)
    tables, _ = games(shape, 3, seed=5)
    asked = [decisions(NormalForm.from_payoffs(game), j) for game in tables for j in range(3)]
    found = table(QRE, asked, sensitivity=sensitivity).reshape(3, 3, -1)
    for game, rows in zip(tables, found, strict=True):
        mixed = [row[:size] for row, size in zip(rows, shape, strict=True)]
        worth = [
            np.einsum("abc,b,c->a", game[0], mixed[1], mixed[2]),
            np.einsum("abc,a,c->b", game[1], mixed[0], mixed[2]),
            np.einsum("abc,a,b->c", game[2], mixed[0], mixed[1]),
        ]
        for strategy, values in zip(mixed, worth, strict=True):
            weights = np.exp(sensitivity * (values - values.max()))
            np.testing.assert_allclose(strategy, weights / weights.sum(), atol=1e-8)


@pytest.mark.slow
def test_alone_it_is_logit():
    situation = [Situation("abc", [[1, 0], [3, 0], [2, 0]])]
    found = table(QRE, situation, sensitivity=0.7)
    expected = table(explain("own-payoff", "logit"), situation, sensitivity=0.7)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
