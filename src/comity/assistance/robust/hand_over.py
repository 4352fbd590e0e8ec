"""What it costs to treat an assistant's hand-over as a single point.

Until then the person acts and the assistant watches; from then on the assistant acts, the person
waits, and nothing more is learnt. That is how a model is trained on demonstrations and deployed.
Beside it stands assistance, in which both act and learn all along.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.assistance.games.game import WAIT, AssistanceGame
from comity.assistance.people.procedure import RATIONAL, Fixed, Procedure
from comity.assistance.solving.choosing import solve_or_bound
from comity.assistance.solving.results import Solved
from comity.core import Certified, InputError, Result


@dataclass(frozen=True)
class HandOver(Result):
    """What an assistant is worth by when it is handed over.

    Attributes
    ----------
    game, procedure : what was asked.
    values : by step of the hand-over, 0 to the horizon: what the best assistant is worth that only
        watches before it and learns nothing after it.
    best_step : the best single point.
    throughout : what assistance without such a point is worth.
    lost : what the best single point falls short of it; with its interval where not all is exact.
        Below 0 where a person who errs had better be stopped: assistance lets it act all along.
    """

    game: str
    procedure: str
    values: tuple[Certified, ...]
    best_step: int
    throughout: Certified
    lost: Certified


def hand_over(game: AssistanceGame, procedure: Procedure = RATIONAL) -> HandOver:
    """Return what is lost by handing over at a single point, whichever it is.

    Needs a horizon, and an action of waiting on both sides. Where the person may not wait after the
    hand-over it does the same whatever it wants, the first action there is; where the assistant may
    not wait before it, it acts as it likes. Source: the two-phase assistant of Shah et al. (2020),
    section 4; the comparison over all steps is ours.
    """
    if game.horizon is None:
        raise InputError("a hand-over needs a horizon", place="horizon", expected="a number")
    if game.waiting is None:
        raise InputError(
            "a hand-over needs waiting on both sides",
            place="actions",
            found=", ".join(game.person_actions),
            expected=f"{WAIT!r} among the actions of both",
        )
    throughout = solve_or_bound(game, procedure)
    staged = [solve_or_bound(*at_step(game, procedure, step)) for step in range(game.horizon + 1)]
    found = [solved.value.value for solved in staged]
    return HandOver(
        game.title,
        procedure.name,
        tuple(solved.value for solved in staged),
        int(np.argmax(found)),
        throughout.value,
        _shortfall(throughout, staged),
    )


def _shortfall(throughout: Solved, staged: list[Solved]) -> Certified:
    most, least = max(s.upper_bound.value for s in staged), max(s.value.value for s in staged)
    lost = throughout.value.value - least
    if all(s.value.kind == "exact" for s in (throughout, *staged)):
        return Certified.exact(lost, "both solved exactly")
    low, high = throughout.value.value - most, throughout.upper_bound.value - least
    return Certified.estimate(lost, low, high, "bounds of both", level=1.0)


def at_step(
    game: AssistanceGame, procedure: Procedure, step: int
) -> tuple[AssistanceGame, Procedure]:
    """Return the game in which only the person acts before a step, and only the assistant after.

    States are doubled by how many steps were taken, up to the hand-over.
    """
    assert game.waiting is not None
    s = len(game.states)
    layers = step + 1
    mine, its = [], []
    for layer in range(layers):
        before = layer < step
        mine.append(
            game.person_allowed if before else _silent(game.person_allowed, game.waiting[0])
        )
        its.append(
            _waits(game.assistant_allowed, game.waiting[1]) if before else game.assistant_allowed
        )
    follow = np.concatenate([game.next_states + s * min(k + 1, step) for k in range(layers)])
    staged = game.with_fields(
        states=tuple(f"{name}, {k} of {step}" for k in range(layers) for name in game.states),
        next_states=follow,
        chances=np.tile(game.chances, (layers, 1, 1, 1)),
        rewards=np.tile(game.rewards, (1, layers, 1, 1)),
        final=np.tile(game.final, layers),
        person_allowed=np.concatenate(mine),
        assistant_allowed=np.concatenate(its),
    )
    if not isinstance(procedure, Fixed):
        return staged, procedure
    table = np.concatenate([procedure.table * a for a in mine], axis=2)
    total = table.sum(axis=-1, keepdims=True)
    even = np.concatenate(mine) / np.concatenate(mine).sum(axis=1, keepdims=True)
    kept = np.where(total > 0, table / np.where(total > 0, total, 1.0), even)
    return staged, Fixed(kept, procedure.name, procedure.about, procedure.source)


def _waits(allowed: np.ndarray, wait: int) -> np.ndarray:
    """Return only waiting where it is allowed, else what was."""
    only = np.zeros_like(allowed)
    only[:, wait] = True
    return np.where(allowed[:, [wait]], only, allowed)


def _silent(allowed: np.ndarray, wait: int) -> np.ndarray:
    """Return one action for each state, waiting where it is allowed, else the first there is."""
    first = np.zeros_like(allowed)
    first[np.arange(len(allowed)), np.argmax(allowed, axis=1)] = True
    return np.where(allowed[:, [wait]], _waits(allowed, wait), first)
