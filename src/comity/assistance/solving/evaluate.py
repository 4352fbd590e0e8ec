"""What any assistant is worth with any person: exact, by all that can happen.

The assistant is a machine with a memory; the person acts by a procedure. Values are worked out for
each memory, backwards, so a person that replies sees what each of its actions would lead to.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import Procedure
from comity.assistance.solving.hidden import Hidden, check_covered, one_person
from comity.assistance.solving.plans import PlanAssistant
from comity.assistance.solving.steps import ERROR, MOST_STEPS, reward_range, steps_for
from comity.core import Certified, InputError, Result, SizeError

MOST_MEMORIES = 2_000_000
"""Most pairs of state and memory, over all steps, that are worked out."""


class Assistant(Protocol):
    """Whoever acts on what it has seen.

    A memory is anything that can be hashed and sums up what was seen. ``begin()`` is the memory
    before the first step, ``act(state, memory)`` the action, ``after(state, memory, person, slot)``
    the memory once the person's action and the slot of the next state are known.
    """

    @property
    def name(self) -> str:
        """A name for tables."""

    def begin(self) -> Any:
        """Return the memory before the first step."""

    def act(self, state: int, memory: Any) -> int:
        """Return the assistant's action."""

    def after(self, state: int, memory: Any, person: int, slot: int) -> Any:
        """Return the memory after a step."""


@dataclass(frozen=True)
class Worth(Result):
    """What an assistant is worth with a person.

    Attributes
    ----------
    assistant, procedure : who.
    value : expected reward over the prior.
    by_type : shape (X,), under each goal, or hidden type.
    """

    assistant: str
    procedure: str
    value: Certified
    by_type: np.ndarray


def evaluate_assistant(
    game: AssistanceGame | Hidden,
    assistant: Assistant,
    procedure: Procedure | None = None,
    *,
    steps: int | None = None,
    error: float = ERROR,
) -> Worth:
    """Return what an assistant is worth, exactly, with a person who acts by a procedure.

    Parameters
    ----------
    game : a game with ``procedure``, or hidden types, which bring theirs.
    steps : how many are counted; the horizon, or until the rest is below ``error``, and in a game
        without end no more than an assistant has a plan for.

    O(memories x A_H x X), each memory worked out once. Raises `SizeError` where there are too many,
    and `InputError` where the assistant does what it may not.
    """
    hidden = game if isinstance(game, Hidden) else one_person(game, _stated(procedure))
    count = _counted(hidden.game, assistant, steps, error)
    check_covered(hidden, count)
    walk = _Walk(hidden, assistant, count)
    values = walk.values()
    value = float(values @ hidden.prior)
    names = ", ".join(dict.fromkeys(p.name for p in hidden.procedures))
    proof = "all that can happen"
    if hidden.game.horizon is None or count < hidden.game.horizon:
        low, high = reward_range(hidden)
        rest = _weight_after(hidden.game, count)
        bounds = (value + low * rest, value + high * rest)
        certified = Certified.estimate(value, *bounds, f"{proof} in {count} steps", level=1.0)
        return Worth(assistant.name, names, certified, values)
    return Worth(assistant.name, names, Certified.exact(value, proof), values)


def _counted(game: AssistanceGame, assistant: Assistant, steps: int | None, error: float) -> int:
    """Return how many steps are worked out, or raise `InputError` where there are not so many."""
    planned = assistant.steps if isinstance(assistant, PlanAssistant) else None
    most = min((n for n in (game.horizon, planned) if n is not None), default=MOST_STEPS)
    wanted = steps_for(game, error) if steps is None else steps
    if steps is None and game.horizon is None:
        return min(wanted, most)
    if isinstance(wanted, bool) or not 1 <= wanted <= most:
        raise InputError("out of range", place="steps", found=wanted, expected=f"1 to {most}")
    return wanted


def _weight_after(game: AssistanceGame, count: int) -> float:
    """Return what a reward of 1 at every step after the first ``count`` is worth together."""
    if game.horizon is None:
        return game.discount**count / (1 - game.discount)
    return float((game.discount ** np.arange(count, game.horizon)).sum())


def _stated(procedure: Procedure | None) -> Procedure:
    from comity.assistance.people.procedure import RATIONAL

    return RATIONAL if procedure is None else procedure


Key = tuple[int, int, Hashable]


class _Walk:
    """All pairs of state and memory that can be met, step by step, and their values backwards."""

    def __init__(self, hidden: Hidden, assistant: Assistant, steps: int) -> None:
        self.hidden, self.game, self.assistant = hidden, hidden.game, assistant
        self.steps = steps
        self.met: list[dict[tuple[int, Hashable], tuple[int, list]]] = []

    def values(self) -> np.ndarray:
        """Return the value from the start by type, shape (X,)."""
        start = (self.game.start, self.assistant.begin())
        self._spread(start)
        later: dict[tuple[int, Hashable], np.ndarray] = {}
        for step in range(self.steps - 1, -1, -1):
            later = {
                at: self._value(step, at[0], action, links, later)
                for at, (action, links) in self.met[step].items()
            }
        return later.get(start, np.zeros(len(self.hidden.names)))

    def _spread(self, start: tuple[int, Hashable]) -> None:
        layer, total = [start], 0
        for _ in range(self.steps):
            known: dict[tuple[int, Hashable], tuple[int, list]] = {}
            following: dict[tuple[int, Hashable], None] = {}
            for state, memory in layer:
                if self.game.final[state]:
                    continue
                action, links = self._links(state, memory)
                known[state, memory] = (action, links)
                following.update(dict.fromkeys(at for _, at, _ in links))
            total += len(known)
            if total > MOST_MEMORIES:
                raise SizeError(
                    "the assistant can remember too much to work out all that can happen",
                    place=self.assistant.name,
                    found=f"more than {MOST_MEMORIES:,} memories",
                    expected="fewer; play it out at random instead",
                )
            self.met.append(known)
            layer = list(following)

    def _links(self, state: int, memory: Any) -> tuple[int, list]:
        action = self.assistant.act(state, memory)
        self._check(state, action)
        links = []
        for h in np.flatnonzero(self.game.person_allowed[state]):
            for slot, follows, chance in self.game.successors(state, int(h), action):
                after = self.assistant.after(state, memory, int(h), slot)
                links.append((int(h), (follows, after), chance))
        return action, links

    def _check(self, state: int, action: int) -> None:
        may = self.game.assistant_allowed[state]
        if not 0 <= action < len(may) or not may[action]:
            raise InputError(
                "the assistant does what it may not",
                place=f"{self.assistant.name}, {self.game.states[state]}",
                found=action,
                expected=", ".join(str(a) for a in np.flatnonzero(may)),
            )

    def _value(self, step: int, state: int, action: int, links: list, later: dict) -> np.ndarray:
        game = self.game
        worth = np.where(
            game.person_allowed[state], self.hidden.rewards[:, state, :, action], -np.inf
        )
        for h, at, chance in links:
            if at in later:
                worth[:, h] += game.discount * chance * later[at]
        chances = self.hidden.chances(step, state, worth)
        return np.where(chances > 0, chances * np.where(np.isfinite(worth), worth, 0.0), 0.0).sum(1)
