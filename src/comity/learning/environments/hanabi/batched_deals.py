"""Shuffled decks and fresh games of Hanabi in JAX.

A CPU draws card after card, and only for games that ended; a GPU, on which each of these steps
would be a program of its own, sorts whole decks at once for all. Both shuffle fairly; from one key
they do not make the same decks.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.learning.environments.arrays import on_cpu
from comity.learning.environments.hanabi.batched_state import HanabiState
from comity.learning.environments.hanabi.decks import sorted_deck
from comity.learning.environments.hanabi.rules import (
    CARD_BITS,
    CARDS_A_WORD,
    DEALT,
    INFORMATION,
    LIVES,
    RANKS_TOLD,
    SEER,
    TURNS_LEFT,
    Rules,
    copies,
)

ROUNDS = 16
"""Fresh games are made for this fraction of the batch at a time."""


def shuffled(key: Any, size: int, rules: Rules) -> Any:
    """Return shuffled decks, shape (cards, size), uint32."""
    return drawn(key, size, rules) if on_cpu() else sorted_by_chance(key, size, rules)


def sorted_by_chance(key: Any, size: int, rules: Rules) -> Any:
    """Return decks, shape (cards, size), sorted by 27 random bits a card.

    In one deck of 110,000 two cards have the same bits; these two lie in order.
    """
    cards = jnp.asarray(sorted_deck(rules), dtype=jnp.uint32)
    bits = jax.random.bits(key, (size, rules.cards), dtype=jnp.uint32)
    return (jnp.sort((bits & ~jnp.uint32(31)) | cards, axis=1) & 31).T


def drawn(key: Any, size: int, rules: Rules) -> Any:
    """Return decks, shape (cards, size), drawn one by one from what is left of each kind.

    All are alike in likelihood up to one part in 2^26.
    """
    kinds = [(c, r) for c in range(rules.colours) for r in range(rules.ranks)]
    names = jnp.asarray([5 * c + r for c, r in kinds], dtype=jnp.uint32)
    up_to = np.cumsum([copies(r, rules.ranks) for _, r in kinds]).astype(np.int32)
    places = np.arange(len(kinds), dtype=np.int32)[:, None]
    draws = jax.random.bits(key, (rules.cards, size), dtype=jnp.uint32)

    def draw(left: Any, given: tuple[Any, Any]) -> tuple[Any, Any]:
        bits, count = given
        high = (bits >> 16) * count + (((bits & 0xFFFF) * count) >> 16)
        which = (left <= (high >> 16).astype(jnp.int32)).sum(axis=0)
        return left - (places >= which), names[which]

    left = jnp.broadcast_to(jnp.asarray(up_to)[:, None], (len(kinds), size))
    counts = jnp.arange(rules.cards, 0, -1, dtype=jnp.uint32)
    return jax.lax.scan(draw, left, (draws, counts))[1]


def dealt(deck: Any, rules: Rules) -> HanabiState:
    """Return fresh games from decks, shape (cards, B), uint32."""
    zero = jnp.zeros_like(deck[0])
    first = rules.players * rules.hand
    hands = [deck[seat * rules.hand : (seat + 1) * rules.hand] for seat in range(rules.players)]
    words = [deck[start : start + CARDS_A_WORD] for start in range(0, rules.cards, CARDS_A_WORD)]
    return HanabiState(
        board=zero + ((rules.information << INFORMATION) | (rules.lives << LIVES)),
        turn=zero + ((rules.players << TURNS_LEFT) | (first << DEALT)),
        last=zero,
        gone=(zero, zero),
        hands=tuple(fields(cards) for cards in hands),
        colours=tuple(fields([knowledge(card, rules)[0] for card in cards]) for cards in hands),
        ranks=tuple(fields([knowledge(card, rules)[1] for card in cards]) for cards in hands),
        told=tuple(zero + all_told(rules) for _ in hands),
        deck=tuple(fields(cards) for cards in words),
    )


def fields(values: Any) -> Any:
    """Return values packed into one word, five bits each."""
    word = values[0]
    for place in range(1, len(values)):
        word = word | (values[place] << (CARD_BITS * place))
    return word


def knowledge(card: Any, rules: Rules) -> tuple[Any, Any]:
    """Return the colours and ranks that a new card may have, as its holder knows."""
    if rules.sees == SEER:
        colour = (card * 13) >> 6
        one = jnp.uint32(1)
        return one << colour, one << (card - 5 * colour)
    zero = jnp.zeros_like(card)
    return zero + ((1 << rules.colours) - 1), zero + ((1 << rules.ranks) - 1)


def all_told(rules: Rules) -> int:
    """Return what is told of a fresh hand: all for a seer, nothing else."""
    every = (1 << rules.hand) - 1
    return every | (every << RANKS_TOLD) if rules.sees == SEER else 0


def renewed(state: HanabiState, done: Any, key: Any, rules: Rules) -> HanabiState:
    """Return the state with fresh games in place of those that are done."""
    if on_cpu():
        return renewed_in_rounds(state, done, key, rules)
    games = dealt(shuffled(key, len(done), rules), rules)
    found: HanabiState = jax.tree.map(lambda old, new: jnp.where(done, new, old), state, games)
    return found


def renewed_in_rounds(state: HanabiState, done: Any, key: Any, rules: Rules) -> HanabiState:
    """Return the same; decks are shuffled only for those, in rounds of a part of the batch."""
    size = len(done)
    few = -(-size // ROUNDS)

    def fresh(carry: tuple[HanabiState, Any, Any]) -> tuple[HanabiState, Any, Any]:
        state, left, key = carry
        key, now = jax.random.split(key)
        (places,) = jnp.nonzero(left, size=few, fill_value=size)
        games = dealt(shuffled(now, few, rules), rules)
        state = jax.tree.map(lambda old, new: old.at[places].set(new, mode="drop"), state, games)
        return state, left.at[places].set(False, mode="drop"), key

    return jax.lax.while_loop(lambda carry: carry[1].any(), fresh, (state, done, key))[0]
