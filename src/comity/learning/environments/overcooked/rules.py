"""The rules of Overcooked as tables, read by every engine.

Two cooks share a kitchen. Each step both move or interact with what they face: take an ingredient
or a dish, put something down, fill a pot, take a cooked soup onto a dish, serve it. First both
interact, player 1 before player 2; then both move, unless they would meet, when both stay; then
pots cook. The team is paid for what it serves.

Source: Carroll et al. 2019, "On the utility of learning about humans for human-AI coordination";
every rule is that of overcooked_ai 1.1.0, and of its later option ``old_dynamics``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from comity.learning.environments.overcooked.layouts import (
    COUNTER,
    DISHES,
    FLOOR,
    ONIONS,
    POT,
    SERVING,
    TOMATOES,
    Cell,
    Layout,
    neighbours,
)
from comity.learning.environments.stated import flag, whole

NORTH, SOUTH, EAST, WEST, STAY, INTERACT = range(6)
ACTIONS = ("north", "south", "east", "west", "stay", "interact")
HEADINGS = ACTIONS[:4]

# What lies somewhere, in 15 bits: an item, or a soup of onions (bits 2-3), tomatoes (bits 4-5) and
# steps cooked plus one (from bit 6; 0 while nothing heats it).
NOTHING, ONION, TOMATO, DISH = range(4)
ITEMS = ("nothing", "onion", "tomato", "dish")
AN_ONION, A_TOMATO, A_STEP = 1 << 2, 1 << 4, 1 << 6
FULL = 3

# Both cooks and the time, in 31 bits: cell (8) and heading (2) of each, then the time (11).
CELL_BITS, HEADING_BITS, TIME_BITS = 8, 2, 11
COOK_BITS = CELL_BITS + HEADING_BITS
LONGEST_GAME = (1 << TIME_BITS) - 1

POTTING, DISH_PICKUP, SOUP_PICKUP = 3, 3, 5
"""Shaping rewards to the one who does it. Source: overcooked_ai 1.1.0."""

# What an interaction does depends on the terrain in front, what is in hand, and what lies there.
# In hand: one of ITEMS, or a soup. In front: nothing, something on a counter, or a pot's contents.
SOUP = 4
NOTHING_THERE, SOMETHING, FILLING, FILLED, HEATING, COOKED = range(6)
NO_DEED, DROP, LIFT, TAKE, POUR, HEAT, PLATE, SERVE = range(8)

URGENT = 40
"""In so many last steps the observation says that time runs out."""


class Position(NamedTuple):
    """Positions of a batch of B games, packed.

    Attributes
    ----------
    cooks : cells and headings of both, and the time, shape (B,), uint32.
    things : what lies on each pot and counter, shape (B, places), uint16.
    hands : what each holds, shape (B, 2), uint16.
    """

    cooks: Any
    things: Any
    hands: Any


class Kitchens(NamedTuple):
    """A batch of B games under way.

    Attributes
    ----------
    now : where they stand.
    shaped : the shaping reward of each player from the last step, shape (B, 2), uint8.
    origin : where they began.
    """

    now: Position
    shaped: Any
    origin: Position


class Tables(NamedTuple):
    """The tables of `Rules` that a step reads."""

    walk: np.ndarray
    facing: np.ndarray
    deeds: np.ndarray
    supply: np.ndarray
    worth: np.ndarray
    cooking: np.ndarray


@dataclass(frozen=True, eq=False)
class Rules:
    """A layout and every choice of rules, with the tables that follow.

    Cells are counted down the columns: cell ``x * height + y``, the order of the observation.
    Places are what things can lie on: first pots, then counters, each row by row.

    Attributes
    ----------
    layout : the kitchen.
    old_dynamics : whether a full pot starts to cook by itself, as until 2020, and only then;
        otherwise an interaction with empty hands starts it, however full.
    horizon : number of steps of a game.
    """

    layout: Layout
    old_dynamics: bool = False
    horizon: int = 400

    def __post_init__(self) -> None:
        whole(self.horizon, "horizon", 1, LONGEST_GAME)
        flag(self.old_dynamics, "old_dynamics")

    @property
    def cells(self) -> int:
        """How many cells."""
        return self.layout.width * self.layout.height

    @property
    def pots(self) -> int:
        """How many pots: they are the first places."""
        return len(self.layout.cells(POT))

    def number(self, cell: Cell) -> int:
        """Return the number of a cell."""
        return cell[0] * self.layout.height + cell[1]

    def cell(self, number: int) -> Cell:
        """Return column and row of a cell."""
        return divmod(int(number), self.layout.height)

    @cached_property
    def place_cells(self) -> np.ndarray:
        """Cell of each place, shape (places,)."""
        spots = self.layout.cells(POT) + self.layout.cells(COUNTER)
        return np.array([self.number(cell) for cell in spots], np.int32)

    @cached_property
    def floor(self) -> np.ndarray:
        """Cells that can be walked on."""
        return np.array(sorted(self.number(c) for c in self.layout.cells(FLOOR)), np.int32)

    @cached_property
    def terrain(self) -> np.ndarray:
        """Kind of each cell, shape (cells,)."""
        return np.array([self.layout.at(self.cell(n)) for n in range(self.cells)], np.int32)

    @cached_property
    def walk(self) -> np.ndarray:
        """Cell that a cook alone comes to, by cell and action, shape (cells, 6)."""
        walk = np.repeat(np.arange(self.cells, dtype=np.int32)[:, None], 6, axis=1)
        for cell in self.layout.cells(FLOOR):
            for heading, there in enumerate(neighbours(cell)):
                if self.layout.at(there) == FLOOR:
                    walk[self.number(cell), heading] = self.number(there)
        return walk

    @cached_property
    def facing(self) -> np.ndarray:
        """Terrain and place in front, by cell and heading, shape (cells, 4, 2); place -1: none."""
        facing = np.full((self.cells, 4, 2), -1, np.int32)
        places = {int(cell): place for place, cell in enumerate(self.place_cells)}
        for cell in self.layout.cells(FLOOR):
            for heading, there in enumerate(neighbours(cell)):
                number = self.number(there)
                facing[self.number(cell), heading] = self.terrain[number], places.get(number, -1)
        return facing

    @cached_property
    def deeds(self) -> np.ndarray:
        """What an interaction does: by terrain in front, in hand, in front; shape (7, 5, 6)."""
        deeds = np.full((7, 5, 6), NO_DEED, np.int32)
        deeds[COUNTER, ONION:, NOTHING_THERE] = DROP
        deeds[COUNTER, NOTHING, SOMETHING] = LIFT
        for supply in (ONIONS, TOMATOES, DISHES):
            deeds[supply, NOTHING, NOTHING_THERE] = TAKE
        deeds[POT, ONION : TOMATO + 1, [[NOTHING_THERE], [FILLING]]] = POUR
        deeds[POT, DISH, COOKED] = PLATE
        deeds[SERVING, SOUP, NOTHING_THERE] = SERVE
        if not self.old_dynamics:
            deeds[POT, NOTHING, [FILLING, FILLED]] = HEAT
        return deeds

    @cached_property
    def supply(self) -> np.ndarray:
        """Item that each terrain gives, shape (7,)."""
        supply = np.zeros(7, np.int32)
        supply[[ONIONS, TOMATOES, DISHES]] = ONION, TOMATO, DISH
        return supply

    @cached_property
    def worth(self) -> np.ndarray:
        """Reward for serving a soup, by ``onions + 4 * tomatoes``, shape (16,)."""
        return self.layout.recipes.tables()[0]

    @cached_property
    def cooking(self) -> np.ndarray:
        """Steps a soup cooks, by ``onions + 4 * tomatoes``, shape (16,)."""
        return self.layout.recipes.tables()[1]

    @cached_property
    def tables(self) -> Tables:
        """Return the tables that a step reads."""
        return Tables(self.walk, self.facing, self.deeds, self.supply, self.worth, self.cooking)


def pack_cooks(cells: Any, headings: Any, time: Any) -> Any:
    """Return both cooks and the time as one word; arrays of one shape, unsigned."""
    first = cells[0] | headings[0] << CELL_BITS
    second = cells[1] | headings[1] << CELL_BITS
    return first | second << COOK_BITS | time << 2 * COOK_BITS


def unpack_cook(word: Any, player: int) -> tuple[Any, Any]:
    """Return cell and heading of a cook."""
    bits = word >> player * COOK_BITS
    return bits & (1 << CELL_BITS) - 1, bits >> CELL_BITS & (1 << HEADING_BITS) - 1


def unpack_time(word: Any) -> Any:
    """Return the number of steps played."""
    return word >> 2 * COOK_BITS
