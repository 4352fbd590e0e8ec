"""What both engines of Overcooked share: its rules, its shape, how games begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from comity.core import InputError
from comity.learning.environments.arrays import draw, namespace, starts
from comity.learning.environments.overcooked.features import FEATURES
from comity.learning.environments.overcooked.layouts import (
    PLAYERS,
    Layout,
    named_layout,
    reach,
    read_layout,
)
from comity.learning.environments.overcooked.positions import (
    KEYS,
    fresh,
    read_positions,
    show_positions,
    usual_start,
)
from comity.learning.environments.overcooked.recipes import Recipes
from comity.learning.environments.overcooked.rules import (
    ACTIONS,
    HEADINGS,
    Kitchens,
    Position,
    Rules,
    pack_cooks,
)
from comity.learning.environments.overcooked.symmetries import images
from comity.learning.environments.overcooked.view import CHANNELS, grounds
from comity.learning.environments.protocol import Engine, Shape, Start
from comity.learning.environments.stated import flag

VIEWS = ("picture", "features")


class Kitchen:
    """Rules, variant and shape of Overcooked, and the positions that games begin from.

    Parameters
    ----------
    engine : that of the class, or None.
    layout : a name, see `named_layout`, or the text of a kitchen, see `read_layout`.
    recipes : what soups are worth, see `Recipes.from_dict`; the layout's own unless given.
    old_dynamics : whether full pots start to cook by themselves; see `Rules`.
    horizon : steps of a game.
    view : ``picture``, the lossless encoding of overcooked_ai, or ``features``, a short
        vector of float32.
    random_start : whether each cook begins anywhere it can walk to, facing anywhere, instead of
        at its place.
    """

    name = "overcooked"
    engine: Engine

    def __init__(
        self,
        engine: Engine | None = None,
        layout: str = "cramped_room",
        recipes: Mapping[str, Any] | None = None,
        old_dynamics: bool = False,
        horizon: int = 400,
        view: str = "picture",
        random_start: bool = False,
    ) -> None:
        if view not in VIEWS:
            raise InputError("no such view", place="view", found=view, expected=" or ".join(VIEWS))
        if engine not in (None, self.engine):
            raise InputError(
                "not the engine of this class", place="engine", found=engine, expected=self.engine
            )
        self.rules = Rules(_layout(layout, recipes), old_dynamics, horizon)
        self.view = view
        self.variant: dict[str, object] = {
            "layout": layout,
            "recipes": None if recipes is None else self.rules.layout.recipes.to_dict(),
            "old_dynamics": old_dynamics,
            "horizon": horizon,
            "view": view,
            "random_start": random_start,
        }
        self._words = (
            any_start(self.rules) if flag(random_start, "random_start") else usual_start(self.rules)
        )
        self._images = images(self.rules, self._words) if view == "picture" else []
        length = self.rules.cells * len(CHANNELS) if view == "picture" else len(FEATURES)
        self.shape = Shape(
            players=("cook 1", "cook 2"),
            actions=(len(ACTIONS),) * PLAYERS,
            observations=(length,) * PLAYERS,
            horizon=horizon,
            turns=False,
            symmetries=tuple(image.symmetry() for image in self._images),
        )
        self._settings = self.rules.pots, old_dynamics, horizon
        self._grounds = grounds(self.rules)

    def _begin(self, rng: Any, size: int) -> Position:
        """Return ``size`` positions that a game begins from."""
        xp, ways = namespace(self.engine), len(self._words)
        drawn = draw(self.engine, rng, ways, (size,)) if ways > 1 else xp.zeros(size, xp.int32)
        return fresh(self.rules, xp.asarray(self._words)[drawn], xp)

    def _start(self, given: Start | Sequence[Start]) -> Position:
        """Return the positions that are given."""
        return read_positions(self.rules, starts(given, KEYS))

    def given(self, state: Kitchens) -> list[dict[str, Any]]:
        """Return how each game began, as `positions` writes it."""
        return show_positions(self.rules, state.origin)

    def positions(self, state: Kitchens) -> list[dict[str, Any]]:
        """Return where each game stands, as plain JSON that `start` reads."""
        return show_positions(self.rules, state.now)

    def relabel(self, state: Kitchens, symmetry: int, permutation: Any) -> Kitchens:
        """Return the kitchens seen in the mirror, where a permutation of two labels says so."""
        if list(permutation) == [0, 1]:
            return state
        image, xp = self._images[symmetry], namespace(self.engine)
        now, origin = (image.position(part, xp) for part in (state.now, state.origin))
        return Kitchens(now, state.shaped, origin)

    def describe(self, player: int, action: int) -> str:
        """Return an action in words."""
        del player
        return ACTIONS[action]


def _layout(layout: str, recipes: Mapping[str, Any] | None) -> Layout:
    stated = None if recipes is None else Recipes.from_dict(recipes)
    if isinstance(layout, str) and "\n" in layout:
        return read_layout(layout, recipes=stated)
    named = named_layout(layout)
    return named if stated is None else read_layout(named.text(), named.name, stated)


def any_start(rules: Rules) -> np.ndarray:
    """Return the packed words of all starts: each cook where it can walk to, facing anywhere."""
    first, second = (
        [rules.number(cell) for cell in sorted(reach(rules.layout, start))]
        for start in rules.layout.starts
    )
    ways = np.array(
        [
            (one, two, facing_one, facing_two)
            for one, two in product(first, second)
            if one != two
            for facing_one, facing_two in product(range(len(HEADINGS)), repeat=PLAYERS)
        ],
        np.uint32,
    ).T
    words: np.ndarray = pack_cooks(ways[:2], ways[2:], np.zeros_like(ways[0]))
    return words
