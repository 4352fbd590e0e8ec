"""Assistance games from rules: functions or tables of cases instead of arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from comity.assistance.games.checks import check_goals
from comity.assistance.games.game import AssistanceGame
from comity.core.errors import InputError
from comity.core.limits import check_cells

Step = Callable[[str, str, str], Mapping[str, float] | str]
"""From state and the actions of person and assistant to the state that follows, or its chances."""
Worth = Callable[[str, str, str, str], float]
"""From goal, state and both actions to a reward."""


def build(
    states: Sequence[str],
    person: Sequence[str],
    assistant: Sequence[str],
    goals: Mapping[str, float],
    step: Step,
    reward: Worth,
    *,
    start: str,
    final: Sequence[str] = (),
    person_may: Callable[[str], Sequence[str]] | None = None,
    assistant_may: Callable[[str], Sequence[str]] | None = None,
    orders: Mapping[str, str] | None = None,
    **fields: Any,
) -> AssistanceGame:
    """Return the game whose rules these functions are.

    Parameters
    ----------
    states, person, assistant : names of states and actions.
    goals : how likely each goal is.
    step, reward : asked for every state and pair of allowed actions, final states left out.
    start, final : names of states.
    person_may, assistant_may : names of the actions that a state allows; all unless given.
    orders : by action of the person, which action of the assistant it asks for.
    fields : horizon, discount, title, about, source.

    O(S H A) calls. Raises `InputError` where a rule names what does not exist.

    Examples
    --------
    >>> tea = build(["kitchen"], ["wait"], ["tea", "coffee"], {"tea": 0.7, "coffee": 0.3},
    ...             step=lambda state, person, assistant: state,
    ...             reward=lambda goal, state, person, assistant: float(goal == assistant),
    ...             start="kitchen", horizon=1)
    >>> tea.rewards[0, 0, 0]
    array([1., 0.])
    """
    index = _places(states, "states")
    shape = (len(states), len(person), len(assistant))
    check_cells(shape[0] * shape[1] * shape[2] * len(goals), "rewards")
    mine = _allowed(states, person, person_may, "person_may")
    its = _allowed(states, assistant, assistant_may, "assistant_may")
    ends = np.array([name in set(final) for name in states])
    for name in (start, *final):
        _known(index, name, "start or final")
    rules: dict[tuple[int, int, int], Mapping[str, float]] = {}
    rewards = np.zeros((len(goals), *shape))
    for s, h, a in zip(*np.nonzero(mine[:, :, None] & its[:, None, :]), strict=True):
        if ends[s]:
            continue
        at = (states[s], person[h], assistant[a])
        follows = step(*at)
        rules[int(s), int(h), int(a)] = {follows: 1.0} if isinstance(follows, str) else follows
        rewards[:, s, h, a] = [reward(goal, *at) for goal in goals]
    follow, chances = _laid_out(rules, index, shape)
    asked = _ordered(orders or {}, person, assistant)
    game = AssistanceGame(
        states=tuple(states),
        person_actions=tuple(person),
        assistant_actions=tuple(assistant),
        goals=tuple(goals),
        prior=np.array([float(p) for p in goals.values()]),
        next_states=follow,
        chances=chances,
        rewards=rewards,
        start=index[start],
        final=ends,
        person_allowed=mine,
        assistant_allowed=its,
        orders=asked,
        **fields,
    )
    check_goals(game)
    return game


def _places(names: Sequence[str], place: str) -> dict[str, int]:
    index = {name: k for k, name in enumerate(names)}
    if len(index) < len(names):
        twice = next(name for name in names if list(names).count(name) > 1)
        raise InputError("a name stands twice", place=place, found=repr(twice))
    return index


def _known(index: Mapping[str, int], name: str, place: str) -> int:
    if name not in index:
        raise InputError(
            "no such state", place=place, found=repr(name), expected=_shown(list(index))
        )
    return index[name]


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")


def _ordered(
    orders: Mapping[str, str], person: Sequence[str], assistant: Sequence[str]
) -> np.ndarray:
    """Return the assistant's action that each of the person's asks for; -1 for none."""
    found = np.full(len(person), -1)
    for said, done in orders.items():
        for name, names in ((said, person), (done, assistant)):
            if name not in names:
                raise InputError(
                    "no such action",
                    place=f"orders[{said}]",
                    found=repr(name),
                    expected=_shown(names),
                )
        found[list(person).index(said)] = list(assistant).index(done)
    return found


def _allowed(
    states: Sequence[str],
    actions: Sequence[str],
    may: Callable[[str], Sequence[str]] | None,
    place: str,
) -> np.ndarray:
    if may is None:
        return np.ones((len(states), len(actions)), bool)
    table = np.zeros((len(states), len(actions)), bool)
    for s, name in enumerate(states):
        for action in may(name):
            if action not in actions:
                raise InputError(
                    "no such action",
                    place=f"{place}({name})",
                    found=repr(action),
                    expected=", ".join(actions),
                )
            table[s, list(actions).index(action)] = True
    return table


def _laid_out(
    rules: Mapping[tuple[int, int, int], Mapping[str, float]],
    index: Mapping[str, int],
    shape: tuple[int, int, int],
) -> tuple[np.ndarray, np.ndarray]:
    """Return next states and chances; what no rule speaks of stays where it is."""
    width = max((1, *(len(follows) for follows in rules.values())))
    follow = np.zeros((*shape, width), int)
    follow[...] = np.arange(shape[0])[:, None, None, None]
    chances = np.zeros((*shape, width))
    chances[..., 0] = 1.0
    for at, follows in rules.items():
        chances[at] = 0.0
        for k, (name, chance) in enumerate(follows.items()):
            follow[(*at, k)] = _known(index, name, f"step{at}")
            chances[(*at, k)] = chance
    return follow, chances
