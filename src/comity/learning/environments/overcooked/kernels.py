"""One step of many kitchens, and what the cooks see, as compiled loops.

Numba's cache does not see changes in other files: after work on the tables of `rules`, touch this
file.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np
from numba import njit

from comity.learning.environments.overcooked.layouts import DISHES, ONIONS, POT
from comity.learning.environments.overcooked.rules import (
    A_STEP,
    A_TOMATO,
    AN_ONION,
    CELL_BITS,
    COOK_BITS,
    COOKED,
    DISH,
    DISH_PICKUP,
    DROP,
    FILLED,
    FILLING,
    FULL,
    HEADING_BITS,
    HEAT,
    HEATING,
    INTERACT,
    LIFT,
    NOTHING,
    NOTHING_THERE,
    ONION,
    PLATE,
    POTTING,
    POUR,
    SERVE,
    SOMETHING,
    SOUP,
    SOUP_PICKUP,
    STAY,
    TAKE,
    TOMATO,
    URGENT,
    Kitchens,
    Position,
    Tables,
)
from comity.learning.environments.overcooked.view import (
    DONE_AT,
    HEADINGS_AT,
    IN_POT_AT,
    ITEMS_AT,
    REMAINING_AT,
    SOUP_AT,
    URGENCY_AT,
)

RECIPE = 15
CELL_MASK = (1 << CELL_BITS) - 1
HEADING_MASK = (1 << HEADING_BITS) - 1
CLOCK = 1 << 2 * COOK_BITS


@njit(cache=True, nogil=True)
def in_front(thing: int, terrain: int, cooking: np.ndarray) -> int:
    """Return which of the cases of `Rules.deeds` lies in front."""
    if thing == NOTHING:
        return NOTHING_THERE
    if terrain != POT:
        return SOMETHING
    recipe = thing >> 2 & RECIPE
    heated = thing // A_STEP
    if heated == 0:
        return FILLED if (recipe & 3) + (recipe >> 2) == FULL else FILLING
    return COOKED if heated > cooking[recipe] else HEATING


@njit(cache=True, nogil=True)
def soups_to_come(things: np.ndarray, pots: int, cooking: np.ndarray) -> int:
    """Return how many pots hold a soup begun or done; a full one that nobody heats is not one."""
    count = 0
    for pot in range(pots):
        case = in_front(things[pot], POT, cooking)
        count += case not in (NOTHING_THERE, FILLED)
    return count


@njit(cache=True, nogil=True)
def dish_is_useful(things: np.ndarray, hands: np.ndarray, pots: int, expected: int) -> bool:
    """Return whether a dish is wanted: none on a counter, fewer in hand than soups to come."""
    for place in range(pots, len(things)):
        if things[place] == DISH:
            return False
    return (hands[0] == DISH) + (hands[1] == DISH) < expected


@njit(cache=True, nogil=True)
def act(
    deed: int,
    terrain: int,
    place: int,
    player: int,
    things: np.ndarray,
    hands: np.ndarray,
    worth: np.ndarray,
) -> tuple[int, int]:
    """Carry out a deed; return the team's reward and the cook's shaping reward, dishes apart."""
    hand = hands[player]
    if deed == DROP:
        things[place], hands[player] = hand, NOTHING
    elif deed == TAKE:
        hands[player] = DISH if terrain == DISHES else ONION if terrain == ONIONS else TOMATO
    elif deed == POUR:
        things[place] += AN_ONION if hand == ONION else A_TOMATO
        hands[player] = NOTHING
        return 0, POTTING
    elif deed == HEAT:
        things[place] += A_STEP
    elif deed in (LIFT, PLATE):
        hands[player], things[place] = things[place], NOTHING
        return 0, SOUP_PICKUP * (deed == PLATE)
    elif deed == SERVE:
        hands[player] = NOTHING
        return worth[hand >> 2 & RECIPE], 0
    return 0, 0


@njit(cache=True, nogil=True)
def interact(
    word: int,
    actions: np.ndarray,
    things: np.ndarray,
    hands: np.ndarray,
    shaped: np.ndarray,
    tables: Tables,
    pots: int,
) -> int:
    """Let both interact, player 1 first; return the team's reward."""
    expected = soups_to_come(things, pots, tables.cooking)
    reward = 0
    for player in range(2):
        shaped[player] = 0
        if actions[player] != INTERACT:
            continue
        cook = word >> player * COOK_BITS
        terrain, place = tables.facing[cook & CELL_MASK, cook >> CELL_BITS & HEADING_MASK]
        held = min(hands[player], SOUP)
        case = in_front(things[place], terrain, tables.cooking) if place >= 0 else NOTHING_THERE
        deed = tables.deeds[terrain, held, case]
        if deed == TAKE and terrain == DISHES:
            shaped[player] = DISH_PICKUP * dish_is_useful(things, hands, pots, expected)
        paid, shaping = act(deed, terrain, place, player, things, hands, tables.worth)
        reward += paid
        shaped[player] += shaping
    return reward


