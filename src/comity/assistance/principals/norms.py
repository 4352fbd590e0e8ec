"""Norms: what people forbid an assistant, and what that costs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from comity.assistance.principals.shared import SharedGame

Forbids = Callable[[str, str], bool]


@dataclass(frozen=True)
class Norm:
    """Something the assistant must not do.

    Attributes
    ----------
    name : in words.
    holder : who holds the others to it; a principal, a bystander, or everybody.
    forbids : ``forbids(state, action)``.
    """

    name: str
    holder: str
    forbids: Forbids


def harmless(shared: SharedGame, tolerance: float = 0.0) -> Norm:
    """Return the norm to do nothing by which a bystander loses at once, whatever the others do.

    An action counts as harmful where for some bystander and some moves of the principals it is
    worth less, by more than ``tolerance``, than the best of the assistant's actions for that one.
    """
    game = shared.game
    best = np.where(game.assistant_allowed[:, None, :], shared.effects, -np.inf).max(
        axis=3, keepdims=True
    )
    worse = (best - shared.effects > tolerance) & game.person_allowed[:, :, None]
    table = worse.any(axis=(0, 2))
    states, actions = game.states, game.assistant_actions

    def forbids(state: str, action: str) -> bool:
        return bool(table[states.index(state), actions.index(action)])

    return Norm("harm no bystander", "everybody", forbids)


def under(shared: SharedGame, norms: Sequence[Norm]) -> SharedGame:
    """Return the game in which the assistant keeps norms; it must be left something to do."""
    game = shared.game
    forbidden = np.zeros_like(game.assistant_allowed)
    for norm in norms:
        forbidden |= np.array(
            [[norm.forbids(s, a) for a in game.assistant_actions] for s in game.states]
        )
    return shared.forbidding(forbidden, ", ".join(norm.name for norm in norms) or "norms")
