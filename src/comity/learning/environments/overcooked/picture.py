"""The picture of many kitchens in JAX."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.learning.environments.overcooked.layouts import POT
from comity.learning.environments.overcooked.rules import (
    A_STEP,
    DISH,
    ONION,
    TOMATO,
    URGENT,
    Position,
    Rules,
    unpack_cook,
    unpack_time,
)
from comity.learning.environments.overcooked.view import TERRAIN_AT, bare

Array = jax.Array


@partial(jax.jit, static_argnames="rules")
def picture(rules: Rules, now: Position) -> Array:
    """Return what both see, shape (B, 2, cells * 26), uint8; see `view`."""
    size, ground = len(now.cooks), bare(rules)
    cooks = [_cook(rules, now.cooks, player) for player in (0, 1)]
    late = rules.horizon - unpack_time(now.cooks).astype(jnp.int32) < URGENT
    common = [
        *(np.broadcast_to(ground[:, at], (size, rules.cells)) for at in TERRAIN_AT.values()),
        *_lying(rules, now, [here for here, _ in cooks]),
        jnp.broadcast_to(late[:, None], (size, rules.cells)),
    ]
    views = []
    for viewer in (0, 1):
        (own, own_ways), (other, other_ways) = cooks[viewer], cooks[1 - viewer]
        views.append(_stack([own, other, *own_ways, *other_ways]))
    both = jnp.broadcast_to(_stack(common)[:, None], (size, 2, rules.cells, len(common)))
    return jnp.concatenate([jnp.stack(views, axis=1), both], axis=-1).reshape(size, 2, -1)


def _stack(channels: list[Any]) -> Array:
    return jnp.stack([channel.astype(jnp.uint8) for channel in channels], axis=-1)


def _cook(rules: Rules, words: Array, player: int) -> tuple[Array, list[Array]]:
    """Return where a cook is, (B, cells), and the same for each heading."""
    cell, heading = unpack_cook(words, player)
    here = cell[:, None] == jnp.arange(rules.cells)
    return here, [here & (heading == way)[:, None] for way in range(4)]


def _lying(rules: Rules, now: Position, cooks: list[Array]) -> list[Array]:
    """Return the nine channels of things, each (B, cells)."""
    places = {int(cell): place for place, cell in enumerate(rules.place_cells)}
    floor = jnp.zeros_like(now.things[:, :1])
    columns = [
        now.things[:, places[cell], None] if cell in places else floor
        for cell in range(rules.cells)
    ]
    thing = jnp.concatenate(columns, axis=1)
    for player, here in enumerate(cooks):
        thing = jnp.where(here, now.hands[:, player, None], thing)
    recipe, heated = thing >> 2 & 15, (thing // A_STEP).astype(jnp.int32)
    onions, tomatoes = recipe & 3, recipe >> 2
    pot, time = jnp.asarray(rules.terrain == POT), cooking_time(rules, recipe)
    idle = pot & (heated == 0)
    return [
        jnp.where(idle, onions, 0),
        jnp.where(idle, tomatoes, 0),
        jnp.where(idle, 0, onions),
        jnp.where(idle, 0, tomatoes),
        jnp.where(pot & (heated > 0), time + 1 - heated, 0),
        (recipe > 0) & ~idle & (heated > time),
        thing == DISH,
        thing == ONION,
        thing == TOMATO,
    ]


def cooking_time(rules: Rules, recipe: Array) -> Array:
    """Return the steps that soups cook: one number where all cook alike."""
    times = rules.cooking
    if (times == times[0]).all():
        return jnp.int32(times[0])
    return jnp.asarray(times)[recipe]
