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
    actions, worth = (part[0] for part in replies(table, chances[None], discount))
    held = np.take_along_axis(worth, actions[:, None], axis=1)[:, 0]
    step = Certified.exact((1 - discount) * held[0], "policy iteration on the last round")
    return BestResponse(step, actions, float(np.max(worth.max(axis=1) - held)))


def replies(
    table: np.ndarray, chances: np.ndarray, discount: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return best replies to many opponents at once, and what each action is worth.

    Shapes (B, 1 + A * B') and (B, 1 + A * B', A), for opponents of shape (B, 1 + A * B', B').
    """
    own, other = table.shape
    reward = chances @ table.T
    actions = np.zeros(chances.shape[:2], dtype=int)
    for _ in range(MAX_ROUNDS):
        value = _value(reward, chances, actions, discount)
        after = value[:, None, 1:].reshape(-1, 1, own, other)
        worth = reward + discount * (after @ chances[..., None])[..., 0]
        held = np.take_along_axis(worth, actions[..., None], axis=2)[..., 0]
        better = worth.max(axis=2) > held + 1e-12 * (1 + np.abs(held))
        if not better.any():
            break
        actions = np.where(better, worth.argmax(axis=2), actions)
    return actions, worth


def _value(
    reward: np.ndarray, chances: np.ndarray, actions: np.ndarray, discount: float
) -> np.ndarray:
    """Return discounted values of replies in each situation by solving their linear equations."""
    batch, count, other = chances.shape
    move = np.zeros((batch, count, count))
    columns = 1 + actions[..., None] * other + np.arange(other)
    np.put_along_axis(move, columns, chances, axis=2)
    held = np.take_along_axis(reward, actions[..., None], axis=2)
    solved: np.ndarray = np.linalg.solve(np.eye(count) - discount * move, held)[..., 0]
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
