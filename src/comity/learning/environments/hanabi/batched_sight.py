"""What players of Hanabi see and may do, in JAX, for all games of a batch at once."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from comity.learning.environments.hanabi.batched_moves import flag
from comity.learning.environments.hanabi.batched_state import (
    HanabiState,
    cards_dealt,
    colour_of,
    held,
    information,
    is_over,
    lives,
    mover,
    rank_of,
)
from comity.learning.environments.hanabi.bits import Bits, Word, chosen, expanded
from comity.learning.environments.hanabi.layout import length
from comity.learning.environments.hanabi.rules import (
    ANY,
    CARD_BITS,
    CARDS_IN_GONE,
    MATCHES,
    MATCHES_MASK,
    MINIMAL,
    MOVED_CARD,
    MOVER,
    RANKS_TOLD,
    SCORED,
    SHORT,
    TOKEN,
    Rules,
    actions_of,
    copies,
)

ONE = np.uint32(1)


def observed(state: HanabiState, rules: Rules) -> Any:
    """Return what each player sees, shape (B, n, length), uint8."""
    return expanded(seen(turned(state, rules), rules), length(rules))


def turned(state: HanabiState, rules: Rules) -> HanabiState:
    """Return the state as each seat counts the players, own first: words of shape (B, n)."""
    players, mask = rules.players, (1 << rules.players) - 1
    seats = jnp.arange(players, dtype=jnp.uint32)
    short = state.turn[:, None] >> SHORT
    short = ((short >> seats) | (short << (players - seats))) & mask
    by = ((state.last[:, None] >> MOVER) & 7) + (players - seats)
    by = jnp.where(by >= players, by - players, by)

    def own_first(words: tuple[Word, ...]) -> tuple[Word, ...]:
        by_seat = words + words
        return tuple(
            jnp.stack(by_seat[offset : offset + players], axis=1) for offset in range(players)
        )

    return HanabiState(
        board=state.board[:, None],
        turn=(state.turn[:, None] & ((1 << SHORT) - 1)) | (short << SHORT),
        last=(state.last[:, None] & ~np.uint32(7 << MOVER)) | (by << MOVER),
        gone=(state.gone[0][:, None], state.gone[1][:, None]),
        hands=own_first(state.hands),
        colours=own_first(state.colours),
        ranks=own_first(state.ranks),
        told=own_first(state.told),
        deck=(),
    )


def seen(view: HanabiState, rules: Rules) -> Any:
    """Return what each seat sees as packed bits, shape (B, n, words), uint32, from `turned`."""
    bits = Bits()
    put_table(bits, view, rules)
    put_last(bits, view, rules)
    if rules.sees != MINIMAL:
        put_knowledge(bits, view, rules)
    return bits.words(view.turn.shape)


def one_hot(card: Word, rules: Rules) -> Word:
    """Return the bit of a card among all."""
    return ONE << (colour_of(card) * rules.ranks + rank_of(card))


def put_table(bits: Bits, state: HanabiState, rules: Rules) -> None:
    """Write the hands of the others, the tokens, the piles and the discards."""
    kinds = rules.colours * rules.ranks
    for player in range(1, rules.players):
        size = held(state, player, rules)
        for place in range(rules.hand):
            card = (state.hands[player] >> (CARD_BITS * place)) & 31
            bits.put(jnp.where(place < size, one_hot(card, rules), 0), kinds)
    bits.put((state.turn >> SHORT) & ((1 << rules.players) - 1), rules.players)
    bits.thermometer(rules.cards - cards_dealt(state), rules.cards - rules.players * rules.hand)
    for colour in range(rules.colours):
        bits.put((ONE << ((state.board >> (3 * colour)) & 7)) >> 1, rules.ranks)
    bits.thermometer(information(state), rules.information)
    bits.thermometer(lives(state), rules.lives)
    for colour in range(rules.colours):
        for rank in range(rules.ranks):
            word, card = divmod(5 * colour + rank, CARDS_IN_GONE)
            bits.thermometer((state.gone[word] >> (2 * card)) & 3, copies(rank, rules.ranks))


def put_last(bits: Bits, state: HanabiState, rules: Rules) -> None:
    """Write the last move: who, what kind, to whom, what was told or which card."""
    last, hand, players = state.last, rules.hand, rules.players
    there = (last >> ANY) & 1 == 1
    action = last & 63
    discards, moves = there & (action < hand), there & (action < 2 * hand)
    plays = moves & ~discards
    by = (last >> MOVER) & 7
    hint = jnp.where(moves, 0, action - 2 * hand)
    split = (players - 1) * rules.colours
    by_rank = there & ~moves & (hint >= split)
    by_colour = there & ~moves & ~by_rank
    hint = jnp.where(by_rank, hint - split, hint)
    offset = 1 + jnp.where(by_rank, hint // rules.ranks, hint // rules.colours)
    to = jnp.where(by + offset >= players, by + offset - players, by + offset)
    place = jnp.where(plays, action - hand, action)

    def only(condition: Any, value: Word) -> Word:
        return jnp.where(condition, value, 0)

    bits.put_all(
        [
            (only(there, ONE << by), players),
            *((flag(kind), 1) for kind in (plays, discards, by_colour, by_rank)),
            (only(by_colour | by_rank, ONE << to), players),
            (only(by_colour, ONE << (hint % rules.colours)), rules.colours),
            (only(by_rank, ONE << (hint % rules.ranks)), rules.ranks),
            (only(~moves, (last >> MATCHES) & MATCHES_MASK), hand),
            (only(moves, ONE << place), hand),
            (only(moves, one_hot((last >> MOVED_CARD) & 31, rules)), rules.colours * rules.ranks),
            (only(plays, (last >> SCORED) & 1), 1),
            (only(plays, (last >> TOKEN) & 1), 1),
        ]
    )


def put_knowledge(bits: Bits, state: HanabiState, rules: Rules) -> None:
    """Write what each card may be and what was told of it, own cards first."""
    for player in range(rules.players):
        size = held(state, player, rules)
        for place in range(rules.hand):
            there = place < size
            colours = jnp.where(there, state.colours[player] >> (CARD_BITS * place) & 31, 0)
            ranks = jnp.where(there, state.ranks[player] >> (CARD_BITS * place) & 31, 0)
            told = state.told[player] >> place
            for colour in range(rules.colours):
                bits.put(jnp.where((colours >> colour) & 1 == 1, ranks, 0), rules.ranks)
            bits.put(jnp.where(told & 1 == 1, colours, 0), rules.colours)
            bits.put(jnp.where((told >> RANKS_TOLD) & 1 == 1, ranks, 0), rules.ranks)


def legal(state: HanabiState, rules: Rules) -> Any:
    """Return which actions each player may take: everything where it waits."""
    player, token = mover(state), information(state)
    own = (ONE << held(state, player, rules)) - 1
    bits = Bits()
    bits.put(jnp.where(token < rules.information, own, 0), rules.hand)
    bits.put(own, rules.hand)
    kinds = [told_kinds(state, player, offset, rules) for offset in range(1, rules.players)]
    for which, width in ((0, rules.colours), (1, rules.ranks)):
        for kind in kinds:
            bits.put(jnp.where(token > 0, kind[which], 0), width)
    allowed = expanded(bits.words(player.shape), actions_of(rules)).astype(bool)
    seats = jnp.arange(rules.players, dtype=jnp.uint32)
    waits = (player[:, None] != seats) | is_over(state)[:, None]
    return waits[:, :, None] | allowed[:, None, :]


def told_kinds(state: HanabiState, player: Word, offset: int, rules: Rules) -> tuple[Word, Word]:
    """Return the colours and ranks that a hand may be told of, one bit each."""
    target = player + offset
    target = jnp.where(target >= rules.players, target - rules.players, target)
    hand, size = chosen(target, state.hands), held(state, target, rules)
    colours = ranks = jnp.zeros_like(hand)
    if rules.empty:
        return colours + ((1 << rules.colours) - 1), ranks + ((1 << rules.ranks) - 1)
    for place in range(rules.hand):
        card = (hand >> (CARD_BITS * place)) & 31
        there = flag(place < size)
        colours = colours | (there << colour_of(card))
        ranks = ranks | (there << rank_of(card))
    return colours, ranks
