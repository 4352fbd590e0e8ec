"""Agents of others, met through the observations that PettingZoo gives them."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.errors import ComityError, InputError
from comity.core.randomness import Rng
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Kind, View

Act = Callable[[np.ndarray, dict[str, Any]], Any]
"""From an observation and the ``info`` that PettingZoo gives with it to an action."""

Maker = Callable[[str], Act]
"""From the name of a seat in PettingZoo, ``player_0``, to someone who plays one game in it."""


@dataclass(frozen=True, eq=False)
class Foreign:
    """Anyone's agent: made anew for each game and seat, asked when it is to move.

    It is shown what `to_pettingzoo` of the same game shows: an observation, and ``info`` with
    ``action_mask``, int8. What it remembers of a game it keeps itself. Raises `InputError` for a
    move that is not one of those allowed.
    """

    name: str
    maker: Maker = field(repr=False)
    kind: Kind = "learned"

    def begin(self, environment: Environment, player: int, size: int, rng: Rng) -> _Table:
        """Return someone for each of the games."""
        del rng
        shape = environment.shape
        seat = f"player_{player}"
        widths = shape.observations[player], shape.actions[player]
        return _Table(seat, widths, [self._made(seat) for _ in range(size)])

    def act(self, memory: _Table, view: View) -> tuple[np.ndarray, _Table]:
        """Return its actions, shape (B,); those who wait are not asked."""
        seen, legal = np.asarray(view.observation), np.asarray(view.legal)
        actions = np.zeros(len(seen), dtype=np.int64)
        for game in np.flatnonzero(np.asarray(view.acting)):
            actions[game] = self._asked(memory, int(game), seen[game], legal[game])
        return actions, memory

    def forget(self, memory: _Table, done: Any, rng: Rng) -> _Table:
        """Return someone new where a game ended."""
        del rng
        players = [
            self._made(memory.seat) if over else player
            for player, over in zip(memory.players, np.asarray(done), strict=True)
        ]
        return _Table(memory.seat, memory.widths, players)

    def _made(self, seat: str) -> Act:
        act = self.maker(seat)
        if not callable(act):
            raise InputError(
                "a maker returns what can be called with an observation",
                place=self.name,
                found=type(act).__name__,
                expected="a function from an observation to an action",
            )
        return act

    def _asked(self, memory: _Table, game: int, seen: np.ndarray, legal: np.ndarray) -> int:
        observations, actions = memory.widths
        kind = np.uint8 if seen.dtype == np.bool_ else seen.dtype
        info = {"action_mask": legal[:actions].astype(np.int8)}
        answer = memory.players[game](seen[:observations].astype(kind), info)
        try:
            action = int(answer)
        except (TypeError, ValueError):
            action = -1
        if action != answer or not 0 <= action < actions or not legal[action]:
            raise InputError(
                "the move is not allowed",
                place=f"{self.name} as {memory.seat}",
                found=repr(answer)[:60],
                expected=f"one of {np.flatnonzero(legal).tolist()}"[:120],
            )
        return action


@dataclass(frozen=True, eq=False)
class _Table:
    """Who plays each game of a seat, and how wide what it sees and may do is."""

    seat: str
    widths: tuple[int, int]
    players: list[Act]


def read_maker(path: str) -> Maker:
    """Return the function that ``module:function`` or ``path/file.py:function`` names."""
    place, colon, name = path.rpartition(":")
    if not colon or not place or not name:
        raise InputError("not a Python path", found=path, expected="module:function")
    module = _module(place)
    found: Any = getattr(module, name, None)
    if not callable(found):
        raise InputError(
            "no such function", file=place, found=name, expected="a function of a seat's name"
        )
    maker: Maker = found
    return maker


def _module(place: str) -> Any:
    try:
        return _run(Path(place)) if place.endswith(".py") else importlib.import_module(place)
    except ComityError:
        raise
    except Exception as error:
        raise InputError(
            "the Python code cannot be loaded",
            file=place,
            found=f"{type(error).__name__}: {error}"[:200],
        ) from error


def _run(path: Path) -> Any:
    specification = importlib.util.spec_from_file_location(path.stem, path)
    if not path.is_file() or specification is None or specification.loader is None:
        raise InputError("cannot read the file", file=str(path), expected="a Python file")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
