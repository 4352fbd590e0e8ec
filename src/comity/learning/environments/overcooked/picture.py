"""The picture of many kitchens in JAX."""

from __future__ import annotations

from functools import partial

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
    cells = jnp.arange(rules.cells)
    cooks = [_cook(now.cooks, player, cells) for player in (0, 1)]
    lying = _lying(rules, now, [cook[0] for cook in cooks])
    terrain = [
        jnp.broadcast_to(ground[:, channel], (size, rules.cells)) for channel in TERRAIN_AT.values()
    ]
    urgent = jnp.broadcast_to(
        (rules.horizon - unpack_time(now.cooks).astype(jnp.int32) < URGENT)[:, None],
        (size, rules.cells),
    )
    common = [*terrain, *lying, urgent]
    views = []
    for viewer in (0, 1):
        own, other = cooks[viewer], cooks[1 - viewer]
        channels = [own[0], other[0], *own[1], *other[1], *common]
        views.append(jnp.stack([channel.astype(jnp.uint8) for channel in channels], axis=-1))
    return jnp.stack(views, axis=1).reshape(size, 2, -1)


def _cook(words: Array, player: int, cells: Array) -> tuple[Array, list[Array]]:
    """Return where a cook is, (B, cells), and the same for each heading."""
    cell, heading = unpack_cook(words, player)
    here = cell[:, None] == cells
    return here, [here & (heading == way)[:, None] for way in range(4)]


def _lying(rules: Rules, now: Position, cooks: list[Array]) -> list[Array]:
    """Return the nine channels of things, each (B, cells)."""
    spots = np.full(rules.cells, now.things.shape[1])
    spots[rules.place_cells] = np.arange(now.things.shape[1])
    padded = jnp.pad(now.things, ((0, 0), (0, 1)))
    thing = padded[:, spots]
    for player, here in enumerate(cooks):
        thing = jnp.where(here, now.hands[:, player, None], thing)
    recipe, heated = thing >> 2 & 15, (thing // A_STEP).astype(jnp.int32)
    onions, tomatoes = recipe & 3, recipe >> 2
    pot = jnp.asarray(rules.terrain == POT)
    time = jnp.asarray(rules.cooking)[recipe]
    soup, idle = recipe > 0, pot & (heated == 0)
    done = soup & ~idle & (heated > time)
    left = jnp.where(pot & (heated > 0), time + 1 - heated, 0)
    return [
        jnp.where(idle, onions, 0),
        jnp.where(idle, tomatoes, 0),
        jnp.where(idle, 0, onions),
        jnp.where(idle, 0, tomatoes),
        left,
        done,
        thing == DISH,
        thing == ONION,
        thing == TOMATO,
    ]
