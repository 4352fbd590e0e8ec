"""Overcooked in JAX, whole batches at once: for learning on CPU and GPU."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp

from comity.learning.environments.arrays import batch, moves
from comity.learning.environments.overcooked.features import features
from comity.learning.environments.overcooked.kitchen import Kitchen
from comity.learning.environments.overcooked.layouts import DISHES, POT
from comity.learning.environments.overcooked.picture import picture
from comity.learning.environments.overcooked.rules import (
    A_STEP,
    A_TOMATO,
    ACTIONS,
    AN_ONION,
    COOKED,
    DISH,
    DISH_PICKUP,
    DROP,
    FILLED,
    FILLING,
    FULL,
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
    Kitchens,
    Position,
    Rules,
    pack_cooks,
    unpack_cook,
    unpack_time,
)
from comity.learning.environments.protocol import Engine, Start, Step

Array = jax.Array


class OvercookedBatched(Kitchen):
    """Overcooked in JAX; `Kitchen` lists the settings.

    Steps and pictures are compiled; all methods but ``start`` may be compiled into larger programs.
    """

    engine: Engine = "jax"

    def begin(self, rng: Any, size: int) -> Kitchens:
        """Return ``size`` fresh games."""
        return _under_way(self._begin(rng, batch(size)))

    def start(self, given: Start | Sequence[Start]) -> Kitchens:
        """Return games from given positions, see `positions`."""
        return _under_way(Position(*map(jnp.asarray, self._start(given))))

    def observe(self, state: Kitchens) -> Array:
        """Return what each cook sees, shape (B, 2, observations)."""
        if self.view == "features":
            return _features(self.rules, state.now)
        return picture(self.rules, state.now)

    def legal(self, state: Kitchens) -> Array:
        """Return that everything is allowed, always."""
        return jnp.ones((len(state.now.cooks), 2, len(ACTIONS)), bool)

    def acting(self, state: Kitchens) -> Array:
        """Return that both move until the game is over."""
        on = unpack_time(state.now.cooks) < self.rules.horizon
        return jnp.repeat(on[:, None], 2, axis=1)

    def step(self, state: Kitchens, actions: Any) -> Step:
        """Play one step; both are paid what the team earns.

        An action that is none, or any in a game that is over, ends it with rewards that are no
        numbers.
        """
        stated = moves("jax", actions, len(state.now.cooks), 2).astype(jnp.int32)
        fine = ((stated >= 0) & (stated < len(ACTIONS))).all(axis=1)
        fine &= unpack_time(state.now.cooks) < self.rules.horizon
        chosen = jnp.where(fine[:, None], stated, STAY)
        now, paid, shaped = advance(self.rules, state.now, chosen)
        rewards = jnp.where(fine, paid.astype(jnp.float32), jnp.nan)
        done = ~fine | (unpack_time(now.cooks) >= self.rules.horizon)
        after = Kitchens(now, shaped, state.origin)
        return Step(after, jnp.repeat(rewards[:, None], 2, axis=1), done)

    def shaped(self, state: Kitchens) -> Array:
        """Return the shaping reward that the last step brought each cook, shape (B, 2)."""
        return state.shaped.astype(jnp.float32)

    def renew(self, state: Kitchens, done: Any, rng: Any) -> Kitchens:
        """Return the state with fresh games in place of those that are done."""
        fresh = _under_way(self._begin(rng, len(state.now.cooks)))

        def pick(old: Array, new: Array) -> Array:
            return jnp.where(done.reshape((-1,) + (1,) * (old.ndim - 1)), new, old)

        renewed: Kitchens = jax.tree.map(pick, state, fresh)
        return renewed


@partial(jax.jit, static_argnames="rules")
def _features(rules: Rules, now: Position) -> Array:
    seen: Array = features(rules, now, jnp)
    return seen


def _under_way(position: Position) -> Kitchens:
    return Kitchens(position, jnp.zeros((len(position.cooks), 2), jnp.uint8), position)


@partial(jax.jit, static_argnames="rules")
def advance(rules: Rules, now: Position, actions: Array) -> tuple[Position, Array, Array]:
    """Return positions, team rewards and shaping rewards after a step; actions must be fine."""
    cooks, things, hands = now
    expected = soups_to_come(rules, things)
    paid, shaped = jnp.zeros(len(cooks), jnp.int32), []
    held = [hands[:, 0], hands[:, 1]]
    for player in (0, 1):
        acts = actions[:, player] == INTERACT
        cell, heading = unpack_cook(cooks, player)
        things, held[player], worth, own = interact(
            rules, acts, cell * 4 + heading, things, held[player], held[1 - player], expected
        )
        paid += worth
        shaped.append(own)
    things = heat(rules, things)
    after = Position(move(rules, cooks, actions), things, jnp.stack(held, axis=1))
    return after, paid, jnp.stack(shaped, axis=1).astype(jnp.uint8)


def in_front(rules: Rules, thing: Array, is_pot: Any) -> Array:
    """Return which of the cases of `Rules.deeds` lies in front."""
    recipe, heated = thing >> 2 & 15, thing // A_STEP
    filled = jnp.where((recipe & 3) + (recipe >> 2) == FULL, FILLED, FILLING)
    cooked = jnp.where(heated > jnp.asarray(rules.cooking)[recipe], COOKED, HEATING)
    inside = jnp.where(heated == 0, filled, cooked)
    return jnp.where(thing == NOTHING, NOTHING_THERE, jnp.where(is_pot, inside, SOMETHING))


def soups_to_come(rules: Rules, things: Array) -> Array:
    """Return how many pots hold a soup begun or done; a full one that nobody heats is not one."""
    case = in_front(rules, things[:, : rules.pots], True)
    return ((case != NOTHING_THERE) & (case != FILLED)).sum(axis=1)


def interact(
    rules: Rules,
    acts: Array,
    stance: Array,
    things: Array,
    hand: Array,
    other: Array,
    expected: Array,
) -> tuple[Array, Array, Array, Array]:
    """Return things, hand, team reward and shaping reward after one cook has interacted."""
    terrain, place = jnp.moveaxis(jnp.asarray(rules.facing.reshape(-1, 2))[stance], -1, 0)
    here = jnp.arange(things.shape[1]) == place[:, None]
    thing = jnp.where(here, things, 0).sum(axis=1, dtype=things.dtype)
    case = in_front(rules, thing, terrain == POT)
    deed = jnp.asarray(rules.deeds)[terrain, jnp.minimum(hand, SOUP), case]
    deed = jnp.where(acts, deed, 0)
    no_dish_lies = (things[:, rules.pots :] != DISH).all(axis=1)
    carried = (hand == DISH).astype(jnp.int32) + (other == DISH)
    useful = (terrain == DISHES) & no_dish_lies & (carried < expected)
    gives = jnp.asarray(rules.supply.astype(hand.dtype))
    poured = jnp.where(hand == ONION, AN_ONION, A_TOMATO).astype(things.dtype)
    left = jnp.select(
        [deed == DROP, (deed == LIFT) | (deed == PLATE), deed == POUR, deed == HEAT],
        [hand, jnp.zeros_like(hand), thing + poured, thing + A_STEP],
        thing,
    )
    after = jnp.select(
        [(deed == DROP) | (deed == POUR) | (deed == SERVE), (deed == LIFT) | (deed == PLATE),
         deed == TAKE],
        [jnp.zeros_like(hand), thing, gives[terrain]],
        hand,
    )  # fmt: skip
    worth = jnp.where(deed == SERVE, jnp.asarray(rules.worth)[hand >> 2 & 15], 0)
    own = jnp.select(
        [deed == POUR, deed == PLATE, (deed == TAKE) & useful],
        [POTTING, SOUP_PICKUP, DISH_PICKUP],
        0,
    )
    return jnp.where(here, left[:, None], things), after, worth, own


def heat(rules: Rules, things: Array) -> Array:
    """Return the things after every pot has cooked for a step."""
    pots = things[:, : rules.pots]
    case = in_front(rules, pots, True)
    warmer = jnp.where(case == HEATING, A_STEP, 0)
    if rules.old_dynamics:
        warmer = jnp.where(case == FILLED, 2 * A_STEP, warmer)
    return jnp.concatenate([pots + warmer.astype(things.dtype), things[:, rules.pots :]], axis=1)


def move(rules: Rules, cooks: Array, actions: Array) -> Array:
    """Return the words after both have moved, unless they would meet or change places."""
    stances = [unpack_cook(cooks, player) for player in (0, 1)]
    cells = [cell.astype(jnp.int32) for cell, _ in stances]
    walk = jnp.asarray(rules.walk.reshape(-1))
    goals = [walk[cells[player] * 6 + actions[:, player]] for player in (0, 1)]
    swap = (goals[0] == cells[1]) & (goals[1] == cells[0])
    stuck = (goals[0] == goals[1]) | swap
    unsigned = cooks.dtype
    there = [jnp.where(stuck, cells[p], goals[p]).astype(unsigned) for p in (0, 1)]
    turns = [actions[:, p].astype(unsigned) for p in (0, 1)]
    facing = [jnp.where(turns[p] < STAY, turns[p], stances[p][1]) for p in (0, 1)]
    return pack_cooks(there, facing, unpack_time(cooks) + 1)
