"""A move of Hanabi in JAX, for all games of a batch at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp

from comity.learning.environments.hanabi.batched_deals import knowledge
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
    score,
)
from comity.learning.environments.hanabi.bits import Word, chosen, replaced, without
from comity.learning.environments.hanabi.rules import (
    ANY,
    CARD_BITS,
    CARDS_A_WORD,
    CARDS_IN_GONE,
    DEALT,
    INFORMATION,
    LIVES,
    MATCHES,
    MOVED_CARD,
    MOVER,
    OVER,
    RANKS_TOLD,
    SCORED,
    SEER,
    SHORT,
    TOKEN,
    TURNS_LEFT,
    Rules,
    actions_of,
)


class Chosen(NamedTuple):
    """An action taken apart, in each game.

    Attributes
    ----------
    action, player : which, and whose.
    discards, plays, tells : whether it is legal and of this kind.
    place, card : of a card that is moved.
    fits : whether the card would score.
    target, by_rank, value : of a hint.
    matches : cards that a hint touches, one bit each.
    """

    action: Word
    player: Word
    discards: Any
    plays: Any
    tells: Any
    place: Word
    card: Word
    fits: Any
    target: Word
    by_rank: Any
    value: Word
    matches: Word


def flag(condition: Any) -> Word:
    """Return 1 where a condition holds, else 0."""
    return condition.astype(jnp.uint32)


def read(state: HanabiState, actions: Any, rules: Rules) -> Chosen:
    """Return the action of who is to move, shape (B, n), taken apart."""
    player = mover(state)
    stated = chosen(player, tuple(actions[:, seat] for seat in range(rules.players)))
    known = (stated >= 0) & (stated < actions_of(rules)) & ~is_over(state)
    action = jnp.where(known, stated, 0).astype(jnp.uint32)
    by_card = known & (action < 2 * rules.hand)
    place = jnp.where(action < rules.hand, action, jnp.where(by_card, action - rules.hand, 0))
    there = place < held(state, player, rules)
    card = (chosen(player, state.hands) >> (CARD_BITS * place)) & 31
    hint = jnp.where(by_card, 0, action - 2 * rules.hand)
    by_rank = hint >= (rules.players - 1) * rules.colours
    hint = jnp.where(by_rank, hint - (rules.players - 1) * rules.colours, hint)
    offset = 1 + jnp.where(by_rank, hint // rules.ranks, hint // rules.colours)
    value = jnp.where(by_rank, hint % rules.ranks, hint % rules.colours)
    target = player + offset
    target = jnp.where(target >= rules.players, target - rules.players, target)
    matches = touched(state, target, by_rank, value, rules)
    token = information(state)
    return Chosen(
        action=action,
        player=player,
        discards=by_card & (action < rules.hand) & there & (token < rules.information),
        plays=by_card & (action >= rules.hand) & there,
        tells=known & ~by_card & (token > 0) & ((matches > 0) | bool(rules.empty)),
        place=place,
        card=card,
        fits=(state.board >> (3 * colour_of(card))) & 7 == rank_of(card),
        target=target,
        by_rank=by_rank,
        value=value,
        matches=matches,
    )


def touched(state: HanabiState, target: Word, by_rank: Any, value: Word, rules: Rules) -> Word:
    """Return which cards of a hand have a colour or a rank, one bit each."""
    hand, size = chosen(target, state.hands), held(state, target, rules)
    matches = jnp.zeros_like(hand)
    for place in range(rules.hand):
        card = (hand >> (CARD_BITS * place)) & 31
        same = jnp.where(by_rank, rank_of(card), colour_of(card)) == value
        matches = matches | (flag(same & (place < size)) << place)
    return matches


def moved(state: HanabiState, actions: Any, rules: Rules) -> tuple[HanabiState, Any, Any]:
    """Return the state after a step, the change of the score, and which games are over."""
    move = read(state, actions, rules)
    legal = move.discards | move.plays | move.tells
    scores = move.plays & move.fits
    full = information(state) == rules.information
    back = move.discards | (scores & (rank_of(move.card) == rules.ranks - 1) & ~full)
    board = state.board + (flag(back) << INFORMATION) - (flag(move.tells) << INFORMATION)
    board = board - (flag(move.plays & ~move.fits) << LIVES)
    board = board + (flag(scores) << (3 * colour_of(move.card)))
    last = move.action | (move.player << MOVER) | (1 << ANY)
    last = last | (jnp.where(move.tells, 0, move.card) << MOVED_CARD)
    last = last | (flag(scores) << SCORED) | (flag(back) << TOKEN)
    last = last | (jnp.where(move.tells, move.matches, 0) << MATCHES)
    after = taken(state, move, rules)._replace(
        board=board,
        last=jnp.where(legal, last, state.last),
        gone=discarded(state, move),
    )
    after = told(after, move, rules)
    return passed_on(state, after, move, rules)


def discarded(state: HanabiState, move: Chosen) -> tuple[Word, Word]:
    """Return the discards with the card of a discard or of a play that did not fit."""
    goes = flag(move.discards | (move.plays & ~move.fits))
    low = move.card < CARDS_IN_GONE
    shift = 2 * jnp.where(low, move.card, move.card - CARDS_IN_GONE)
    more = goes << shift
    return state.gone[0] + jnp.where(low, more, 0), state.gone[1] + jnp.where(low, 0, more)


def taken(state: HanabiState, move: Chosen, rules: Rules) -> HanabiState:
    """Return the state with the card out of the hand and another drawn if there is one."""
    goes, player, place = move.discards | move.plays, move.player, move.place
    dealt = cards_dealt(state)
    draws = dealt < rules.cards
    card = chosen(dealt // CARDS_A_WORD, state.deck) >> (CARD_BITS * (dealt % CARDS_A_WORD)) & 31
    top = rules.hand - 1
    colours, ranks = knowledge(card, rules)

    def changed(words: tuple[Word, ...], new: Word) -> tuple[Word, ...]:
        word = without(chosen(player, words), place, CARD_BITS)
        word = word | (jnp.where(draws, new, 0) << (CARD_BITS * top))
        return replaced(words, player, word, goes)

    both = chosen(player, state.told)
    seen = jnp.where(draws, jnp.uint32(rules.sees == SEER), 0) << top
    told = without(both & 63, place, 1) | seen
    told = told | ((without(both >> RANKS_TOLD, place, 1) | seen) << RANKS_TOLD)
    turn = state.turn + (flag(goes & draws) << DEALT)
    return state._replace(
        turn=turn | (flag(goes & ~draws) << (SHORT + player)),
        hands=changed(state.hands, card),
        colours=changed(state.colours, colours),
        ranks=changed(state.ranks, ranks),
        told=replaced(state.told, player, told, goes),
    )


def told(state: HanabiState, move: Chosen, rules: Rules) -> HanabiState:
    """Return the state with what a hint says written to the hand it is about."""
    target, size = move.target, held(state, move.target, rules)
    word = jnp.where(move.by_rank, chosen(target, state.ranks), chosen(target, state.colours))
    one = jnp.uint32(1) << move.value
    known = jnp.zeros_like(word)
    for place in range(rules.hand):
        field = (word >> (CARD_BITS * place)) & 31
        match = (move.matches >> place) & 1 == 1
        known = known | (
            jnp.where(match, one, jnp.where(place < size, field & ~one, field))
            << (CARD_BITS * place)
        )
    heard = chosen(target, state.told)
    heard = heard | (move.matches << jnp.where(move.by_rank, RANKS_TOLD, 0).astype(jnp.uint32))
    return state._replace(
        colours=replaced(state.colours, target, known, move.tells & ~move.by_rank),
        ranks=replaced(state.ranks, target, known, move.tells & move.by_rank),
        told=replaced(state.told, target, heard, move.tells),
    )


def passed_on(
    before: HanabiState, after: HanabiState, move: Chosen, rules: Rules
) -> tuple[HanabiState, Any, Any]:
    """Return the state with the turn passed on, the change of the score, and what is over."""
    legal = move.discards | move.plays | move.tells
    empty = cards_dealt(before) == rules.cards
    turn = after.turn - (flag(empty & legal) << TURNS_LEFT)
    following = jnp.where(move.player + 1 == rules.players, 0, move.player + 1)
    turn = (turn & ~jnp.uint32(7)) | following
    points = score(after.board, rules)
    bombed = lives(after) == 0
    over = bombed | (points == rules.colours * rules.ranks) | ((turn >> TURNS_LEFT) & 7 == 0)
    turn = jnp.where(legal, turn | (flag(over) << OVER), before.turn | (1 << OVER))
    gained = flag(move.plays & move.fits).astype(jnp.float32)
    if not rules.keeps:
        gained = jnp.where(bombed, -points.astype(jnp.float32), gained)
    reward = jnp.where(legal, gained, jnp.nan)
    return after._replace(turn=turn), reward, over | ~legal
