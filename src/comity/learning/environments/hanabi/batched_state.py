"""A batch of games of Hanabi in JAX, and what can be read from it at once."""

from __future__ import annotations

from typing import Any, NamedTuple

from comity.learning.environments.hanabi.bits import Word
from comity.learning.environments.hanabi.rules import (
    DEALT,
    DEALT_MASK,
    INFORMATION,
    INFORMATION_MASK,
    LIVES,
    LIVES_MASK,
    OVER,
    SHORT,
    Rules,
)


class HanabiState(NamedTuple):
    """The words of `rules`, in their order, each an array over the games, shape (B,), uint32.

    ``hands``, ``colours``, ``ranks`` and ``told`` have one word a player, ``deck`` one for six
    cards.
    """

    board: Word
    turn: Word
    last: Word
    gone: tuple[Word, Word]
    hands: tuple[Word, ...]
    colours: tuple[Word, ...]
    ranks: tuple[Word, ...]
    told: tuple[Word, ...]
    deck: tuple[Word, ...]


def mover(state: HanabiState) -> Word:
    """Return who is to move."""
    return state.turn & 7


def is_over(state: HanabiState) -> Any:
    """Return which games are over."""
    return (state.turn >> OVER) & 1 == 1


def information(state: HanabiState) -> Word:
    """Return the information tokens left."""
    return (state.board >> INFORMATION) & INFORMATION_MASK


def lives(state: HanabiState) -> Word:
    """Return the lives left."""
    return (state.board >> LIVES) & LIVES_MASK


def cards_dealt(state: HanabiState) -> Word:
    """Return how many cards have left the deck."""
    return (state.turn >> DEALT) & DEALT_MASK


def held(state: HanabiState, player: Any, rules: Rules) -> Word:
    """Return how many cards a player holds."""
    return rules.hand - ((state.turn >> (SHORT + player)) & 1)


def score(board: Word, rules: Rules) -> Word:
    """Return the cards played, from the word of the board."""
    total = board & 7
    for colour in range(1, rules.colours):
        total = total + ((board >> (3 * colour)) & 7)
    return total


def colour_of(card: Word) -> Word:
    """Return ``card // 5``, of a card."""
    return (card * 13) >> 6


def rank_of(card: Word) -> Word:
    """Return ``card % 5``, of a card."""
    return card - 5 * colour_of(card)
