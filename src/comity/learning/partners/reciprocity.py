"""Those who answer in kind: strategies for iterated games of two actions.

The first action is to cooperate, the second to defect, as in `comity.games.catalogue`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import as_generator
from comity.learning.environments.iterated import Iterated
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Kind, View

Chances = tuple[float, float, float, float]
"""Chance to cooperate after CC, CD, DC and DD, own action first."""


@dataclass(eq=False)
class Past:
    """Chance, and how often in a row, or ever, the other has defected, shape (B,)."""

    rng: np.random.Generator
    wrongs: np.ndarray


@dataclass(frozen=True)
class MemoryOne:
    """Cooperates with a chance that depends on the last round only.

    Attributes
    ----------
    name : in tables.
    first : chance to cooperate in the first round.
    after : chances after CC, CD, DC and DD, own action first.

    Source: Nowak and Sigmund 1993, "A strategy of win-stay, lose-shift".
    """

    name: str
    first: float
    after: Chances
    kind: Kind = "program"

    def __post_init__(self) -> None:
        if not all(0 <= chance <= 1 for chance in (self.first, *self.after)):
            raise InputError("not chances", place=self.name, found=(self.first, *self.after))

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> Past:
        """Return its memory, or raise `InputError` for other games."""
        del player
        return _past(environment, size, rng)

    def act(self, memory: Past, view: View) -> tuple[np.ndarray, Past]:
        """Return 0 to cooperate, 1 to defect."""
        own, other = _last(view)
        chances = np.array([*self.after, self.first])
        chance = chances[np.where(own < 0, 4, 2 * own + other)]
        return (memory.rng.random(len(own)) >= chance).astype(np.int32), memory

    def forget(self, memory: Past, done: Any, rng: Any) -> Past:
        """Return the memory as it is: the game tells what the last round was."""
        del done, rng
        return memory


@dataclass(frozen=True)
class Patient:
    """Cooperates until the other has defected so often, in a row or ever; then defects.

    Attributes
    ----------
    name : in tables.
    limit : how many defections are too many.
    forgives : whether a cooperation of the other makes it forget; otherwise it never does.
    """

    name: str
    limit: int
    forgives: bool
    kind: Kind = "program"

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> Past:
        """Return its memory, or raise `InputError` for other games."""
        del player
        return _past(environment, size, rng)

    def act(self, memory: Past, view: View) -> tuple[np.ndarray, Past]:
        """Return 0 to cooperate, 1 to defect."""
        _, other = _last(view)
        kept = np.where(other == 0, 0, memory.wrongs) if self.forgives else memory.wrongs
        memory.wrongs = np.where(other == 1, kept + 1, kept)
        return (memory.wrongs >= self.limit).astype(np.int32), memory

    def forget(self, memory: Past, done: Any, rng: Any) -> Past:
        """Forget the wrongs of games that begin anew."""
        del rng
        memory.wrongs = np.where(np.asarray(done), 0, memory.wrongs)
        return memory


def tit_for_tat() -> MemoryOne:
    """Return who does what the other did. Source: Rapoport, in Axelrod 1984."""
    return MemoryOne("tit for tat", 1, (1, 0, 1, 0))


def suspicious_tit_for_tat() -> MemoryOne:
    """Return tit for tat that begins with a defection. Source: Boyd and Lorberbaum 1987."""
    return MemoryOne("suspicious tit for tat", 0, (1, 0, 1, 0))


def generous_tit_for_tat(generosity: float = 1 / 3) -> MemoryOne:
    """Return tit for tat that forgives with a chance. Source: Nowak and Sigmund 1992.

    A third is the most that a dilemma of 5, 3, 1 and 0 lets be forgiven.
    """
    return MemoryOne("generous tit for tat", 1, (1, generosity, 1, generosity))


def win_stay_lose_shift() -> MemoryOne:
    """Return who repeats what paid well and changes what did not. Source: see `MemoryOne`."""
    return MemoryOne("win-stay lose-shift", 1, (1, 0, 0, 1))


def extortioner() -> MemoryOne:
    """Return who takes three times what it leaves, of all above 1, in a dilemma of 5, 3, 1 and 0.

    Source: Press and Dyson 2012, strategy with extortion factor 3.
    """
    return MemoryOne("extortioner", 1, (11 / 13, 1 / 2, 7 / 26, 0))


def cooperator() -> MemoryOne:
    """Return who always cooperates."""
    return MemoryOne("cooperator", 1, (1, 1, 1, 1))


def defector() -> MemoryOne:
    """Return who always defects."""
    return MemoryOne("defector", 0, (0, 0, 0, 0))


def tit_for_two_tats() -> Patient:
    """Return who defects after two defections in a row. Source: Axelrod 1984."""
    return Patient("tit for two tats", 2, forgives=True)


def grim() -> Patient:
    """Return who never forgives. Source: Friedman 1971."""
    return Patient("grim", 1, forgives=False)


def _past(environment: Environment, size: int, rng: Any) -> Past:
    if not isinstance(environment, Iterated) or environment.shape.actions != (2, 2):
        raise InputError(
            "plays iterated games of two players and two actions",
            place="environment",
            found=environment.name,
        )
    return Past(as_generator(rng), np.zeros(size, np.int64))


def _last(view: View) -> tuple[np.ndarray, np.ndarray]:
    """Return what it and the other did last, each of shape (B,); -1 at first."""
    last = np.asarray(view.state.last)
    return last[:, view.player], last[:, 1 - view.player]
