"""What an assistance game must be, checked before anything is solved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games.validation import check_finite, check_names, check_prior, checked_array

if TYPE_CHECKING:
    from comity.assistance.games.game import AssistanceGame

LONGEST = 2_000
"""Most steps of a horizon: plans are made step by step."""
SUM = 1e-9
"""How far chances may miss a sum of 1; then they are scaled to it."""


def numbers(given: Any, place: str) -> np.ndarray:
    """Return an array of floats, or raise `InputError`."""
    try:
        array = np.array(given, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(
            "not numbers", place=place, found=repr(given)[:80], expected="an array of numbers"
        ) from error
    check_finite(array, place)
    return array


def dense_transitions(given: Any) -> np.ndarray:
    """Return transitions of shape (S, H, A, S), or raise `InputError`."""
    array = numbers(given, "transitions")
    if array.ndim != 4 or array.shape[0] != array.shape[3] or 0 in array.shape:
        raise InputError(
            "shape does not fit",
            place="transitions",
            found=array.shape,
            expected="(states, actions of the person, actions of the assistant, states)",
        )
    if (array < 0).any():
        raise InputError(
            "a chance is negative",
            place="transitions",
            found=float(array.min()),
            expected="numbers from 0 to 1 that sum to 1",
        )
    return array


def checked_fields(game: AssistanceGame) -> dict[str, Any]:
    """Return the fields of a game as read-only arrays of the right shapes."""
    sizes = _sizes(game)
    s, h, a, g = sizes
    chances = _chances(game, sizes)
    found: dict[str, Any] = {
        "prior": _prior(game.prior, g),
        "chances": chances,
        "next_states": _next_states(game.next_states, chances, s),
        "rewards": _shaped(game.rewards, (g, s, h, a), "rewards"),
        "final": _flags(game.final, (s,), False, "final"),
        "person_allowed": _flags(game.person_allowed, (s, h), True, "person_allowed"),
        "assistant_allowed": _flags(game.assistant_allowed, (s, a), True, "assistant_allowed"),
        "orders": _orders(game.orders, h, a),
        "start": _whole(game.start, "start", 0, s - 1),
    }
    found |= _time(game.horizon, game.discount)
    _check_moves(game, found)
    return found


def _sizes(game: AssistanceGame) -> tuple[int, int, int, int]:
    for place in ("states", "person_actions", "assistant_actions", "goals"):
        names = getattr(game, place)
        if not names:
            raise InputError("there is none", place=place, found=0, expected="one or more")
        check_names(names, place)
        object.__setattr__(game, place, tuple(names))
    return len(game.states), len(game.person_actions), len(game.assistant_actions), len(game.goals)


def _shaped(given: Any, shape: tuple[int, ...], place: str) -> np.ndarray:
    check_cells(math.prod(shape), place)
    return checked_array(given, shape, place)


def _prior(given: Any, goals: int) -> np.ndarray:
    prior = checked_array(given, (goals,), "prior")
    check_prior(prior)
    exact = prior / prior.sum()
    exact.flags.writeable = False
    return exact


def _chances(game: AssistanceGame, sizes: tuple[int, int, int, int]) -> np.ndarray:
    width = np.shape(game.chances)[-1] if np.ndim(game.chances) == 4 else 1
    chances = _shaped(game.chances, (*sizes[:3], width), "chances")
    total = chances.sum(axis=-1)
    wrong = (chances.min(axis=-1) < 0) | (np.abs(total - 1) > SUM)
    if wrong.any():
        s, h, a = map(int, np.argwhere(wrong)[0])
        place = f"chances[{game.states[s]}, {game.person_actions[h]}, {game.assistant_actions[a]}]"
        raise InputError(
            "not chances of the states that follow",
            place=place,
            found=chances[s, h, a].tolist(),
            expected="numbers from 0 to 1 that sum to 1",
        )
    exact = chances / total[..., None]
    exact.flags.writeable = False
    return exact


def _next_states(given: Any, chances: np.ndarray, states: int) -> np.ndarray:
    follow = _shaped(given, chances.shape, "next_states")
    whole = follow.astype(int)
    if (whole != follow).any() or whole.min() < 0 or whole.max() >= states:
        raise InputError(
            "not a state",
            place="next_states",
            found=f"from {follow.min():g} to {follow.max():g}",
            expected=f"whole numbers from 0 to {states - 1}",
        )
    whole.flags.writeable = False
    return whole


def _flags(given: Any, shape: tuple[int, ...], otherwise: bool, place: str) -> np.ndarray:
    array = np.full(shape, otherwise) if np.size(given) == 0 else np.array(given)
    if array.shape != shape or array.dtype != bool:
        raise InputError(
            "shape does not fit",
            place=place,
            found=f"{array.dtype} of {array.shape}",
            expected=f"truth values of {shape}",
        )
    array.flags.writeable = False
    return array


def _orders(given: Any, person: int, assistant: int) -> np.ndarray:
    array = np.full(person, -1) if np.size(given) == 0 else np.array(given)
    usable = array.shape == (person,) and array.dtype.kind in "iu"
    if not usable or array.min() < -1 or array.max() >= assistant:
        raise InputError(
            "not an action of the assistant per action of the person",
            place="orders",
            found=array.tolist(),
            expected=f"{person} whole numbers from -1 to {assistant - 1}",
        )
    array.flags.writeable = False
    return array


def _whole(given: Any, place: str, low: int, high: int) -> int:
    whole = isinstance(given, (int, np.integer)) and not isinstance(given, bool)
    if not whole or not low <= given <= high:
        raise InputError(
            "out of range",
            place=place,
            found=repr(given)[:60],
            expected=f"a whole number, {low} to {high}",
        )
    return int(given)


def _time(horizon: Any, discount: Any) -> dict[str, Any]:
    usable = isinstance(discount, (int, float, np.number)) and not isinstance(discount, bool)
    if not usable or not 0 < discount <= 1:
        raise InputError(
            "out of range",
            place="discount",
            found=repr(discount),
            expected="above 0, up to 1",
        )
    if horizon is None:
        if discount == 1:
            raise InputError(
                "a game without end needs a discount",
                place="discount",
                found=1,
                expected="less than 1, or a horizon",
            )
        return {"horizon": None, "discount": float(discount)}
    return {"horizon": _whole(horizon, "horizon", 1, LONGEST), "discount": float(discount)}


def _check_moves(game: AssistanceGame, found: dict[str, Any]) -> None:
    for place, who in (("person_allowed", "person"), ("assistant_allowed", "assistant")):
        stuck = ~found[place].any(axis=1)
        if stuck.any():
            raise InputError(
                f"the {who} has no action",
                place=f"{place}[{game.states[int(np.argmax(stuck))]}]",
                found=0,
                expected="one or more; a final state may allow any",
            )


def check_goals(game: AssistanceGame) -> None:
    """Refuse goals that are one and the same: nothing anybody does could tell them apart."""
    allowed = game.person_allowed[:, :, None] & game.assistant_allowed[:, None, :]
    counts = game.rewards[:, allowed & ~game.final[:, None, None]]
    for first in range(len(counts)):
        for second in range(first):
            if np.array_equal(counts[first], counts[second]):
                raise InputError(
                    "two goals are one: the same is worth the same under both, "
                    "so no behaviour can reveal which it is",
                    place="goals",
                    found=f"{game.goals[second]!r} and {game.goals[first]!r}",
                    expected="goals whose rewards differ somewhere",
                )
