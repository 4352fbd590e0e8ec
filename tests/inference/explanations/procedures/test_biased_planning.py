"""Biased planners: doing it now or later, bounded sight, and chances that look better."""

import numpy as np
import pytest

from comity.inference.evidence.plans import decisions_by_state
from comity.inference.explanations.catalogue import explain
from explaining import table

NAIVE, SOPHISTICATED, BEST = (
    explain("own-payoff", f"planning{kind}") for kind in ("-naive", "-sophisticated", "")
)
RNG = np.random.default_rng(5)
REWARDS = RNG.uniform(-1, 2, (2, 3))
TRANSITIONS = RNG.dirichlet(np.full(3, 0.4), (2, 3))
STATES = decisions_by_state(["a", "b"], "xyz", REWARDS, TRANSITIONS, left=6)


def once_in_four_weeks(values):
    """The four situations of one who must act once, in one of four weeks."""
    weeks = [f"week {w}" for w in range(1, 5)]
    wait = np.eye(4, k=1)
    act = np.zeros((4, 4))
    rewards = np.array([values, [0, 0, 0, values[-1]]])
    found = []
    for week in range(4):
        states = decisions_by_state(["act", "wait"], weeks, rewards, [act, wait], left=4 - week)
        found.append(states[week])
    return found


def when(planner, values):
    """The week in which a planner acts, with a present bias of a half and no discounting."""
    bias = {} if planner is BEST else {"present_bias": 0.5}
    found = table(planner, once_in_four_weeks(values), sensitivity=500.0, discount=1.0, **bias)
    return 1 + int(np.argmax(found[:, 0] > 0.49))


COSTS, REWARDS_NOW = [-3.0, -5.0, -8.0, -13.0], [3.0, 5.0, 8.0, 13.0]


@pytest.mark.parametrize(
    ("planner", "values", "week"),
    [
        (BEST, COSTS, 1),
        (NAIVE, COSTS, 4),
        (SOPHISTICATED, COSTS, 2),
        (BEST, REWARDS_NOW, 4),
        (NAIVE, REWARDS_NOW, 3),
        (SOPHISTICATED, REWARDS_NOW, 1),
    ],
)
def test_doing_it_now_or_later(planner, values, week):
    # O'Donoghue and Rabin (1999), examples 1 and 2.
    assert when(planner, values) == week


def soft(worth, sensitivity):
    weights = np.exp(sensitivity * (worth - worth.max(axis=0)))
    return weights / weights.sum(axis=0)


def written_out(sensitivity, discount, bias, foreseen):
    values = np.zeros(3)
    for _ in range(5):
        seems = REWARDS + (bias if foreseen else 1) * discount * TRANSITIONS @ values
        worth = REWARDS + discount * TRANSITIONS @ values
        values = (soft(seems, sensitivity) * worth).sum(axis=0)
    return soft(REWARDS + bias * discount * TRANSITIONS @ values, sensitivity).T


@pytest.mark.parametrize(("planner", "foreseen"), [(NAIVE, False), (SOPHISTICATED, True)])
def test_steps_back(planner, foreseen):
    found = table(planner, STATES, sensitivity=2.0, discount=0.9, present_bias=0.6)
    np.testing.assert_allclose(found, written_out(2.0, 0.9, 0.6, foreseen), rtol=1e-10)


def test_without_bias_there_is_nothing_to_foresee():
    values = {"sensitivity": 2.0, "discount": 0.9, "present_bias": 1.0}
    np.testing.assert_array_equal(
        table(NAIVE, STATES, **values), table(SOPHISTICATED, STATES, **values)
    )


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_lookahead(depth):
    values = np.zeros(3)
    for _ in range(depth - 1):
        values = (REWARDS + 0.9 * TRANSITIONS @ values).max(axis=0)
    expected = soft(REWARDS + 0.9 * TRANSITIONS @ values, 2.0).T
    given = {"sensitivity": 2.0} if depth == 1 else {"sensitivity": 2.0, "discount": 0.9}
    found = table(explain("own-payoff", f"lookahead-{depth}"), STATES, **given)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def optimist(optimism):
    values = np.zeros(3)
    for step in range(6):
        tilted = TRANSITIONS * np.exp(optimism * values)
        worth = REWARDS + 0.9 * (tilted / tilted.sum(axis=-1, keepdims=True)) @ values
        values = worth.max(axis=0)
        if step == 5:
            return soft(worth, 2.0).T
    return None


@pytest.mark.parametrize("optimism", [-1.0, 0.0, 2.0])
def test_optimism(optimism):
    found = table(
        explain("own-payoff", "planning-optimist"),
        STATES,
        sensitivity=2.0,
        discount=0.9,
        optimism=optimism,
    )
    np.testing.assert_allclose(found, optimist(optimism), rtol=1e-9)


def test_an_optimist_gambles():
    # Safe: 1 next time. Risky: 3 with a chance of a quarter. Only the hopeful take it.
    states = decisions_by_state(
        ["safe", "risky"],
        ["now", "one", "three", "none"],
        [[0, 1, 3, 0], [0, 1, 3, 0]],
        [
            [[0, 1, 0, 0]] + [[0, 0, 0, 0]] * 3,
            [[0, 0, 0.25, 0.75]] + [[0, 0, 0, 0]] * 3,
        ],
        left=2,
    )
    chances = [
        table(
            explain("own-payoff", "planning-optimist"),
            states[:1] * 3,
            sensitivity=20.0,
            discount=0.99,
            optimism=optimism,
        )[0, 1]
        for optimism in (0.0, 1.0)
    ]
    assert chances[0] < 0.01
    assert chances[1] > 0.99
