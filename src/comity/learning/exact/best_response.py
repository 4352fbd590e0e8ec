"""Best responses in iterated games to opponents who remember one round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core.certified import Certified
from comity.core.errors import InputError
from comity.core.results import Result

MAX_ROUNDS = 1000
"""Policy iteration ends long before: each round improves on one of finitely many replies."""


@dataclass(frozen=True, eq=False)
class BestResponse(Result):
    """The best reply to an opponent with a memory of one round.

    Attributes
    ----------
    value : return a step, (1 - discount) times the discounted sum.
    actions : what to do at first, and after each profile, shape (1 + profiles,).
    excess : largest amount by which another action would be better in any situation.
    """

    value: Certified
    actions: np.ndarray
    excess: float


def best_response(payoffs: np.ndarray, opponent: np.ndarray, discount: float) -> BestResponse:
    """Return the best reply, among all replies, in an infinitely iterated two-player game.

    Against an opponent that looks at the last round alone a Markov decision process is left,
    in which a reply that looks at the last round alone is best.

    Parameters
    ----------
    payoffs : to the one who replies, shape (A, B), its own action first.
    opponent : chances of the opponent's actions at first and after each profile in C order of
        (own, opponent's) actions, shape (1 + A * B, B).
    discount : of a round, in [0, 1).

    Source: Howard 1960, policy iteration. In a game played once use a game's `best_reply`.

    Examples
    --------
    >>> tit_for_tat = np.array([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]], dtype=float)
    >>> best_response(np.array([[-1, -3], [0, -2]]), tit_for_tat, 0.96).actions
    array([0, 0, 0, 0, 0])
    """
    table, chances = _checked(payoffs, opponent, discount)
    own, other = table.shape
    reward = chances @ table.T
    actions = np.zeros(len(chances), dtype=int)
    for _ in range(MAX_ROUNDS):
        value = _value(reward, chances, actions, discount)
        after = value[1:].reshape(own, other)
        worth = reward + discount * chances @ after.T
        held = np.take_along_axis(worth, actions[:, None], axis=1)[:, 0]
        better = worth.max(axis=1) > held + 1e-12 * (1 + np.abs(held))
        if not better.any():
            break
        actions = np.where(better, worth.argmax(axis=1), actions)
    step = Certified.exact((1 - discount) * value[0], "policy iteration on the last round")
    return BestResponse(step, actions, float(np.max(worth.max(axis=1) - held)))


def _value(
    reward: np.ndarray, chances: np.ndarray, actions: np.ndarray, discount: float
) -> np.ndarray:
    """Return the discounted value of a reply in each situation by solving its linear equations."""
    count, other = chances.shape
    move = np.zeros((count, count))
    columns = 1 + actions[:, None] * other + np.arange(other)
    np.put_along_axis(move, columns, chances, axis=1)
    held = np.take_along_axis(reward, actions[:, None], axis=1)[:, 0]
    solved: np.ndarray = np.linalg.solve(np.eye(count) - discount * move, held)
    return solved


def _checked(
    payoffs: np.ndarray, opponent: np.ndarray, discount: float
) -> tuple[np.ndarray, np.ndarray]:
    table, chances = np.asarray(payoffs, dtype=float), np.asarray(opponent, dtype=float)
    if not 0 <= discount < 1:
        raise InputError("discount is out of range", found=discount, expected="in [0, 1)")
    if table.ndim != 2 or not np.isfinite(table).all():
        raise InputError("payoffs are not a finite table", place="payoffs", found=table.shape)
    expected = (1 + table.size, table.shape[1])
    if chances.shape != expected:
        raise InputError(
            "not a strategy of this game", place="opponent", found=chances.shape, expected=expected
        )
    if (chances < 0).any() or not np.allclose(chances.sum(axis=1), 1):
        raise InputError("rows are not chances", place="opponent", expected="rows that sum to 1")
    return table, chances
