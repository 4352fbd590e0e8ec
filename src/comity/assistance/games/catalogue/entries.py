"""The catalogue of assistance games by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comity.assistance.games.catalogue.cake_or_pie import cake_or_pie
from comity.assistance.games.catalogue.chef_world import chef_world
from comity.assistance.games.catalogue.kitchen import kitchen_helper
from comity.assistance.games.catalogue.meal_choice import meal_choice
from comity.assistance.games.catalogue.off_switch import off_switch
from comity.assistance.games.catalogue.wormy_apples import wormy_apples
from comity.assistance.games.game import AssistanceGame
from comity.core.choices import pick
from comity.core.errors import InputError


@dataclass(frozen=True)
class Entry:
    """A game of the catalogue: the function that makes it, and what it is known for."""

    make: Callable[..., AssistanceGame]
    note: str


GAMES: dict[str, Entry] = {
    "cake-or-pie": Entry(cake_or_pie, "A question is worth its price only to the unsure."),
    "wormy-apples": Entry(wormy_apples, "The best plan asks only once the answer matters."),
    "meal-choice": Entry(meal_choice, "Prepare what is needed anyway; ask when one can."),
    "off-switch": Entry(off_switch, "Deferring to one who knows better never costs anything."),
    "chef-world": Entry(chef_world, "The person's first move teaches the recipe."),
    "kitchen-helper": Entry(kitchen_helper, "Where the person walks tells which soup it wants."),
}
"""All games of the catalogue by name."""


def catalogue_game(name: str, **settings: Any) -> AssistanceGame:
    """Return a game of the catalogue, with settings of the function that makes it.

    Examples
    --------
    >>> catalogue_game("chef-world", recipes=2).goals
    ('pancakes', 'meringue')
    """
    entry = pick(GAMES, name, "no such assistance game", "game")
    known = inspect.signature(entry.make).parameters
    for setting in settings:
        if setting not in known:
            raise InputError(
                "no such setting", place=name, found=setting, expected=", ".join(known) or "none"
            )
    return entry.make(**settings)
