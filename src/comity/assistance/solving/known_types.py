"""Values by type and steps to go: where the type is known, and where a plan never looks."""

from __future__ import annotations

import numpy as np

from comity.assistance.people.procedure import Fixed
from comity.assistance.solving.hidden import Hidden


def told(hidden: Hidden, steps: int) -> np.ndarray:
    """Return the values if the assistant knew the type, by steps to go, (steps + 1, X, S).

    Not to know is never better: these are upper bounds at every belief.
    """
    return _values(hidden, steps, None)


def blind(hidden: Hidden, steps: int, actions: np.ndarray) -> np.ndarray:
    """Return the values of an assistant that acts by the state alone, shape (steps + 1, X, S).

    Parameters
    ----------
    actions : shape (S,), its actions.
    """
    return _values(hidden, steps, actions)


def _values(hidden: Hidden, steps: int, actions: np.ndarray | None) -> np.ndarray:
    game = hidden.game
    values = np.zeros((steps + 1, len(hidden.names), len(game.states)))
    for left in range(1, steps + 1):
        after = values[left - 1][:, game.next_states]
        worth = hidden.rewards + game.discount * np.einsum("shak,xshak->xsha", game.chances, after)
        by_action = _replied(hidden, worth, steps - left)
        if actions is None:
            best = np.where(game.assistant_allowed, by_action, -np.inf).max(axis=2)
        else:
            best = np.take_along_axis(by_action, actions[None, :, None], axis=2)[:, :, 0]
        values[left] = np.where(game.final, 0.0, best)
    return values


def _replied(hidden: Hidden, worth: np.ndarray, step: int) -> np.ndarray:
    """Return what each action of the assistant is worth with the person's reply, (X, S, A)."""
    allowed = hidden.game.person_allowed
    found = np.empty((worth.shape[0], worth.shape[1], worth.shape[3]))
    for x, procedure in enumerate(hidden.procedures):
        if isinstance(procedure, Fixed):
            table = procedure.table[min(step, len(procedure.table) - 1), hidden.goals[x]]
            found[x] = np.einsum("sh,sha->sa", table, worth[x])
        else:
            open_ = np.where(allowed[:, :, None], worth[x], -np.inf)
            mean = np.where(allowed[:, :, None], worth[x], 0.0).sum(axis=1)
            mean /= allowed.sum(axis=1)[:, None]
            found[x] = (1 - procedure.error) * open_.max(axis=1) + procedure.error * mean
    return found
