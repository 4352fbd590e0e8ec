"""Sets of cards of Hanabi as 25 bits, for the programs that play it.

Bit 5 colour + rank stands for a card. A program keeps for each card of each hand the set of what
it may be; what is playable, valuable or dead is a set as well, so that a question about a card is
one ``and``. Functions that end in ``_set`` return sets. Everything here is public unless a seat is
named.
"""

from __future__ import annotations

import numpy as np

from comity.learning.environments.hanabi.kernel import (
    card_at,
    compiled,
    gone_of,
    hand_of,
    pile,
    word,
)
from comity.learning.environments.hanabi.loops import count
from comity.learning.environments.hanabi.rules import CARD_BITS, HANDS, Rules
from comity.learning.environments.hanabi.seeing import STRIDES

RANK_SETS = np.array([sum(1 << (5 * colour + rank) for colour in range(5)) for rank in range(5)])
"""By rank, the cards of it."""


@compiled
def all_set(rules: Rules) -> int:
    """Return every card of the game."""
    return STRIDES[5, (1 << rules.colours) - 1] * ((1 << rules.ranks) - 1)


@compiled
def colour_set(colour: int) -> int:
    """Return the cards of a colour."""
    return 31 << (5 * colour)


@compiled
def kind_set(by_rank: int, value: int) -> int:
    """Return the cards of a rank or a colour."""
    return RANK_SETS[value] if by_rank else colour_set(value)


@compiled
def told_set(row: np.ndarray, player: int, place: int, rules: Rules) -> int:
    """Return what a card may be by all that was told of it, the plain meaning of hints."""
    shift = CARD_BITS * place
    colours = (word(row, HANDS + rules.players + player) >> shift) & 31
    ranks = (word(row, HANDS + 2 * rules.players + player) >> shift) & 31
    return STRIDES[5, colours] * ranks


@compiled
def copies_of(rank: int, rules: Rules) -> int:
    """Return how many cards of a rank each colour has."""
    return 3 if rank == 0 else 1 if rank == rules.ranks - 1 else 2


@compiled
def public_counts(row: np.ndarray, counts: np.ndarray, rules: Rules) -> None:
    """Write how many of each card lie on the piles or the discards, shape (25,)."""
    for colour in range(rules.colours):
        height = pile(row, colour)
        for rank in range(rules.ranks):
            card = 5 * colour + rank
            counts[card] = gone_of(row, card) + (height > rank)


@compiled
def full_set(counts: np.ndarray, rules: Rules) -> int:
    """Return the cards of which every copy is counted."""
    cards = 0
    for colour in range(rules.colours):
        for rank in range(rules.ranks):
            if counts[5 * colour + rank] >= copies_of(rank, rules):
                cards |= 1 << (5 * colour + rank)
    return cards


@compiled
def playable_set(row: np.ndarray, rules: Rules) -> int:
    """Return the cards that fit a pile now."""
    cards = 0
    for colour in range(rules.colours):
        if pile(row, colour) < rules.ranks:
            cards |= 1 << (5 * colour + pile(row, colour))
    return cards


@compiled
def worth_sets(row: np.ndarray, rules: Rules) -> tuple[int, int]:
    """Return the cards that are dead, and those that are the last of their kind and not dead.

    A card is dead if its pile has it, or can never reach it.
    """
    dead, last = 0, 0
    for colour in range(rules.colours):
        height, blocked = pile(row, colour), False
        for rank in range(rules.ranks):
            card = 5 * colour + rank
            left = copies_of(rank, rules) - gone_of(row, card)
            if rank < height or blocked:
                dead |= 1 << card
            elif left == 1:
                last |= 1 << card
            if rank >= height and left == 0:
                blocked = True
    return dead, last


@compiled
def is_one(cards: int) -> bool:
    """Return whether a set has exactly one card."""
    return cards != 0 and cards & (cards - 1) == 0


@compiled
def only_card(cards: int) -> int:
    """Return the card of a set of one."""
    return count(cards - 1)


@compiled
def surely(cards: int, those: int) -> bool:
    """Return whether whatever it may be is one of those."""
    return cards & ~those == 0


@compiled
def maybe(cards: int, those: int) -> bool:
    """Return whether it may be one of those and may be another."""
    return cards & those != 0 and cards & ~those != 0


@compiled
def narrowed(cards: int, those: int, told: int) -> int:
    """Return the set within those; if nothing is left a convention was broken: what was told."""
    if cards & those:
        return cards & those
    return told & those if told & those else told


@compiled
def add_hand(row: np.ndarray, player: int, counts: np.ndarray, rules: Rules) -> None:
    """Count the cards of a hand, which whoever calls must be able to see."""
    for place in range(hand_of(row, player, rules)):
        counts[card_at(row, player, place)] += 1


@compiled
def shifted(sets: np.ndarray, place: int, size: int, fresh: int) -> None:
    """Take a card out of a hand of sets, and put that of a drawn card at its end."""
    for later in range(place, size - 1):
        sets[later] = sets[later + 1]
    sets[size - 1] = fresh


@compiled
def start_sets(row: np.ndarray, sets: np.ndarray, rules: Rules) -> None:
    """Write what each card may be by what was told: in a fresh game, anything."""
    for player in range(rules.players):
        for place in range(hand_of(row, player, rules)):
            sets[player, place] = told_set(row, player, place, rules)
