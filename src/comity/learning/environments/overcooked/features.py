"""What a cook sees in a few numbers, the same on every layout: for small networks and tables.

Written once for NumPy and JAX. Distances in steps decide what is nearest; what cannot be reached
is not there. The choice of numbers is ours; that of overcooked_ai is similar but longer.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from comity.learning.environments.overcooked.errands import FAR, distances
from comity.learning.environments.overcooked.layouts import DISHES, ONIONS, SERVING, TOMATOES
from comity.learning.environments.overcooked.rules import (
    A_STEP,
    DISH,
    HEADINGS,
    ONION,
    SOUP,
    Position,
    Rules,
    unpack_cook,
)

SUPPLIES = (ONIONS, TOMATOES, DISHES, SERVING)
SUPPLY_WORDS = ("onions", "tomatoes", "dishes", "serving place")
HELD_WORDS = ("onion", "tomato", "dish", "soup")
POTS = 2
POT_WORDS = ("there", "dx", "dy", "onions", "tomatoes", "heats", "done", "steps left / 10")
LYING = (ONION, DISH, SOUP)
LYING_WORDS = ("onion", "dish", "soup")


def _names() -> tuple[str, ...]:
    one = [
        *(f"heading {heading}" for heading in HEADINGS),
        *(f"holds {word}" for word in HELD_WORDS),
        *(f"blocked {heading}" for heading in HEADINGS),
        *(f"{word} {axis}" for word in SUPPLY_WORDS for axis in ("dx", "dy")),
        *(f"pot {pot + 1} {word}" for pot in range(POTS) for word in POT_WORDS),
        *(f"{word} lies {part}" for word in LYING_WORDS for part in ("there", "dx", "dy")),
    ]
    both = [f"{who} {name}" for who in ("own", "partner's") for name in one]
    return (*both, "partner dx", "partner dy", "own x", "own y")


FEATURES = _names()
"""Names of the numbers, in order: own, the partner's, where the partner is, where one is."""


class Near(NamedTuple):
    """What is near each cell.

    Attributes
    ----------
    supplies : way to the nearest of each of `SUPPLIES`, shape (cells, 4, 2).
    pots : the nearest pots, -1 for none, shape (cells, 2).
    steps : steps to each counter and pot, shape (cells, places).
    """

    supplies: np.ndarray
    pots: np.ndarray
    steps: np.ndarray


@lru_cache(maxsize=64)
def near(rules: Rules) -> Near:
    """Return what is near each cell."""
    steps = distances(rules).min(axis=2).T
    supplies = np.zeros((rules.cells, len(SUPPLIES), 2), np.int32)
    pots = np.full((rules.cells, POTS), -1, np.int32)
    for cell in rules.floor:
        for rank, kind in enumerate(SUPPLIES):
            found = [rules.number(there) for there in rules.layout.cells(kind)]
            best = min(found, key=lambda there: steps[cell, there], default=None)
            if best is not None and steps[cell, best] < FAR:
                supplies[cell, rank] = np.subtract(rules.cell(best), rules.cell(cell))
        ways = steps[cell, rules.place_cells[: rules.pots]]
        order = [pot for pot in np.argsort(ways, kind="stable") if ways[pot] < FAR][:POTS]
        pots[cell, : len(order)] = order
    return Near(supplies, pots, steps[:, rules.place_cells])


def features(rules: Rules, now: Position, xp: Any = np) -> Any:
    """Return the numbers that each cook sees, shape (B, 2, len(FEATURES)), float32."""
    cells = [unpack_cook(now.cooks, player)[0].astype("int32") for player in (0, 1)]
    each = [_one(rules, now, player, cells, xp) for player in (0, 1)]
    height = rules.layout.height
    spots = [xp.stack([cell // height, cell % height], axis=1) for cell in cells]
    views = [
        xp.concatenate([each[own], each[1 - own], spots[1 - own] - spots[own], spots[own]], axis=1)
        for own in (0, 1)
    ]
    return xp.stack(views, axis=1).astype("float32")


def _one(rules: Rules, now: Position, player: int, cells: list[Any], xp: Any) -> Any:
    """Return what concerns one cook, shape (B, numbers)."""
    table, cell, other = near(rules), cells[player], cells[1 - player]
    _, heading = unpack_cook(now.cooks, player)
    hand = now.hands[:, player].astype("int32")
    walk = xp.asarray(rules.walk[:, :4])[cell]
    blocked = (walk == cell[:, None]) | (walk == other[:, None])
    parts = [
        heading[:, None] == xp.arange(4),
        xp.minimum(hand, SOUP)[:, None] == xp.arange(1, SOUP + 1),
        blocked,
        xp.asarray(table.supplies)[cell].reshape(len(cell), -1),
        *(_pot(rules, now.things, cell, rank, xp) for rank in range(POTS)),
        *(_lying(rules, now.things, cell, item, xp) for item in LYING),
    ]
    return xp.concatenate([part.astype("float32") for part in parts], axis=1)


def _pot(rules: Rules, things: Any, cell: Any, rank: int, xp: Any) -> Any:
    """Return the numbers of the nearest pot, or the next, shape (B, 8)."""
    pot = xp.asarray(near(rules).pots[:, rank])[cell]
    there = pot >= 0
    thing = things[xp.arange(len(cell)), xp.maximum(pot, 0)].astype("int32")
    recipe, heated = thing >> 2 & 15, thing // A_STEP
    left = xp.asarray(rules.cooking)[recipe] + 1 - heated
    way = _way(rules, xp.asarray(rules.place_cells)[xp.maximum(pot, 0)], cell)
    numbers = [
        there,
        *way,
        recipe & 3,
        recipe >> 2,
        (heated > 0) & (left > 0),
        (heated > 0) & (left <= 0),
        xp.where(heated > 0, xp.maximum(left, 0) / 10, 0),
    ]
    return xp.stack([xp.where(there, number, 0).astype("float32") for number in numbers], axis=1)


def _lying(rules: Rules, things: Any, cell: Any, item: int, xp: Any) -> Any:
    """Return whether an item lies in reach, and the way to the nearest, shape (B, 3)."""
    lies = things[:, rules.pots :]
    fits = lies > DISH if item == SOUP else lies == item
    steps = xp.where(fits, xp.asarray(near(rules).steps[:, rules.pots :])[cell], FAR)
    best = steps.argmin(axis=1)
    there = steps.min(axis=1) < FAR
    way = _way(rules, xp.asarray(rules.place_cells[rules.pots :])[best], cell)
    return xp.stack([xp.where(there, number, 0) for number in (there, *way)], axis=1)


def _way(rules: Rules, to: Any, cell: Any) -> tuple[Any, Any]:
    """Return columns and rows from one cell to another."""
    height = rules.layout.height
    return to // height - cell // height, to % height - cell % height
