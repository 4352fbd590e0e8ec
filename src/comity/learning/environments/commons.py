"""A commons: apples that regrow the better the more are left, and sanctions that cost both.

Who walks onto an apple eats it, for 1. Where an apple has been it grows again with a chance that
rises with the apples nearby, and never where none are left. Whoever sanctions pays a little; the
first player straight ahead, within reach, loses more.

After Perolat et al. 2017, "A multi-agent reinforcement learning model of common-pool resource
appropriation", and Leibo et al. 2017. The map, the numbers, and sanctions that take points instead
of freezing a player are our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.arrays import batch, draw, moves, namespace, starts
from comity.learning.environments.protocol import Engine, Shape, Start, Step
from comity.learning.environments.stated import whole

ACTIONS = ("north", "south", "east", "west", "stay", "sanction")
STAY, SANCTION = 4, 5
WAYS = ((0, -1), (0, 1), (1, 0), (-1, 0))
NEARBY = 2
"""Apples within so many steps help one grow."""

MAP = """\
1.......2
..AAA....
.AAAAA.A.
..AAA.AAA
.......A.
3.......4"""
MOST = 10**6
"""No rule of the commons is a larger number."""

SEEDS = 2**31 - 1
DRAWS = 1 << 24
"""Chances are compared with whole numbers below this."""


class Orchard(NamedTuple):
    """A batch of B games.

    Attributes
    ----------
    cells, headings : of each player, shape (B, n), int32.
    apples : where there are any, shape (B, cells), bool.
    struck : who was sanctioned in the last step, shape (B, n), bool.
    time : steps so far, shape (B,), int32.
    seed : of all chance in the game, shape (B,), uint32.
    """

    cells: Any
    headings: Any
    apples: Any
    struck: Any
    time: Any
    seed: Any


class Commons:
    """The commons on a map, one code for both engines.

    Parameters
    ----------
    engine : ``numba`` (arrays of NumPy) or ``jax``.
    text : the map: ``A`` where apples grow, ``.`` elsewhere, digits from 1 where players start.
    growth : chance a step that an apple grows where 0, 1, 2, and 3 or more are nearby.
    cost, fine : what a sanction costs who makes it and who is struck.
    reach : how far a sanction carries.
    horizon : steps of a game.

    Players move in order of seats, then sanction, then apples grow; nobody enters a taken cell.
    Each sees everything: itself, the others with their headings, apples, and who was struck.
    """

    name = "commons"

    def __init__(
        self,
        engine: Engine = "numba",
        text: str = MAP,
        growth: Sequence[float] = (0.0, 0.005, 0.02, 0.05),
        cost: float = 0.2,
        fine: float = 2.0,
        reach: int = 3,
        horizon: int = 500,
    ) -> None:
        self.engine: Engine = engine
        self._xp = namespace(engine)
        rows = text.splitlines()
        self._begins = _players(rows)
        self._width, self._height = len(rows[0]), len(rows)
        self._trees = np.array([letter == "A" for row in rows for letter in row])
        _check(growth, cost, fine, reach, horizon)
        self.variant: dict[str, object] = {
            "text": text,
            "growth": [float(chance) for chance in growth],
            "cost": float(cost),
            "fine": float(fine),
            "reach": reach,
            "horizon": horizon,
        }
        self._growth = np.round(np.array(growth) * DRAWS).astype(np.uint32)
        self._cost, self._fine, self._reach = float(cost), float(fine), reach
        self._walk, self._near = self._tables()
        seats, cells = len(self._begins), len(self._trees)
        self.shape = Shape(
            players=tuple(f"player {seat + 1}" for seat in range(seats)),
            actions=(len(ACTIONS),) * seats,
            observations=(cells * 6 + 4 + cells + seats,) * seats,
            horizon=horizon,
            turns=False,
        )

    def _tables(self) -> tuple[np.ndarray, np.ndarray]:
        """Return where each step leads, (cells, 6), and which cells are near, (cells, cells)."""
        places = np.arange(len(self._trees))
        x, y = places % self._width, places // self._width
        walk = np.repeat(places[:, None], len(ACTIONS), axis=1)
        for way, (dx, dy) in enumerate(WAYS):
            inside = (
                (x + dx >= 0) & (x + dx < self._width) & (y + dy >= 0) & (y + dy < self._height)
            )
            walk[inside, way] += dx + self._width * dy
        steps = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
        return walk.astype(np.int32), (steps <= NEARBY) & (steps > 0)

    def begin(self, rng: Any, size: int) -> Orchard:
        """Return ``size`` fresh games, each with a seed of its own."""
        return self._fresh(draw(self.engine, rng, SEEDS, (batch(size),)))

    def _fresh(self, seeds: Any) -> Orchard:
        xp, size = self._xp, len(seeds)
        seats = len(self._begins)
        return Orchard(
            xp.broadcast_to(xp.asarray(self._begins), (size, seats)),
            xp.zeros((size, seats), "int32"),
            xp.broadcast_to(xp.asarray(self._trees), (size, len(self._trees))),
            xp.zeros((size, seats), bool),
            xp.zeros(size, "int32"),
            xp.asarray(seeds).astype("uint32"),
        )

    def start(self, given: Start | Sequence[Start]) -> Orchard:
        """Return games of given seeds, ``{"seed": 7}``: they decide where apples grow."""
        seeds = [one.get("seed") for one in starts(given, ("seed",))]
        for place, seed in enumerate(seeds):
            if not isinstance(seed, (int, np.integer)) or not 0 <= seed < SEEDS:
                raise InputError(
                    "not a seed",
                    place=f"given[{place}].seed",
                    found=repr(seed)[:40],
                    expected=f"a whole number from 0 to {SEEDS - 1}",
                )
        return self._fresh(self._xp.asarray(np.array(seeds, np.uint32)))

    def given(self, state: Orchard) -> list[dict[str, Any]]:
        """Return the seed of each game."""
        return [{"seed": seed} for seed in np.asarray(state.seed).tolist()]

    def observe(self, state: Orchard) -> Any:
        """Return what each player sees, shape (B, n, observations), float32."""
        xp = self._xp
        size, seats = state.cells.shape
        here = state.cells[:, :, None] == xp.arange(len(self._trees))
        ways = state.headings[:, :, None] == xp.arange(4)
        headed = here[:, :, :, None] & ways[:, :, None, :]
        views = []
        for seat in range(seats):
            others = [other for other in range(seats) if other != seat]
            parts = [
                here[:, seat],
                here[:, others].any(axis=1),
                headed[:, others].any(axis=1).reshape(size, -1),
                ways[:, seat],
                state.apples,
                state.struck[:, [seat, *others]],
            ]
            views.append(xp.concatenate(parts, axis=1))
        return xp.stack(views, axis=1).astype("float32")

    def legal(self, state: Orchard) -> Any:
        """Return that everything is allowed, always."""
        return self._xp.ones((*state.cells.shape, len(ACTIONS)), dtype=bool)

    def acting(self, state: Orchard) -> Any:
        """Return everyone, until the end."""
        on = state.time < self.shape.horizon
        return self._xp.broadcast_to(on[:, None], state.cells.shape)

    def step(self, state: Orchard, actions: Any) -> Step:
        """Move, eat, sanction, and let apples grow."""
        xp = self._xp
        stated = moves(self.engine, actions, *state.cells.shape).astype("int32")
        fine = ((stated >= 0) & (stated < len(ACTIONS))).all(axis=1)
        fine = fine & (state.time < self.shape.horizon)
        if self.engine == "numba" and not fine.all():
            raise InputError("no such action, or the game is over", place="actions")
        chosen = xp.where(fine[:, None], stated, STAY)
        cells, apples, eaten = self._move(state.cells, state.apples, chosen)
        headings = xp.where(chosen < STAY, chosen, state.headings)
        strikes, struck = self._sanction(cells, headings, chosen == SANCTION)
        rewards = eaten - self._cost * (chosen == SANCTION) - self._fine * strikes
        after = Orchard(
            cells,
            headings,
            self._grow(apples, state.time, state.seed),
            struck,
            state.time + 1,
            state.seed,
        )
        done = ~fine | (after.time >= self.shape.horizon)
        return Step(after, xp.where(fine[:, None], rewards, xp.nan).astype("float32"), done)

    def _move(self, cells: Any, apples: Any, chosen: Any) -> tuple[Any, Any, Any]:
        """Return cells and apples after all have moved, and who has eaten."""
        xp, walk = self._xp, self._xp.asarray(self._walk)
        now = [cells[:, seat] for seat in range(cells.shape[1])]
        eaten = []
        for seat in range(len(now)):
            goal = walk[now[seat], chosen[:, seat]]
            taken = xp.zeros(len(goal), bool)
            for other in range(len(now)):
                if other != seat:
                    taken = taken | (now[other] == goal)
            now[seat] = xp.where(taken, now[seat], goal)
            there = now[seat][:, None] == xp.arange(len(self._trees))
            eaten.append((there & apples).any(axis=1))
            apples = apples & ~there
        return xp.stack(now, axis=1), apples, xp.stack(eaten, axis=1).astype("float32")

    def _sanction(self, cells: Any, headings: Any, sanctions: Any) -> tuple[Any, Any]:
        """Return how often each player was struck, and whether."""
        xp, walk = self._xp, self._xp.asarray(self._walk)
        seats = cells.shape[1]
        strikes = [xp.zeros(len(cells), "float32") for _ in range(seats)]
        for seat in range(seats):
            spot, flies = cells[:, seat], sanctions[:, seat]
            for _ in range(self._reach):
                ahead = walk[spot, headings[:, seat]]
                flies = flies & (ahead != spot)
                spot = ahead
                for other in range(seats):
                    if other != seat:
                        hit = flies & (cells[:, other] == spot)
                        strikes[other] = strikes[other] + hit
                        flies = flies & ~hit
        counts = xp.stack(strikes, axis=1)
        return counts, counts > 0

    def _grow(self, apples: Any, time: Any, seed: Any) -> Any:
        """Return the apples after a step of growth."""
        xp = self._xp
        near = apples.astype("int32") @ xp.asarray(self._near.astype(np.int32))
        chance = xp.asarray(self._growth)[xp.minimum(near, len(self._growth) - 1)]
        counter = time.astype("uint32")[:, None] * np.uint32(len(self._trees)) + xp.arange(
            len(self._trees), dtype="uint32"
        )
        lucky = mixed(seed[:, None] ^ mixed(counter)) >> 8 < chance
        return apples | (lucky & xp.asarray(self._trees))

    def renew(self, state: Orchard, done: Any, rng: Any) -> Orchard:
        """Return the state with fresh games in place of those that are done."""
        xp, over = self._xp, self._xp.asarray(done)
        fresh = self.begin(rng, len(state.time))
        return Orchard(
            *(
                xp.where(over.reshape((-1,) + (1,) * (new.ndim - 1)), new, old)
                for new, old in zip(fresh, state, strict=True)
            )
        )

    def describe(self, player: int, action: int) -> str:
        """Return an action in words."""
        del player
        return ACTIONS[action]


def mixed(words: Any) -> Any:
    """Return 32-bit words well mixed: the same on both engines. Source: Wellons 2018, lowbias32."""
    words = (words ^ words >> 16) * np.uint32(0x7FEB352D)
    words = (words ^ words >> 15) * np.uint32(0x846CA68B)
    return words ^ words >> 16


def _players(rows: list[str]) -> np.ndarray:
    """Return the cells where players start, or raise `InputError` with row and column."""
    found: dict[int, int] = {}
    for y, row in enumerate(rows):
        place = f"text, row {y + 1}"
        if len(row) != len(rows[0]):
            raise InputError("rows of unequal length", place=place, found=len(row))
        for x, letter in enumerate(row):
            place = f"text, row {y + 1}, column {x + 1}"
            if letter.isdigit() and int(letter) in found:
                raise InputError("a start place too many", place=place, found=letter)
            if letter.isdigit():
                found[int(letter)] = y * len(row) + x
            elif letter not in "A.":
                raise InputError("letter without meaning", place=place, found=repr(letter))
    if len(found) < 2 or sorted(found) != list(range(1, len(found) + 1)):
        raise InputError(
            "too few start places", place="text", found=sorted(found), expected="1, 2 and so on"
        )
    return np.array([found[number] for number in sorted(found)], np.int32)


def _check(growth: Sequence[float], cost: float, fine: float, reach: int, horizon: int) -> None:
    """Raise unless the numbers make sense."""
    if len(growth) < 1 or not all(0 <= chance <= 1 for chance in growth):
        raise InputError("not chances", place="growth", found=list(growth), expected="0 to 1 each")
    for name, value in (("cost", cost), ("fine", fine)):
        if not 0 <= value < MOST:
            raise InputError("out of range", place=name, found=value, expected=f"0 to {MOST}")
    whole(reach, "reach", 1, MOST)
    whole(horizon, "horizon", 1, MOST)
