"""Level-k against loops over profiles, and in guessing games where each step is known."""

import numpy as np
import pytest

from comity.games import NormalForm
from comity.inference.evidence.situations import decisions
from comity.inference.explanations.catalogue import explain
from explaining import games, table

TABLES, SITUATIONS = games((3, 2), 4, seed=2)


def soft(values, sensitivity):
    weights = np.exp(sensitivity * (values - values.max()))
    return weights / weights.sum()


def hard(values, error):
    best = values == values.max()
    return (1 - error) * best / best.sum() + error / len(values)


def written_out(payoffs, level, respond):
    """The first player's strategy at a level, in a game of two."""
    first, second = np.full(3, 1 / 3), np.full(2, 1 / 2)
    for _ in range(level):
        first, second = respond(payoffs[0] @ second), respond(first @ payoffs[1])
    return first


@pytest.mark.parametrize("level", [1, 2, 3])
def test_logit_levels(level):
    found = table(explain("own-payoff", f"level-{level}"), SITUATIONS, sensitivity=0.6)
    expected = [written_out(game, level, lambda v: soft(v, 0.6)) for game in TABLES]
    np.testing.assert_allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize("level", [1, 3])
def test_trembling_levels(level):
    found = table(explain("own-payoff", f"level-{level}-tremble"), SITUATIONS, error=0.25)
    expected = [written_out(game, level, lambda v: hard(v, 0.25)) for game in TABLES]
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def money_request():
    """Ask for 11 to 20 and get it; 20 more for asking for one less than the other."""
    asks = np.arange(11, 21)
    own = asks[:, None] + 20 * (asks[:, None] == asks[None, :] - 1)
    return decisions(NormalForm.from_payoffs([own, own.T]))


@pytest.mark.parametrize(("level", "ask"), [(1, 19), (2, 18), (3, 17)])
def test_requests_fall_by_one_per_level(level, ask):
    # Arad and Rubinstein (2012): 19 answers 20, and so on down. Against chance, 19 is best too.
    found = table(explain("own-payoff", f"level-{level}-tremble"), [money_request()], error=0.1)
    assert 11 + int(np.argmax(found[0])) == ask


def test_levels_of_three_players_in_a_beauty_contest():
    # Whoever is closest to 2/3 of the mean of three guesses from 0 to 4 wins a prize of 6, shared.
    guesses = np.stack(np.meshgrid(*[np.arange(5)] * 3, indexing="ij"))
    off = np.abs(guesses - 2 / 3 * guesses.mean(axis=0))
    wins = off <= off.min(axis=0) + 1e-9
    payoffs = 6 * wins / wins.sum(axis=0)

    def step(believed):
        worth = [
            sum(
                payoffs[0, own, a, b] * believed[a] * believed[b]
                for a in range(5)
                for b in range(5)
            )
            for own in range(5)
        ]
        return soft(np.array(worth), 1.5)

    game = [decisions(NormalForm.from_payoffs(payoffs))]
    found = table(explain("own-payoff", "level-2"), game, sensitivity=1.5)[0]
    np.testing.assert_allclose(found, step(step(np.full(5, 0.2))), rtol=1e-10)
    assert int(np.argmax(found)) < int(np.argmax(step(np.full(5, 0.2)))) + 1
