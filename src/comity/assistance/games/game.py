"""Assistance games: a person with a private goal, and an assistant that sees only behaviour."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np

from comity.assistance.games import checks
from comity.core.errors import InputError

WAIT = "wait"
"""The action of doing nothing; a game that names it for both sides can be played by one."""


@dataclass(frozen=True, eq=False)
class AssistanceGame:
    """A game of a person and an assistant who want the same, of which only the person knows.

    Both act at once. Both see the state and, afterwards, what the other did; the goal is drawn from
    ``prior`` and shown to the person alone. Sizes: S states, H actions of the person, A of the
    assistant, G goals, K states at most that one step can lead to.

    Attributes
    ----------
    states, person_actions, assistant_actions, goals : names.
    prior : shape (G,), how likely each goal is.
    next_states, chances : shape (S, H, A, K), where a step leads and how likely; entries of chance
        0 only fill up.
    rewards : shape (G, S, H, A), what a step is worth under each goal, on average over where it
        leads.
    horizon : number of steps, or ``None`` for a game that ends only where it stops mattering; then
        ``discount`` is below 1.
    discount : what a reward one step later is worth.
    start : index of the state it begins in.
    final : shape (S,), true where nothing happens any more.
    person_allowed, assistant_allowed : shapes (S, H) and (S, A), which actions there are.
    orders : shape (H,), which of its actions the assistant understands an action of the person as
        an order for; -1 for none.
    title, about, source : for readers; ``source`` says what is published and what was completed.

    Raises `InputError` that names the place of the first fault. Source: Hadfield-Menell, Dragan,
    Abbeel and Russell (2016), *Cooperative Inverse Reinforcement Learning*; there
    every action is allowed everywhere.
    """

    states: tuple[str, ...]
    person_actions: tuple[str, ...]
    assistant_actions: tuple[str, ...]
    goals: tuple[str, ...]
    prior: np.ndarray
    next_states: np.ndarray
    chances: np.ndarray
    rewards: np.ndarray
    horizon: int | None = None
    discount: float = 1.0
    start: int = 0
    final: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    person_allowed: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    assistant_allowed: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    orders: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    title: str = ""
    about: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        for name, value in checks.checked_fields(self).items():
            object.__setattr__(self, name, value)

    @classmethod
    def from_tables(
        cls, transitions: Any, rewards: Any, prior: Any | None = None, **fields: Any
    ) -> Self:
        """Return the game of dense tables.

        Parameters
        ----------
        transitions : shape (S, H, A, S), how likely each state follows.
        rewards : shape (G, S, H, A).
        prior : even unless given.
        fields : of the class; names are numbered unless given.

        Examples
        --------
        >>> button = AssistanceGame.from_tables(
        ...     transitions=[[[[1.0]] * 2] * 2],
        ...     rewards=[[[[1, 0]] * 2], [[[0, 1]] * 2]],
        ...     horizon=2,
        ... )
        >>> button.shape
        (1, 2, 2, 2)
        """
        dense = checks.dense_transitions(transitions)
        worth = checks.numbers(rewards, "rewards")
        if worth.ndim != 4 or worth.shape[1:] != dense.shape[:3]:
            raise InputError(
                "rewards do not fit the transitions",
                place="rewards",
                found=worth.shape,
                expected=("goals", *dense.shape[:3]),
            )
        width = max(1, int((dense > 0).sum(axis=-1).max()))
        order = np.argsort(-dense, axis=-1, kind="stable")[..., :width]
        sizes = zip(
            ("states", "person_actions", "assistant_actions", "goals"),
            ("state", "person", "assistant", "goal"),
            (*dense.shape[:3], len(worth)),
            strict=True,
        )
        named = {name: tuple(f"{word} {k}" for k in range(n)) for name, word, n in sizes}
        even = np.full(len(worth), 1 / len(worth))
        game = cls(
            **{**named, **fields},
            prior=even if prior is None else prior,
            next_states=order,
            chances=np.take_along_axis(dense, order, axis=-1),
            rewards=worth,
        )
        checks.check_goals(game)
        return game

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Numbers of states, of actions of person and assistant, and of goals."""
        return (*self.chances.shape[:3], len(self.goals))

    @cached_property
    def waiting(self) -> tuple[int, int] | None:
        """The actions by which person and assistant do nothing, where both are called `WAIT`."""
        if WAIT not in self.person_actions or WAIT not in self.assistant_actions:
            return None
        return self.person_actions.index(WAIT), self.assistant_actions.index(WAIT)

    @cached_property
    def reward_range(self) -> tuple[float, float]:
        """The least and the most that one step can be worth, 0 included."""
        allowed = self.person_allowed[:, :, None] & self.assistant_allowed[:, None, :]
        live = self.rewards[:, allowed & ~self.final[:, None, None]]
        return float(min(0.0, live.min(initial=0.0))), float(max(0.0, live.max(initial=0.0)))

    def goal(self, name: str) -> int:
        """Return the index of a goal by its name."""
        return self._index(self.goals, name, "goal")

    def state(self, name: str) -> int:
        """Return the index of a state by its name."""
        return self._index(self.states, name, "state")

    @staticmethod
    def _index(names: Sequence[str], name: str, word: str) -> int:
        if name not in names:
            shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
            raise InputError(f"no such {word}", place=word, found=repr(name), expected=shown)
        return names.index(name)

    def with_fields(self, **fields: Any) -> Self:
        """Return the game with some fields replaced, checked again."""
        return dataclasses.replace(self, **fields)

    def successors(self, state: int, person: int, assistant: int) -> list[tuple[int, int, float]]:
        """Return where a step can lead: slot, state and chance."""
        chances = self.chances[state, person, assistant]
        follow = self.next_states[state, person, assistant]
        return [(int(k), int(follow[k]), float(chances[k])) for k in np.flatnonzero(chances)]

    def reachable(self, steps: int) -> list[np.ndarray]:
        """Return which states can be met at each of the first ``steps`` steps, (S,) each."""
        seen = np.zeros(len(self.states), bool)
        seen[self.start] = True
        found = [seen]
        for _ in range(steps - 1):
            going = np.flatnonzero(seen & ~self.final)
            seen = np.zeros_like(seen)
            seen[self.next_states[going][self.possible[going]]] = True
            found.append(seen)
        return found

    @cached_property
    def possible(self) -> np.ndarray:
        """Which entries of `chances` can come about, shape (S, H, A, K)."""
        allowed = self.person_allowed[:, :, None] & self.assistant_allowed[:, None, :]
        return (self.chances > 0) & allowed[..., None]
