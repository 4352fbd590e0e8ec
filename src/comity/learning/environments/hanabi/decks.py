"""Decks: in words, as cards, and packed into a state."""

from __future__ import annotations

from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.hanabi.rules import (
    CARD_BITS,
    CARDS_A_WORD,
    COLOURS,
    Rules,
    copies,
    deck_words,
)


def sorted_deck(rules: Rules) -> np.ndarray:
    """Return every card of the deck once, by colour and rank, shape (cards,), uint8."""
    return np.array(
        [
            5 * colour + rank
            for colour in range(rules.colours)
            for rank in range(rules.ranks)
            for _ in range(copies(rank, rules.ranks))
        ],
        dtype=np.uint8,
    )


def card_name(card: int) -> str:
    """Return a card in two letters.

    Examples
    --------
    >>> card_name(0), card_name(14)
    ('R1', 'G5')
    """
    return f"{COLOURS[card // 5]}{card % 5 + 1}"


def deck_text(deck: np.ndarray) -> str:
    """Return a deck as text, the card dealt first in front."""
    return " ".join(card_name(int(card)) for card in deck)


def read_deck(stated: Any, rules: Rules, place: str) -> np.ndarray:
    """Return a whole deck, shape (cards,), uint8, or raise `InputError`.

    The cards are stated in the order in which they are dealt, first all of the first player's.
    """
    cards = read_cards(stated, rules, place)
    whole = sorted_deck(rules)
    if len(cards) != len(whole):
        raise InputError("not a whole deck", place=place, found=len(cards), expected=len(whole))
    found = np.bincount(cards, minlength=25)
    wanted = np.bincount(whole, minlength=25)
    if (found != wanted).any():
        card = int(np.argmax(found != wanted))
        raise InputError(
            "not a deck of this game",
            place=place,
            found=f"{found[card]} of {card_name(card)}",
            expected=f"{wanted[card]}",
        )
    return np.array(cards, dtype=np.uint8)


def read_cards(stated: Any, rules: Rules, place: str) -> list[int]:
    """Return cards, 5 colour + rank, that are stated in order, or raise `InputError`.

    They are text ("R1 B5 ...") or numbers, colour times ranks plus rank.
    """
    if isinstance(stated, str):
        return [_named(word, rules, place) for word in stated.split()]
    if isinstance(stated, (list, tuple, np.ndarray)):
        return [_numbered(number, rules, place) for number in stated]
    raise InputError(
        "no cards", place=place, found=repr(stated)[:80], expected='text such as "R1 B5 ..."'
    )


def _named(word: str, rules: Rules, place: str) -> int:
    colour = COLOURS[: rules.colours].find(word[:1].upper()) if len(word) == 2 else -1
    rank = "12345"[: rules.ranks].find(word[1:])
    if colour < 0 or rank < 0:
        raise InputError(
            "no such card",
            place=place,
            found=word[:20],
            expected=f"one of {COLOURS[: rules.colours]} and a number from 1 to {rules.ranks}",
        )
    return 5 * colour + rank


def _numbered(number: Any, rules: Rules, place: str) -> int:
    whole = isinstance(number, (int, np.integer)) and not isinstance(number, bool)
    if not whole or not 0 <= number < rules.colours * rules.ranks:
        raise InputError(
            "no such card",
            place=place,
            found=repr(number)[:20],
            expected=f"0 to {rules.colours * rules.ranks - 1}",
        )
    colour, rank = divmod(int(number), rules.ranks)
    return 5 * colour + rank


def packed(decks: np.ndarray, rules: Rules) -> np.ndarray:
    """Return decks as words of six cards, shape (B, words), uint32."""
    whole = np.zeros((len(decks), deck_words(rules) * CARDS_A_WORD), dtype=np.uint32)
    whole[:, : rules.cards] = decks
    shifts = (CARD_BITS * np.arange(CARDS_A_WORD)).astype(np.uint32)
    by_word = whole.reshape(len(decks), -1, CARDS_A_WORD) << shifts
    return np.bitwise_or.reduce(by_word, axis=2)


def unpacked(words: np.ndarray, rules: Rules) -> np.ndarray:
    """Return the decks of words, shape (B, cards), uint8: the inverse of `packed`."""
    shifts = (CARD_BITS * np.arange(CARDS_A_WORD)).astype(np.uint32)
    cards = (words[:, :, None] >> shifts) & 31
    whole = cards.reshape(len(words), CARDS_A_WORD * deck_words(rules))
    return whole[:, : rules.cards].astype(np.uint8)


def relabelled(decks: np.ndarray, permutation: np.ndarray) -> np.ndarray:
    """Return decks with the colours exchanged: colour c becomes ``permutation[c]``."""
    return (5 * np.asarray(permutation)[decks // 5] + decks % 5).astype(np.uint8)
