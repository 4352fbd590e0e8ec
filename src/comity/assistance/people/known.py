"""Values where both know the goal: what help could reach at most, and what people plan by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.core.errors import InputError

SETTLED = 1e-10
"""Share of the reward range below which values that change count as found."""
MOST_STEPS = 100_000


@dataclass(frozen=True, eq=False)
class Known:
    """Values of a game in which both know the goal.

    Attributes
    ----------
    values : shape (T + 1, G, S), by steps taken; the last is what comes after the last step. T is 1
        where a game goes on for ever: then both are the same.
    joint : shape (T, G, S, H, A), what a pair of actions is worth if both act best after it.
    """

    values: np.ndarray
    joint: np.ndarray

    def at(self, step: int) -> np.ndarray:
        """Return the values of pairs of actions at a step, shape (G, S, H, A)."""
        return self.joint[min(step, len(self.joint) - 1)]

    def value(self, step: int) -> np.ndarray:
        """Return the values of states at a step, shape (G, S)."""
        return self.values[min(step, len(self.values) - 1)]


def solve_known(
    game: AssistanceGame,
    assistant: np.ndarray | None = None,
    person: np.ndarray | None = None,
) -> Known:
    """Return the values of a game whose goal both know.

    Parameters
    ----------
    assistant : shape (S, A) or (T, G, S, A), chances of the assistant's actions, where it does not
        act best.
    person : shape (T, G, S, H), chances of the person's, where it does not.

    Where both act best they act as one (Hadfield-Menell et al. 2016).
    Value iteration, O(T G S H A K).
    """
    allowed = game.person_allowed[:, :, None] & game.assistant_allowed[:, None, :]
    low, high = game.reward_range
    steps = game.horizon or MOST_STEPS
    values = np.zeros((len(game.goals), len(game.states)))
    later, joint = [values], []
    for left in range(1, steps + 1):
        step = steps - left
        worth = game.rewards + game.discount * (
            np.einsum("shak,gshak->gsha", game.chances, values[:, game.next_states])
        )
        worth[:, game.final] = 0.0
        before = values
        values = _value(worth, allowed, _at(assistant, step), _at(person, step))
        if game.horizon is None:
            joint = [worth]
            change = float(np.abs(values - before).max())
            if change * game.discount <= SETTLED * max(high - low, 1e-300) * (1 - game.discount):
                return Known(np.stack([values, values]), np.stack(joint))
            continue
        joint.append(worth)
        later.append(values)
    if game.horizon is None:
        raise InputError(
            "values do not settle", place="discount", found=game.discount, expected="further from 1"
        )
    return Known(np.stack(later[::-1]), np.stack(joint[::-1]))


def _at(table: np.ndarray | None, step: int) -> np.ndarray | None:
    if table is None or table.ndim == 2:
        return table
    return table[min(step, len(table) - 1)]


def _value(
    worth: np.ndarray,
    allowed: np.ndarray,
    assistant: np.ndarray | None,
    person: np.ndarray | None,
) -> np.ndarray:
    """Return values of states, (G, S), of pairs of which neither, one or both are given."""
    open_ = np.where(allowed, worth, -np.inf)
    if assistant is None and person is None:
        best: np.ndarray = open_.max(axis=(2, 3))
        return best
    finite = np.where(allowed, worth, 0.0)
    if assistant is None:
        assert person is not None
        means = np.einsum("gsh,gsha->gsa", person, finite)
        return np.where(allowed.any(axis=1), means, -np.inf).max(axis=2)
    weights = np.broadcast_to(assistant, (worth.shape[0], *assistant.shape[-2:]))
    of_person = np.einsum("gsa,gsha->gsh", weights, finite)
    if person is None:
        return np.where(allowed.any(axis=2), of_person, -np.inf).max(axis=2)
    mean: np.ndarray = np.einsum("gsh,gsh->gs", person, of_person)
    return mean
