"""Boundary cases that play any environment: partners that nobody should fail to recognise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import as_generator
from comity.learning.environments.iterated import Iterated
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Kind, View


@dataclass(eq=False)
class ScriptMemory:
    """Chance, and the action kept in each game, shape (B,); -1 for none yet."""

    rng: np.random.Generator
    kept: np.ndarray


class Random:
    """Takes every legal action with the same chance, whatever happens."""

    kind: Kind = "program"
    name: str = "random"

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> ScriptMemory:
        """Return its source of chance."""
        del environment, player
        return ScriptMemory(as_generator(rng), np.full(size, -1))

    def act(self, memory: ScriptMemory, view: View) -> tuple[np.ndarray, ScriptMemory]:
        """Return a legal action of each game."""
        return any_legal(view, memory.rng), memory

    def forget(self, memory: ScriptMemory, done: Any, rng: Any) -> ScriptMemory:
        """Drop the action kept in games that begin anew."""
        del rng
        memory.kept[np.asarray(done)] = -1
        return memory


class Always(Random):
    """Takes one action wherever it is legal, and a random one elsewhere.

    Parameters
    ----------
    action : its number.
    """

    def __init__(self, action: int = 0) -> None:
        self.action = action
        self.name = f"always {action}"

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> ScriptMemory:
        """Return the action, once a game, or raise `InputError` if the seat has no such action."""
        count = environment.shape.actions[player]
        if not 0 <= self.action < count:
            raise InputError(
                "no such action", place="action", found=self.action, expected=f"0 to {count - 1}"
            )
        return ScriptMemory(as_generator(rng), np.full(size, self.action))

    def act(self, memory: ScriptMemory, view: View) -> tuple[np.ndarray, ScriptMemory]:
        """Return the action, or another where it is not legal."""
        return np.where(
            allowed(view, memory.kept), memory.kept, any_legal(view, memory.rng)
        ), memory

    def forget(self, memory: ScriptMemory, done: Any, rng: Any) -> ScriptMemory:
        """Return the memory as it is."""
        del done, rng
        return memory


class Stubborn(Random):
    """Settles on a random action at the start of a game and repeats it while it is legal."""

    name: str = "stubborn"

    def act(self, memory: ScriptMemory, view: View) -> tuple[np.ndarray, ScriptMemory]:
        """Return the action it has settled on, or settle on another."""
        keeps = allowed(view, memory.kept)
        actions = np.where(keeps, memory.kept, any_legal(view, memory.rng))
        memory.kept = np.where(np.asarray(view.acting), actions, memory.kept)
        return actions, memory


class Mirror(Random):
    """Does what the next seat did in the last round of an iterated game; at first anything."""

    name: str = "mirror"

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> ScriptMemory:
        """Return its memory, or raise `InputError` if it cannot do what the next seat can."""
        if not isinstance(environment, Iterated):
            raise InputError(
                "plays iterated games only", place="environment", found=environment.name
            )
        counts = environment.shape.actions
        if counts[player] != counts[(player + 1) % len(counts)]:
            raise InputError("the two have not the same actions", place="environment", found=counts)
        return super().begin(environment, player, size, rng)

    def act(self, memory: ScriptMemory, view: View) -> tuple[np.ndarray, ScriptMemory]:
        """Return the last action of the next seat."""
        last = np.asarray(view.state.last)
        other = last[:, (view.player + 1) % last.shape[1]]
        return np.where(other >= 0, other, any_legal(view, memory.rng)), memory


def any_legal(view: View, rng: np.random.Generator) -> np.ndarray:
    """Return a legal action of each game, all as likely, shape (B,)."""
    legal = np.asarray(view.legal)
    return np.where(legal, rng.random(legal.shape), -1.0).argmax(axis=1)


def allowed(view: View, actions: np.ndarray) -> np.ndarray:
    """Return whether an action is legal, shape (B,); -1 never is."""
    legal = np.asarray(view.legal)
    return (actions >= 0) & legal[np.arange(len(actions)), actions]
