"""Learning with opponent-learning awareness, with exact values and gradients."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.core.certified import Certified
from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.core.results import Result

SITUATIONS = ("at first", "after CC", "after CD", "after DC", "after DD")
"""What a player answers to, its own last action first."""

SEATS = np.array([0, 1, 3, 2, 4])
"""Places of the second player's situations among the first's: CD and DC exchanged."""

NORMAL = 1.959963984540054
"""Quantile of the normal distribution for intervals of 95%."""


@dataclass(frozen=True, eq=False)
class Lola(Result):
    """Where two learners ended in an iterated 2x2 game.

    Attributes
    ----------
    value : mean return a step of both players over all runs, with a normal interval of 95%.
    values : return a step by run and player, shape (runs, 2).
    cooperation : chance of the first action in each of `SITUATIONS`, shape (runs, 2, 5).
    rule, discount, rate, step, updates : how they learned.
    """

    value: Certified
    values: np.ndarray = field(repr=False)
    cooperation: np.ndarray = field(repr=False)
    rule: str
    discount: float
    rate: float
    step: float
    updates: int


def lola(
    payoffs: np.ndarray,
    *,
    rule: str = "lola",
    discount: float = 0.96,
    rate: float = 1.0,
    step: float = 1.0,
    updates: int = 200,
    runs: int = 100,
    rng: Rng = 0,
) -> Lola:
    """Return where pairs of learners end who look one step of each other's learning ahead.

    Each player's five parameters, drawn from the standard normal, are the log odds of its first
    action at first and after each profile. Values are discounted sums, exact by the Markov chain
    of the four profiles, and so are all gradients. Player 1 moves by ``rate`` times
    ``dV1/dt1 + step * (dV1/dt2) d2V2/(dt1 dt2)``, a naive learner by the first term alone.

    Parameters
    ----------
    payoffs : shape (2, 2, 2), player axis first.
    rule : "lola" or "naive".
    discount : of a round; the value a step is (1 - discount) times the discounted sum.
    rate : learning rate of both players.
    step : learning rate that each supposes of the other.

    Source: Foerster, Chen, Al-Shedivat, Whiteson, Abbeel and Mordatch 2018, section 4.2 (the
    update) and appendix A.1 (the chain).
    """
    check_choice(rule, ("lola", "naive"), "unknown rule", "rule")
    table = np.asarray(payoffs, dtype=float)
    if table.shape != (2, 2, 2):
        raise InputError("not a 2x2 game", found=table.shape, expected=(2, 2, 2))
    if not 0 <= discount < 1:
        raise InputError("discount is out of range", found=discount, expected="in [0, 1)")
    theta = as_generator(rng).standard_normal((runs, 2, 5))
    for _ in range(updates):
        theta = theta + rate * directions(theta, table, discount, step if rule == "lola" else 0.0)
    values = (1 - discount) * derivatives(theta, table, discount)[0]
    return Lola(
        value=_mean(values.mean(axis=1), "normal interval over runs"),
        values=values,
        cooperation=chances(theta),
        rule=rule,
        discount=discount,
        rate=rate,
        step=step,
        updates=updates,
    )


def chances(theta: np.ndarray) -> np.ndarray:
    """Return the chance of the first action from log odds."""
    return 1 / (1 + np.exp(-theta))


def directions(theta: np.ndarray, payoffs: np.ndarray, discount: float, step: float) -> np.ndarray:
    """Return in which direction each learner moves, shape (runs, 2, 5)."""
    _, slopes, mixed = derivatives(theta, payoffs, discount)
    first = slopes[:, 0, 0] + step * np.einsum("rkl,rl->rk", mixed[:, 1], slopes[:, 0, 1])
    second = slopes[:, 1, 1] + step * np.einsum("rkl,rk->rl", mixed[:, 0], slopes[:, 1, 0])
    return np.stack([first, second[:, SEATS]], axis=1)


def derivatives(
    theta: np.ndarray, payoffs: np.ndarray, discount: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return discounted values, their gradients, and their mixed second derivatives.

    Shapes (runs, 2), (runs, 2 values, 2 players, 5) and (runs, 2 values, 5, 5), where both
    players' parameters stand in the order of the first player's situations.

    With ``v`` the value of the four profiles as states, ``w`` the discounted visits to each
    situation, and ``M`` the inverse of ``I - discount P``, the slope in a parameter is visits
    times the change of the situation's row times ``v``; a second parameter changes the visits
    through ``M`` or, in the same situation, the row itself.
    """
    a, b = chances(theta[:, 0]), chances(theta[:, 1])[:, SEATS]
    da, db = a * (1 - a), b * (1 - b)
    rows = _profiles(a, 1 - a, b, 1 - b)
    by_first = _profiles(da, -da, b, 1 - b)
    by_second = _profiles(a, 1 - a, db, -db)
    by_both = _profiles(da, -da, db, -db)
    inverse = np.linalg.inv(np.eye(4) - discount * rows[:, 1:])
    worth = np.einsum("rij,nj->rni", inverse, payoffs.reshape(2, 4))
    later = discount * np.einsum("ri,rij->rj", rows[:, 0], inverse)
    visits = np.concatenate([np.ones((len(theta), 1)), later], axis=1)
    gains = [np.einsum("rki,rni->rnk", change, worth) for change in (by_first, by_second, by_both)]
    slopes = visits[:, None, None] * np.stack(gains[:2], axis=2)
    mixed = np.zeros((len(theta), 2, 5, 5))
    reach = discount * np.einsum("rki,rij->rkj", by_first, inverse)
    mixed[..., 1:] += (visits[:, :, None] * reach)[:, None] * gains[1][:, :, None, 1:]
    reach = discount * np.einsum("rli,rij->rlj", by_second, inverse)
    back = (visits[:, :, None] * reach)[:, None] * gains[0][:, :, None, 1:]
    mixed[:, :, 1:] += back.swapaxes(2, 3)
    same = np.arange(5)
    mixed[:, :, same, same] += visits[:, None] * gains[2]
    return np.einsum("ri,rni->rn", rows[:, 0], worth), slopes, mixed


def _profiles(a: np.ndarray, not_a: np.ndarray, b: np.ndarray, not_b: np.ndarray) -> np.ndarray:
    """Return products for the profiles CC, CD, DC, DD in each situation, shape (runs, 5, 4)."""
    return np.stack([a * b, a * not_b, not_a * b, not_a * not_b], axis=-1)


def _mean(samples: np.ndarray, method: str) -> Certified:
    mean = float(samples.mean())
    half = NORMAL * float(samples.std(ddof=1)) / np.sqrt(len(samples)) if len(samples) > 1 else 0.0
    return Certified.estimate(mean, mean - half, mean + half, f"{method}, {len(samples)} runs")