@njit(cache=True, nogil=True)
def move(word: int, first: int, second: int, walk: np.ndarray) -> int:
    """Return the word after both have moved, unless they would meet or change places."""
    here_0, here_1 = word & CELL_MASK, word >> COOK_BITS & CELL_MASK
    there_0, there_1 = walk[here_0, first], walk[here_1, second]
    if there_0 == there_1 or (there_0 == here_1 and there_1 == here_0):
        there_0, there_1 = here_0, here_1
    heading_0 = first if first < STAY else word >> CELL_BITS & HEADING_MASK
    heading_1 = second if second < STAY else word >> COOK_BITS + CELL_BITS & HEADING_MASK
    cooks = there_0 | heading_0 << CELL_BITS | (there_1 | heading_1 << CELL_BITS) << COOK_BITS
    return word // CLOCK * CLOCK + cooks


@njit(cache=True, nogil=True)
def heat(things: np.ndarray, pots: int, cooking: np.ndarray, old: bool) -> None:
    """Let every pot cook for a step; a full one starts by itself where the dynamics are old."""
    for pot in range(pots):
        case = in_front(things[pot], POT, cooking)
        if case == HEATING:
            things[pot] += A_STEP
        elif case == FILLED and old:
            things[pot] += 2 * A_STEP


@njit(cache=True, nogil=True)
def first_fault(cooks: np.ndarray, actions: np.ndarray, horizon: int) -> int:
    """Return the first game that is over or whose actions are none, or -1."""
    for game in range(len(cooks)):
        if cooks[game] // CLOCK >= horizon:
            return game
        for player in range(2):
            if not 0 <= actions[game, player] <= INTERACT:
                return game
    return -1


@njit(cache=True, nogil=True)
def step_all(
    kitchens: Kitchens,
    actions: np.ndarray,
    rewards: np.ndarray,
    done: np.ndarray,
    tables: Tables,
    settings: tuple[int, bool, int],
) -> None:
    """Play one step of every game, in place; settings: pots, old dynamics, horizon."""
    cooks, things, hands = kitchens.now
    pots, old, horizon = settings
    for game in range(len(cooks)):
        word = np.int64(cooks[game])
        paid = interact(
            word, actions[game], things[game], hands[game], kitchens.shaped[game], tables, pots
        )
        word = move(word, actions[game, 0], actions[game, 1], tables.walk) + CLOCK
        heat(things[game], pots, tables.cooking, old)
        cooks[game] = word
        rewards[game, 0] = rewards[game, 1] = paid
        done[game] = word // CLOCK >= horizon


@njit(cache=True, nogil=True)
def show_pot(seen: np.ndarray, thing: int, cooking: np.ndarray) -> None:
    """Write what a pot holds into the 26 channels of its cell."""
    recipe, heated = thing >> 2 & RECIPE, thing // A_STEP
    at = SOUP_AT if heated else IN_POT_AT
    seen[at], seen[at + 1] = recipe & 3, recipe >> 2
    if heated:
        seen[REMAINING_AT] = cooking[recipe] + 1 - heated
        seen[DONE_AT] = heated > cooking[recipe]


@njit(cache=True, nogil=True)
def show_thing(seen: np.ndarray, thing: int) -> None:
    """Write what lies on a counter, or is in hand, into the 26 channels of its cell."""
    if ONION <= thing <= DISH:
        seen[ITEMS_AT[thing]] = 1
    elif thing != NOTHING:
        recipe = thing >> 2 & RECIPE
        seen[SOUP_AT], seen[SOUP_AT + 1], seen[DONE_AT] = recipe & 3, recipe >> 2, 1


@njit(cache=True, nogil=True)
def show_cooks(seen: np.ndarray, word: int, hands: np.ndarray, viewer: int) -> None:
    """Write the cooks, and what they hold, into an observation of shape (cells, 26)."""
    for player in range(2):
        cook = word >> player * COOK_BITS
        cell, heading = cook & CELL_MASK, cook >> CELL_BITS & HEADING_MASK
        rank = player ^ viewer
        seen[cell, rank] = 1
        seen[cell, HEADINGS_AT[rank] + heading] = 1
        show_thing(seen[cell], hands[player])


@njit(cache=True, nogil=True)
def observe_all(
    position: Position,
    ground: np.ndarray,
    places: np.ndarray,
    cooking: np.ndarray,
    settings: tuple[int, bool, int],
    seen: np.ndarray,
) -> None:
    """Write what both see, shape (B, 2, cells, 26); ``ground`` is the bare kitchen, (cells, 26)."""
    cooks, things, hands = position
    pots, _, horizon = settings
    for game in range(len(cooks)):
        word = np.int64(cooks[game])
        first = seen[game, 0]
        first[:] = ground
        for place in range(things.shape[1]):
            thing = things[game, place]
            if thing == NOTHING:
                continue
            if place < pots:
                show_pot(first[places[place]], thing, cooking)
            else:
                show_thing(first[places[place]], thing)
        if horizon - word // CLOCK < URGENT:
            first[:, URGENCY_AT] = 1
        seen[game, 1] = first
        for viewer in range(2):
            show_cooks(seen[game, viewer], word, hands[game], viewer)
