"""Recorded games of people: one format for Overcooked, and what our rules make of them.

A file is CSV, perhaps gzipped, one row a step, the steps of a game together and in order:

``pair, layout, t, a0, a1, reward, score, x0, y0, o0, h0, x1, y1, o1, h1``

``a0`` and ``a1`` are what both did (``N``, ``S``, ``E``, ``W``, ``.`` for waiting, ``I`` for
interacting) in the position that the same row shows: column and row from 0 at the top left, heading
(``N``, ``S``, ``E``, ``W``) and what is held (empty, ``onion``, ``tomato``, ``dish``, ``soup``).
``reward`` is what the step brought, ``score`` the sum so far. What lies on counters and in pots is
not recorded: it follows from the start, an empty kitchen, by the rules.
"""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.results import Result
from comity.learning.environments.overcooked.compiled import OvercookedCompiled
from comity.learning.environments.overcooked.layouts import named_layout
from comity.learning.environments.overcooked.rules import (
    HEADINGS,
    LONGEST_GAME,
    Position,
    unpack_cook,
)

COLUMNS = (
    "pair", "layout", "t", "a0", "a1", "reward", "score",
    "x0", "y0", "o0", "h0", "x1", "y1", "o1", "h1",
)  # fmt: skip
ACTION = {"N": 0, "S": 1, "E": 2, "W": 3, ".": 4, "I": 5}
HEADING = {"N": 0, "S": 1, "E": 2, "W": 3}
HELD = {"": 0, "onion": 1, "tomato": 2, "dish": 3, "soup": 4}
OLD_NAMES = {"random0": "forced_coordination", "random3": "counter_circuit"}
"""What the files of 2019 call two of the layouts."""

STUDY_OF_2019: Mapping[str, Any] = {"old_dynamics": True, "recipes": {"value": 5, "time": 20}}
"""Rules of the experiment of Carroll et al. 2019: full pots cook by themselves, a soup pays 5."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One game of two people, T steps.

    Attributes
    ----------
    pair : who played, as the file calls them.
    layout : name that `named_layout` knows.
    actions : what both did, shape (T, 2).
    rewards : what each step brought, shape (T,).
    cells : column and row of both before each step, shape (T, 2, 2).
    headings : shape (T, 2).
    held : items as in `HELD`, shape (T, 2).
    """

    pair: str
    layout: str
    actions: np.ndarray
    rewards: np.ndarray
    cells: np.ndarray
    headings: np.ndarray
    held: np.ndarray

    @property
    def start(self) -> dict[str, Any]:
        """Return where it began, for `Environment.start`."""
        return {
            "cooks": [
                {"at": self.cells[0, seat].tolist(), "facing": HEADINGS[self.headings[0, seat]]}
                for seat in (0, 1)
            ]
        }


@dataclass(frozen=True, eq=False)
class Replayed(Result):
    """What comity's rules make of a recorded game.

    Attributes
    ----------
    pair, layout : which game.
    steps : how many were replayed.
    positions_differ : steps after which place, heading or hands are not those recorded.
    rewards_differ : steps whose reward is not that recorded.
    score : sum of rewards by our rules.
    recorded : sum of rewards in the file.
    kitchens : every position before a step, packed, T of them.
    """

    pair: str
    layout: str
    steps: int
    positions_differ: int
    rewards_differ: int
    score: float
    recorded: float
    kitchens: Position


def read_trajectories(path: str | Path) -> list[Trajectory]:
    """Return the games of a file, or raise `InputError` that names the line.

    Source of the data of 2019: Carroll et al. 2019; HumanCompatibleAI/overcooked_ai, MIT licence.
    """
    return [_trajectory(key, rows, str(path)) for key, rows in _games(str(path))]


def _games(file: str) -> Iterator[tuple[tuple[str, str], list[tuple[int, dict[str, str]]]]]:
    """Yield the numbered rows of each game."""
    opened = gzip.open if file.endswith(".gz") else open
    try:
        with opened(file, "rt", encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            missing = sorted(set(COLUMNS) - set(table.fieldnames or ()))
            if missing:
                raise InputError("columns are missing", file=file, found=", ".join(missing))
            rows = list(enumerate(table, start=2))
    except (OSError, UnicodeDecodeError, EOFError, csv.Error) as error:
        raise InputError("cannot be read", file=file, found=str(error)[:80]) from error
    if not rows:
        raise InputError("no steps", file=file)
    for key, found in groupby(rows, key=lambda row: (row[1]["pair"], row[1]["layout"])):
        yield key, list(found)


def _trajectory(
    key: tuple[str, str], rows: list[tuple[int, dict[str, str]]], file: str
) -> Trajectory:
    pair, stated = key
    layout = OLD_NAMES.get(stated, stated)
    try:
        named_layout(layout)
    except InputError as error:
        raise InputError(str(error), file=file, place=f"line {rows[0][0]}") from error
    parsed = []
    for place, (line, row) in enumerate(rows):
        try:
            if float(row["t"]) != place:
                raise ValueError(f"t is {row['t']}, not {place}")
            parsed.append(_step(row))
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                "not a step", file=file, place=f"line {line}", found=str(error)[:80]
            ) from error
    actions, rewards, cells, headings, held = (np.array(part) for part in zip(*parsed, strict=True))
    return Trajectory(pair, layout, actions, rewards, cells, headings, held)


def _step(row: Mapping[str, str]) -> tuple[Any, ...]:
    return (
        [ACTION[row[f"a{seat}"]] for seat in (0, 1)],
        _finite(row["reward"]),
        [[int(row[f"x{seat}"]), int(row[f"y{seat}"])] for seat in (0, 1)],
        [HEADING[row[f"o{seat}"]] for seat in (0, 1)],
        [HELD[row[f"h{seat}"]] for seat in (0, 1)],
    )


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"a reward of {text}")
    return number


def replay_trajectory(game: Trajectory, rules: Mapping[str, Any] = STUDY_OF_2019) -> Replayed:
    """Return what our rules make of a game: its actions, from its start, compared at every step.

    Parameters
    ----------
    game : of people.
    rules : variant of Overcooked; that of the experiment of 2019 unless given.
    """
    count = len(game.actions)
    if count > LONGEST_GAME:
        raise InputError("too long a game", place=game.pair, found=count, expected=LONGEST_GAME)
    kitchen = OvercookedCompiled(**{**rules, "layout": game.layout, "horizon": count})
    state = kitchen.start(game.start)
    positions, paid = [], np.zeros(count)
    for step in range(count):
        positions.append([part.copy() for part in state.now])
        paid[step] = kitchen.step(state, game.actions[step : step + 1]).rewards[0, 0]
    kitchens = Position(*(np.concatenate(part) for part in zip(*positions, strict=True)))
    return Replayed(
        game.pair,
        game.layout,
        count,
        int(_differs(game, kitchens, kitchen.rules.layout.height).sum()),
        int((paid != game.rewards).sum()),
        float(paid.sum()),
        float(game.rewards.sum()),
        kitchens,
    )


def _differs(game: Trajectory, kitchens: Position, height: int) -> np.ndarray:
    """Return where our place, heading or hands are not those recorded, shape (T,)."""
    differs = np.zeros(len(game.actions), bool)
    for seat in (0, 1):
        cell, heading = unpack_cook(kitchens.cooks, seat)
        differs |= cell != game.cells[:, seat, 0] * height + game.cells[:, seat, 1]
        differs |= heading != game.headings[:, seat]
        differs |= np.minimum(kitchens.hands[:, seat], HELD["soup"]) != game.held[:, seat]
    return differs
