"""Partners that do not stay as they are: they err, drift, hand over or are edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator, spawn_seeds
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Kind, Policy, View


@dataclass(frozen=True)
class Disturbance:
    """How a partner's behaviour changes in the course of a game.

    Attributes
    ----------
    name : in tables.
    words : what happens, in a sentence.
    start, end : steps between which the change grows from nothing to its full size; before
        ``start`` the partner is itself.
    size : the chance, at the end, of another move in place of its own.
    into : whose move that is: "random" (any legal one), "other" (that of the policy which takes
        over), or "edited" (its own with the actions exchanged).
    """

    name: str
    words: str
    start: int
    end: int
    size: float
    into: str

    def __post_init__(self) -> None:
        if self.into not in ("random", "other", "edited") or not 0 <= self.size <= 1:
            raise InputError("no such disturbance", found=f"{self.into}, {self.size}")
        if not 0 <= self.start <= self.end:
            raise InputError("no such time", found=f"{self.start} to {self.end}")

    def share(self, step: np.ndarray) -> np.ndarray:
        """Return the chance of another move at each step, counted from 0."""
        ramp = np.clip((step - self.start + 1) / (self.end - self.start + 1), 0, 1)
        share: np.ndarray = self.size * np.where(step >= self.start, ramp, 0.0)
        return share


def standard_disturbances(horizon: int, other: bool) -> tuple[Disturbance, ...]:
    """Return the disturbances of the stress test for games of about ``horizon`` steps.

    Parameters
    ----------
    other : whether there is a policy that can take over.
    """
    half = horizon // 2
    always = (
        Disturbance("errs", "one move in ten is random", 0, 0, 0.1, "random"),
        Disturbance(
            "drifts",
            "random moves grow from none to three in ten",
            0,
            max(0, horizon - 1),
            0.3,
            "random",
        ),
        Disturbance("is edited", "half way its actions are exchanged", half, half, 1.0, "edited"),
    )
    handed = (
        Disturbance("hands over at once", "half way another takes over", half, half, 1.0, "other"),
        Disturbance(
            "hands over gradually",
            "another takes over bit by bit",
            0,
            max(0, horizon - 1),
            1.0,
            "other",
        ),
    )
    return always + (handed if other else ())


class Stage(NamedTuple):
    """Memories of both policies, the step of each game, and the partner's own chance."""

    first: Any
    second: Any
    step: np.ndarray
    random: np.random.Generator


@dataclass(frozen=True, eq=False)
class Disturbed:
    """A policy under a disturbance; with ``other`` the one that takes over."""

    policy: Policy
    disturbance: Disturbance
    other: Policy | None = None

    def __post_init__(self) -> None:
        if self.disturbance.into == "other" and self.other is None:
            raise InputError("nobody takes over", place="other")

    @property
    def name(self) -> str:
        """Name in tables."""
        return f"{self.policy.name} that {self.disturbance.name}"

    @property
    def kind(self) -> Kind:
        """As of the policy itself."""
        return self.policy.kind

    def begin(self, environment: Environment, player: int, size: int, rng: Rng) -> Stage:
        """Return both memories for fresh games."""
        seeds = spawn_seeds(rng, 3)
        first = self.policy.begin(environment, player, size, seeds[0])
        second = self.other.begin(environment, player, size, seeds[1]) if self.other else None
        return Stage(first, second, np.zeros(size, dtype=int), as_generator(seeds[2]))

    def act(self, memory: Stage, view: View) -> tuple[np.ndarray, Stage]:
        """Return its moves after the disturbance; both policies see all that happens."""
        own, first = self.policy.act(memory.first, view)
        moves, second = np.array(own), memory.second
        others = moves
        if self.other:
            others, second = self.other.act(memory.second, view)
        instead = self._instead(moves, np.asarray(others), np.asarray(view.legal), memory.random)
        struck = memory.random.random(len(moves)) < self.disturbance.share(memory.step)
        chosen = np.where(struck, instead, moves)
        return chosen, Stage(first, second, memory.step + 1, memory.random)

    def forget(self, memory: Stage, done: Any, rng: Rng) -> Stage:
        """Return the stage with fresh games in place of those that are done."""
        over = np.asarray(done)
        seeds = spawn_seeds(rng, 2)
        second = self.other.forget(memory.second, over, seeds[1]) if self.other else None
        return memory._replace(
            first=self.policy.forget(memory.first, over, seeds[0]),
            second=second,
            step=np.where(over, 0, memory.step),
        )

    def _instead(
        self,
        moves: np.ndarray,
        others: np.ndarray,
        legal: np.ndarray,
        random: np.random.Generator,
    ) -> np.ndarray:
        if self.disturbance.into == "other":
            return others
        if self.disturbance.into == "random":
            drawn = random.random(legal.shape) * legal
            return drawn.argmax(axis=1)
        return next_legal(moves, legal)


def next_legal(moves: np.ndarray, legal: np.ndarray) -> np.ndarray:
    """Return the legal action that follows each move, the first after the last."""
    actions = legal.shape[1]
    order = (moves[:, None] + 1 + np.arange(actions)) % actions
    first = np.take_along_axis(legal, order, axis=1).argmax(axis=1)
    found: np.ndarray = order[np.arange(len(moves)), first]
    return found
