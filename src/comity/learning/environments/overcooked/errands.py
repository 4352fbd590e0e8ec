"""What a cook would do next, and how far away it is.

An errand is a set of cells to face and interact with: the sensible next deed of someone who works
towards one recipe, takes the partner's hands into account but not its path, and leaves on a shared
counter what only the other can use.

The idea is that of the greedy human model of overcooked_ai (Carroll et al. 2019, appendix);
handing over, and the recipes with tomatoes, are ours.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from comity.core.compiling import compiled
from comity.learning.environments.overcooked.kernels import (
    CELL_MASK,
    CLOCK,
    HEADING_MASK,
    in_front,
)
from comity.learning.environments.overcooked.layouts import (
    DISHES,
    FLOOR,
    ONIONS,
    POT,
    SERVING,
    TOMATOES,
    neighbours,
    reach,
)
from comity.learning.environments.overcooked.rules import (
    CELL_BITS,
    COOK_BITS,
    COOKED,
    DISH,
    FILLED,
    FILLING,
    FULL,
    HEATING,
    INTERACT,
    NOTHING,
    NOTHING_THERE,
    ONION,
    STAY,
    TOMATO,
    Position,
    Rules,
)

FAR = 10_000
"""Distance to what cannot be reached."""

RECIPE = 15
SUPPLIES = (FLOOR, ONIONS, TOMATOES, DISHES)
"""Terrain that gives each item."""


class Plan(NamedTuple):
    """What does not change during a game.

    Attributes
    ----------
    distance : steps until a cook faces a cell, by that cell, own cell and heading.
    walk : see `Rules`.
    terrain : see `Rules`.
    place_cells : see `Rules`.
    shared : counters that both can reach, by place.
    cooking : see `Rules`.
    goal : onions + 4 * tomatoes of the soup that is worked for.
    pots : how many pots.
    starts_pots : whether a pot must be started.
    """

    distance: np.ndarray
    walk: np.ndarray
    terrain: np.ndarray
    place_cells: np.ndarray
    shared: np.ndarray
    cooking: np.ndarray
    goal: int
    pots: int
    starts_pots: bool


def plan_of(rules: Rules) -> Plan:
    """Return the plan of a kitchen. O(longest way x cells^2)."""
    beside = [
        {rules.number(there) for cell in reach(rules.layout, start) for there in neighbours(cell)}
        for start in rules.layout.starts
    ]
    both = beside[0] & beside[1]
    shared = np.array([cell in both for cell in rules.place_cells.tolist()])
    shared[: rules.pots] = False
    return Plan(
        distances(rules), rules.walk, rules.terrain, rules.place_cells, shared, rules.cooking,
        _goal(rules), rules.pots, not rules.old_dynamics,
    )  # fmt: skip


def distances(rules: Rules) -> np.ndarray:
    """Return the steps until a cook alone faces a cell, shape (cells, cells, 4), int32.

    A cook that walks faces where it goes; against a counter it only turns. `FAR` for never.
    """
    steps = np.full((rules.cells, rules.cells, 4), FAR, np.int32)
    floor = [rules.cell(cell) for cell in rules.floor]
    for cell in floor:
        for heading, there in enumerate(neighbours(cell)):
            steps[rules.number(there), rules.number(cell), heading] = 0
    aim = rules.walk[:, :4]
    while True:
        after = steps[:, aim, np.arange(4)].min(axis=2)
        better = np.minimum(steps, 1 + after[:, :, None])
        better[:, rules.terrain != FLOOR] = FAR
        better = np.minimum(better, FAR)
        if np.array_equal(better, steps):
            return steps
        steps = better


def _goal(rules: Rules) -> int:
    """Return the most valuable order that can be made, as onions + 4 * tomatoes."""
    recipes = rules.layout.recipes
    has = (bool(rules.layout.cells(ONIONS)), bool(rules.layout.cells(TOMATOES)))
    possible = [
        soup
        for soup in recipes.orders
        if all(have or not need for have, need in zip(has, soup, strict=True))
        and (sum(soup) == FULL or not rules.old_dynamics)
    ]
    best = max(possible or recipes.orders, key=lambda soup: (recipes.worth(soup), soup))
    return best[0] + 4 * best[1]


@compiled(nogil=True)
def lacks(thing: int, goal: int, item: int) -> bool:
    """Return whether a pot that does not cook yet lacks an item for the goal."""
    recipe = thing >> 2 & RECIPE
    if item == ONION:
        return recipe & 3 < goal & 3
    return item == TOMATO and recipe >> 2 < goal >> 2


@compiled(nogil=True)
def pots_for(things: np.ndarray, item: int, plan: Plan, aims: np.ndarray) -> bool:
    """Mark the pots that an item, or empty hands, can serve now; return whether there are any."""
    found = False
    for pot in range(plan.pots):
        thing = things[pot]
        case = in_front(thing, POT, plan.cooking)
        if item == DISH:
            fits = case in (HEATING, COOKED)
        elif item == NOTHING:
            ready = case == FILLED or (case == FILLING and (thing >> 2 & RECIPE) == plan.goal)
            fits = ready and plan.starts_pots
        else:
            fits = case in (NOTHING_THERE, FILLING) and lacks(thing, plan.goal, item)
        if fits:
            aims[plan.place_cells[pot]] = True
            found = True
    return found


@compiled(nogil=True)
def wanted(things: np.ndarray, partner: int, plan: Plan, aims: np.ndarray) -> int:
    """Return the item that empty hands should fetch; nothing if a pot is to be started instead."""
    soup = False
    for pot in range(plan.pots):
        soup = soup or in_front(things[pot], POT, plan.cooking) in (HEATING, COOKED)
    if soup and partner != DISH:
        return DISH
    if pots_for(things, NOTHING, plan, aims):
        return NOTHING
    for pot in range(plan.pots):
        idle = in_front(things[pot], POT, plan.cooking) in (NOTHING_THERE, FILLING)
        if idle and lacks(things[pot], plan.goal, ONION):
            return ONION
        if idle and lacks(things[pot], plan.goal, TOMATO):
            return TOMATO
    return ONION if plan.goal & 3 else TOMATO


@compiled(nogil=True)
def sources(things: np.ndarray, item: int, plan: Plan, aims: np.ndarray) -> None:
    """Mark where an item can be had: its supply, and counters where it lies."""
    for cell in range(len(plan.terrain)):
        if plan.terrain[cell] == SUPPLIES[item]:
            aims[cell] = True
    for place in range(plan.pots, len(things)):
        if things[place] == item:
            aims[plan.place_cells[place]] = True


@compiled(nogil=True)
def free_counters(things: np.ndarray, shared: bool, plan: Plan, aims: np.ndarray) -> int:
    """Mark the empty counters, shared ones or the others, and count them."""
    count = 0
    for place in range(plan.pots, len(things)):
        if things[place] == NOTHING and plan.shared[place] == shared:
            aims[plan.place_cells[place]] = True
            count += 1
    return count


@compiled(nogil=True)
def nearest(cell: int, heading: int, plan: Plan, aims: np.ndarray) -> int:
    """Return the steps to the nearest of the cells that are marked."""
    best = FAR
    for aim in range(len(aims)):
        if aims[aim]:
            best = min(best, plan.distance[aim, cell, heading])
    return best


@compiled(nogil=True)
def lies_shared(things: np.ndarray, item: int, plan: Plan) -> bool:
    """Return whether an item lies on a counter that both can reach."""
    for place in range(plan.pots, len(things)):
        if plan.shared[place] and things[place] == item:
            return True
    return False


@compiled(nogil=True)
def fetch(
    things: np.ndarray, partner: int, cell: int, heading: int, plan: Plan, aims: np.ndarray
) -> None:
    """Mark what empty hands should go for; nothing if waiting is best."""
    item = wanted(things, partner, plan, aims)
    if item == NOTHING and nearest(cell, heading, plan, aims) < FAR:
        return
    if item == NOTHING:
        item = ONION if plan.goal & 3 else TOMATO
    reaches_pot = False
    for pot in range(plan.pots):
        reaches_pot |= plan.distance[plan.place_cells[pot], cell, heading] < FAR
    aims[:] = False
    if not reaches_pot:
        room = free_counters(things, True, plan, aims)
        aims[:] = False
        if lies_shared(things, item, plan) and item == DISH:
            item = ONION if plan.goal & 3 else TOMATO
        if room < (1 if item == DISH else min(2, plan.shared.sum())):
            return
        for source in range(len(plan.terrain)):
            if plan.terrain[source] == SUPPLIES[item]:
                aims[source] = True
        return
    sources(things, item, plan, aims)


@compiled(nogil=True)
def errand(
    cook: int, things: np.ndarray, held: int, partner: int, plan: Plan, aims: np.ndarray
) -> int:
    """Mark the cells of the errand; return the steps to the nearest, `FAR` for waiting.

    Parameters
    ----------
    cook : cell and heading, as in the packed word.
    things : what lies on each place.
    held, partner : what both hold.
    plan : of this kitchen.
    aims : written, shape (cells,).
    """
    cell, heading = cook & CELL_MASK, cook >> CELL_BITS & HEADING_MASK
    aims[:] = False
    if held == NOTHING:
        fetch(things, partner, cell, heading, plan, aims)
        return nearest(cell, heading, plan, aims)
    if held > DISH:
        for there in range(len(plan.terrain)):
            aims[there] = plan.terrain[there] == SERVING
    else:
        pots_for(things, held, plan, aims)
    best = nearest(cell, heading, plan, aims)
    if best < FAR:
        return best
    reaches = False
    for there in range(len(plan.terrain)):
        useful = plan.terrain[there] == (SERVING if held > DISH else POT)
        reaches |= useful and plan.distance[there, cell, heading] < FAR
    aims[:] = False
    free_counters(things, not reaches, plan, aims)
    return nearest(cell, heading, plan, aims)


@compiled(nogil=True)
def costs(cook: int, steps: int, plan: Plan, aims: np.ndarray, found: np.ndarray) -> None:
    """Write the steps that an errand takes if it begins with each action, shape (6,).

    Interacting counts one, once the cook faces the place; waiting is best where there is no errand.
    """
    cell = cook & CELL_MASK
    for action in range(4):
        found[action] = 2 + nearest(plan.walk[cell, action], action, plan, aims)
    found[STAY] = 2 + steps
    found[INTERACT] = 1 if steps == 0 else 2 + steps
    if steps >= FAR:
        found[:] = 2
        found[STAY] = 1


@compiled(nogil=True)
def costs_all(position: Position, player: int, plan: Plan, found: np.ndarray) -> None:
    """Write the cost of each action of a cook in every game, shape (B, 6)."""
    cooks, things, hands = position
    aims = np.zeros(len(plan.terrain), np.bool_)
    for game in range(len(cooks)):
        cook = np.int64(cooks[game]) % CLOCK >> player * COOK_BITS
        steps = errand(cook, things[game], hands[game, player], hands[game, 1 - player], plan, aims)
        costs(cook, steps, plan, aims, found[game])
