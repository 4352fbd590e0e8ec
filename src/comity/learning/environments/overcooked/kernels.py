"""One step of many kitchens, and what the cooks see, as compiled loops.

Numba's cache does not see changes in other files: after work on the tables of `rules`, touch this
file.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np

from comity.core.compiling import compiled
from comity.learning.environments.overcooked.layouts import DISHES, POT
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
    NO_DEED,
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
    URGENT,
    Kitchens,
    Position,
    Tables,
)
from comity.learning.environments.overcooked.view import (
    CHANNELS,
    DONE_AT,
    HEADINGS_AT,
    IN_POT_AT,
    ITEMS_AT,
    REMAINING_AT,
    SOUP_AT,
)

RECIPE = 15
WIDTH = len(CHANNELS)
CELL_MASK = (1 << CELL_BITS) - 1
HEADING_MASK = (1 << HEADING_BITS) - 1
CLOCK = 1 << 2 * COOK_BITS


@compiled(nogil=True)
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


@compiled(nogil=True)
def soups_to_come(things: np.ndarray, game: int, pots: int, cooking: np.ndarray) -> int:
    """Return how many pots hold a soup begun or done; a full one that nobody heats is not one."""
    count = 0
    for pot in range(pots):
        case = in_front(things[game, pot], POT, cooking)
        count += case not in (NOTHING_THERE, FILLED)
    return count


@compiled(nogil=True)
def dish_lies(things: np.ndarray, game: int, pots: int) -> bool:
    """Return whether a dish lies on a counter."""
    dishes = 0
    for place in range(pots, things.shape[1]):
        dishes += things[game, place] == DISH
    return dishes > 0


@compiled(nogil=True)
def act(deed: int, supply: int, hand: int, thing: int) -> tuple[int, int, int]:
    """Return hand and thing after a deed, and its shaping reward but for dishes."""
    if deed == DROP:
        return NOTHING, hand, 0
    if deed == TAKE:
        return supply, thing, 0
    if deed == POUR:
        return NOTHING, thing + (AN_ONION if hand == ONION else A_TOMATO), POTTING
    if deed == HEAT:
        return hand, thing + A_STEP, 0
    if deed == LIFT:
        return thing, NOTHING, 0
    if deed == PLATE:
        return thing, NOTHING, SOUP_PICKUP
    if deed == SERVE:
        return NOTHING, thing, 0
    return hand, thing, 0


@compiled(nogil=True)
def interact(
    kitchens: Kitchens, game: int, player: int, word: int, soups: int, tables: Tables, pots: int
) -> int:
    """Let a cook interact with what it faces; return the team's reward."""
    things, hands = kitchens.now.things, kitchens.now.hands
    cook = word >> player * COOK_BITS
    cell, heading = cook & CELL_MASK, cook >> CELL_BITS & HEADING_MASK
    terrain, place = tables.facing[cell, heading, 0], tables.facing[cell, heading, 1]
    hand = np.int64(hands[game, player])
    thing = np.int64(things[game, place]) if place >= 0 else NOTHING
    held = hand if hand <= DISH else SOUP
    deed = tables.deeds[terrain, held, in_front(thing, terrain, tables.cooking)]
    if deed == NO_DEED:
        return 0
    after, left, shaping = act(deed, tables.supply[terrain], hand, thing)
    if after == DISH:
        carried = (hands[game, 0] == DISH) + (hands[game, 1] == DISH)
        useful = terrain == DISHES and carried < soups and not dish_lies(things, game, pots)
        shaping = DISH_PICKUP * useful
    hands[game, player] = after
    if place >= 0:
        things[game, place] = left
    kitchens.shaped[game, player] = shaping
    return tables.worth[hand >> 2 & RECIPE] if deed == SERVE else 0


@compiled(nogil=True)
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


@compiled(nogil=True)
def heat(things: np.ndarray, game: int, pots: int, cooking: np.ndarray, old: bool) -> None:
    """Let every pot cook for a step; a full one starts by itself where the dynamics are old."""
    for pot in range(pots):
        case = in_front(things[game, pot], POT, cooking)
        if case == HEATING:
            things[game, pot] += A_STEP
        elif case == FILLED and old:
            things[game, pot] += 2 * A_STEP


