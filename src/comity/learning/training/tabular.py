"""Policies that are tables over information sets, at play."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.learning.environments.protocol import Environment
from comity.learning.exact.plays import Plays
from comity.learning.policies.protocol import Kind, View

PARTS = ("observations", "parents", "chances")
"""Arrays of each player: see `Sets`; chances of actions by set."""


class Place(NamedTuple):
    """Where a player stands in each game: set and action of its last decision, shape (B, 2)."""

    last: np.ndarray
    random: np.random.Generator


@dataclass(frozen=True, eq=False)
class Tabular:
    """A policy for every seat of a game that was listed.

    Attributes
    ----------
    name, environment, variant, greedy, kind : as of `Learned`.
    tables : arrays by player and part, ``0/chances``; see `PARTS`.
    """

    name: str
    environment: str
    variant: Mapping[str, Any]
    tables: Mapping[str, np.ndarray] = field(repr=False)
    greedy: bool = True
    kind: Kind = "learned"

    def __post_init__(self) -> None:
        players = max(1, len(self.tables) // len(PARTS))
        for name in (f"{i}/{part}" for i in range(players) for part in PARTS):
            array, rows = self.tables.get(name), len(self.tables.get(name[0] + "/parents", ()))
            if array is None or array.ndim != 2 or len(array) != rows or not _numbers_only(array):
                raise InputError("not a table of a policy", place=name, expected=f"{rows} rows")

    @cached_property
    def _numbers(self) -> list[dict[tuple[int, int, bytes], int]]:
        """By player, the set that a decision and what is seen next lead to."""
        players = sum(name.endswith("/parents") for name in self.tables)
        return [self._numbered(i) for i in range(players)]

    def _numbered(self, player: int) -> dict[tuple[int, int, bytes], int]:
        seen, parents, _ = (self.tables[f"{player}/{part}"] for part in PARTS)
        numbers = {
            (int(parents[s, 0]), int(parents[s, 1]), seen[s].astype(np.float32).tobytes()): s
            for s in range(len(seen))
        }
        if len(numbers) < len(seen):
            raise InputError("what a player sees while it waits decides: no table can hold that")
        return numbers

    def begin(self, environment: Environment, player: int, size: int, rng: Rng) -> Place:
        """Return where a player stands in fresh games, or raise `InputError` for another game."""
        if (environment.name, dict(environment.variant)) != (self.environment, dict(self.variant)):
            raise InputError(
                f"{self.name} learned another game",
                found=f"{self.environment} {dict(self.variant)}",
                expected=f"{environment.name} {dict(environment.variant)}",
            )
        del player
        return Place(np.full((size, 2), -1), as_generator(rng))

    def act(self, memory: Place, view: View) -> tuple[np.ndarray, Place]:
        """Return its actions, shape (B,), and where it then stands."""
        actions = np.zeros(len(memory.last), dtype=np.int64)
        last = memory.last.copy()
        seen = np.asarray(view.observation, dtype=np.float32)
        chances = self.tables[f"{view.player}/chances"]
        for game in np.flatnonzero(np.asarray(view.acting)):
            before, action = last[game]
            number = self._numbers[view.player][int(before), int(action), seen[game].tobytes()]
            row = chances[number]
            taken = row.argmax() if self.greedy else memory.random.choice(len(row), p=row)
            actions[game] = taken
            last[game] = number, taken
        return actions, memory._replace(last=last)

    def forget(self, memory: Place, done: Any, rng: Rng) -> Place:
        """Return where it stands with fresh games in place of those that are done."""
        del rng
        return memory._replace(last=np.where(np.asarray(done)[:, None], -1, memory.last))


def _numbers_only(array: np.ndarray) -> bool:
    return array.dtype.kind in "fiub" and bool(np.isfinite(array).all())


def tables(plays: Plays, policies: tuple[np.ndarray, ...]) -> dict[str, np.ndarray]:
    """Return the arrays of a `Tabular` policy."""
    return {
        f"{i}/{part}": array
        for i, (sets, policy) in enumerate(zip(plays.sets, policies, strict=True))
        for part, array in zip(PARTS, (sets.observations, sets.parents, policy), strict=True)
    }
