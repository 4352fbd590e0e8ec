"""Mirror images and turns that map a kitchen onto itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.learning.environments.overcooked.layouts import Cell, Layout
from comity.learning.environments.overcooked.rules import (
    ACTIONS,
    EAST,
    NORTH,
    SOUTH,
    WEST,
    Position,
    Rules,
    pack_cooks,
    unpack_cook,
    unpack_time,
)
from comity.learning.environments.overcooked.view import CHANNELS, HEADINGS_AT
from comity.learning.environments.protocol import Symmetry

Map = Callable[[Cell, int, int], Cell]

# Each is undone by itself: where a cell goes, and where the four headings go.
MAPS: dict[str, tuple[Map, tuple[int, int, int, int]]] = {
    "left and right": (lambda c, w, h: (w - 1 - c[0], c[1]), (NORTH, SOUTH, WEST, EAST)),
    "up and down": (lambda c, w, h: (c[0], h - 1 - c[1]), (SOUTH, NORTH, EAST, WEST)),
    "both ways round": (lambda c, w, h: (w - 1 - c[0], h - 1 - c[1]), (SOUTH, NORTH, WEST, EAST)),
    "across the diagonal": (lambda c, w, h: (c[1], c[0]), (WEST, EAST, SOUTH, NORTH)),
    "across the other diagonal": (
        lambda c, w, h: (h - 1 - c[1], w - 1 - c[0]),
        (EAST, WEST, NORTH, SOUTH),
    ),
}


@dataclass(frozen=True, eq=False)
class Image:
    """A map of the kitchen onto itself that is undone by doing it twice.

    Attributes
    ----------
    name : what is exchanged.
    cells : where each cell goes, shape (cells,).
    headings : where each heading goes, shape (4,).
    places : where each place goes, shape (places,).
    """

    name: str
    cells: np.ndarray
    headings: np.ndarray
    places: np.ndarray

    def word(self, cooks: Any, xp: Any = np) -> Any:
        """Return packed cooks after the map."""
        parts = [unpack_cook(cooks, player) for player in (0, 1)]
        tables = [xp.asarray(table.astype(np.uint32)) for table in (self.cells, self.headings)]
        cells = [tables[0][cell] for cell, _ in parts]
        headings = [tables[1][heading] for _, heading in parts]
        return pack_cooks(cells, headings, unpack_time(cooks))

    def position(self, position: Position, xp: Any = np) -> Position:
        """Return positions after the map."""
        return Position(
            self.word(position.cooks, xp),
            xp.asarray(position.things)[:, self.places],
            xp.array(position.hands),
        )

    def symmetry(self) -> Symmetry:
        """Return the map as labels that may be exchanged: one side and the other."""
        channels = np.tile(np.arange(len(CHANNELS)), (len(self.cells), 1))
        for at in HEADINGS_AT:
            channels[:, at : at + 4] = at + self.headings
        there = (self.cells[:, None] * len(CHANNELS) + channels).ravel()
        here = np.arange(len(there))
        first = here < there
        actions = np.array([*self.headings, *range(4, len(ACTIONS))])
        ways = np.arange(len(ACTIONS)) < actions
        return Symmetry(
            name=self.name,
            observations=np.stack([here[first], there[first]]),
            actions=np.stack([np.flatnonzero(ways), actions[ways]]),
        )


def images(rules: Rules, starts: np.ndarray) -> list[Image]:
    """Return the maps that keep the terrain and the set of starts, packed words of shape (K,)."""
    layout, found = rules.layout, []
    for name, (to, headings) in MAPS.items():
        if not _keeps_terrain(layout, to):
            continue
        cells = np.array(
            [
                rules.number(to(rules.cell(cell), layout.width, layout.height))
                for cell in range(rules.cells)
            ]
        )
        at = {int(cell): place for place, cell in enumerate(rules.place_cells)}
        places = np.array([at[int(cells[cell])] for cell in rules.place_cells])
        image = Image(name, cells, np.array(headings), places)
        if set(image.word(starts).tolist()) == set(starts.tolist()):
            found.append(image)
    return found


def _keeps_terrain(layout: Layout, to: Map) -> bool:
    width, height = layout.width, layout.height
    for x in range(width):
        for y in range(height):
            there = to((x, y), width, height)
            inside = 0 <= there[0] < width and 0 <= there[1] < height
            if not inside or layout.at(there) != layout.at((x, y)):
                return False
    return True