@compiled(nogil=True)
def first_fault(cooks: np.ndarray, actions: np.ndarray, horizon: int) -> int:
    """Return the first game that is over or whose actions are none, or -1."""
    for game in range(len(cooks)):
        if cooks[game] // CLOCK >= horizon:
            return game
        for player in range(2):
            if not 0 <= actions[game, player] <= INTERACT:
                return game
    return -1


@compiled(nogil=True)
def step_all(
    kitchens: Kitchens,
    actions: np.ndarray,
    rewards: np.ndarray,
    done: np.ndarray,
    tables: Tables,
    settings: tuple[int, bool, int],
) -> None:
    """Play one step of every game, in place; settings: pots, old dynamics, horizon."""
    cooks, things = kitchens.now.cooks, kitchens.now.things
    pots, old, horizon = settings
    for game in range(len(cooks)):
        word = np.int64(cooks[game])
        soups = soups_to_come(things, game, pots, tables.cooking)
        paid = 0
        for player in range(2):
            kitchens.shaped[game, player] = 0
            if actions[game, player] == INTERACT:
                paid += interact(kitchens, game, player, word, soups, tables, pots)
        word = move(word, actions[game, 0], actions[game, 1], tables.walk) + CLOCK
        heat(things, game, pots, tables.cooking, old)
        cooks[game] = word
        rewards[game, 0] = rewards[game, 1] = paid
        done[game] = word // CLOCK >= horizon


@compiled(nogil=True)
def show_pot(seen: np.ndarray, game: int, at: int, thing: int, cooking: np.ndarray) -> None:
    """Write what a pot holds into the channels from ``at``, those of its cell."""
    recipe, heated = thing >> 2 & RECIPE, thing // A_STEP
    first = at + (SOUP_AT if heated else IN_POT_AT)
    seen[game, first], seen[game, first + 1] = recipe & 3, recipe >> 2
    if heated:
        seen[game, at + REMAINING_AT] = cooking[recipe] + 1 - heated
        seen[game, at + DONE_AT] = heated > cooking[recipe]


@compiled(nogil=True)
def show_thing(seen: np.ndarray, game: int, at: int, thing: int) -> None:
    """Write what lies on a counter, or is in hand, into the channels from ``at``."""
    if ONION <= thing <= DISH:
        seen[game, at + ITEMS_AT[thing]] = 1
    elif thing != NOTHING:
        recipe = thing >> 2 & RECIPE
        seen[game, at + SOUP_AT], seen[game, at + SOUP_AT + 1] = recipe & 3, recipe >> 2
        seen[game, at + DONE_AT] = 1


@compiled(nogil=True)
def show_cooks(seen: np.ndarray, game: int, word: int, hands: np.ndarray, length: int) -> None:
    """Write the cooks, and what they hold, into both pictures, each of ``length``."""
    for player in range(2):
        cook = word >> player * COOK_BITS
        cell, heading = cook & CELL_MASK, cook >> CELL_BITS & HEADING_MASK
        for viewer in range(2):
            at = viewer * length + cell * WIDTH
            rank = player ^ viewer
            seen[game, at + rank] = 1
            seen[game, at + HEADINGS_AT[rank] + heading] = 1
            show_thing(seen, game, at, np.int64(hands[game, player]))


@compiled(nogil=True)
def observe_all(
    position: Position,
    grounds: np.ndarray,
    places: np.ndarray,
    cooking: np.ndarray,
    settings: tuple[int, bool, int],
    seen: np.ndarray,
) -> None:
    """Write what both see, shape (B, 2 * cells * 26).

    ``grounds`` is the bare kitchen, flat, before and after time begins to run out.
    """
    cooks, things, hands = position
    pots, _, horizon = settings
    length = grounds.shape[1]
    for game in range(len(cooks)):
        word = np.int64(cooks[game])
        late = 1 if horizon - word // CLOCK < URGENT else 0
        for at in range(length):
            seen[game, at] = grounds[late, at]
        for place in range(things.shape[1]):
            thing = np.int64(things[game, place])
            if thing != NOTHING:
                at = places[place] * WIDTH
                if place < pots:
                    show_pot(seen, game, at, thing, cooking)
                else:
                    show_thing(seen, game, at, thing)
        for at in range(length):
            seen[game, length + at] = seen[game, at]
        show_cooks(seen, game, word, hands, length)
