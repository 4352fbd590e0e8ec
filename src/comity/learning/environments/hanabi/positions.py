"""Positions of Hanabi as plain JSON: a start in the middle of a game, and what a game has come to.

A position is ``{"hands": [...], "deck": ..., "piles": [...], "discards": ..., "information": ...,
"lives": ..., "mover": ..., "turns": ..., "told": [...], "last": {...}}``. Cards are text as in a
deck; hands begin with the oldest card, the deck with the card drawn next. ``piles`` is how many
cards of each colour are played. ``mover`` counts players from 1. What may be left out:

- ``deck``, ``discards``: nothing is in them.
- ``information``, ``lives``: all there are.
- ``mover``: 1.
- ``turns`` that are left once the deck is empty: one each.
- ``told``: what each card may be as its holder knows, ``"RY 123"``, by colours and by ranks, with
  ``!`` behind what was told outright, ``"R! 12345"``; of nothing is known unless stated.
- ``last``, the move before: ``{"player": 1, "action": 7, "card": "R1", "scored": true, "token":
  false}``, or ``{"player": 1, "action": 12, "touched": [1, 4]}``, cards counted from 1. No move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.arrays import starts
from comity.learning.environments.hanabi.decks import (
    card_name,
    packed,
    read_cards,
    read_deck,
    sorted_deck,
    unpacked,
)
from comity.learning.environments.hanabi.position_moves import last_shown, last_word
from comity.learning.environments.hanabi.position_told import told_shown, told_words
from comity.learning.environments.hanabi.rules import (
    BOARD,
    CARD_BITS,
    CARDS_IN_GONE,
    DEALT,
    DEALT_MASK,
    GONE,
    HANDS,
    INFORMATION,
    INFORMATION_MASK,
    LAST,
    LIVES,
    LIVES_MASK,
    SHORT,
    STATED,
    TURN,
    TURNS_LEFT,
    Rules,
    words_of,
)
from comity.learning.environments.protocol import Start
from comity.learning.environments.stated import whole

KEYS = (
    *("hands", "deck", "piles", "discards", "information", "lives", "mover", "turns"),
    *("told", "last"),
)


def read_starts(
    given: Start | Sequence[Start], rules: Rules
) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """Return a deck for each start, shape (B, cards), and the words of those that are positions.

    A start that holds ``hands`` is a position, any other a deck. In place of a position's deck
    stands any.
    """
    listed = starts(given, KEYS)
    whole_decks = np.tile(sorted_deck(rules), (len(listed), 1))
    rows = {}
    for number, start in enumerate(listed):
        place = f"given[{number}]"
        if "hands" in start:
            rows[number] = position_row(start, rules, place)
        else:
            starts([start], ("deck",))
            whole_decks[number] = read_deck(start.get("deck"), rules, f"{place}.deck")
    return whole_decks, rows


def position_row(start: Start, rules: Rules, place: str) -> np.ndarray:
    """Return the words of a position, shape (words,), or raise `InputError` for what is none.

    The cards must be those of the deck, each as often; hands must be full while there is a deck;
    the game must not be over.
    """
    hands = _hands(start.get("hands"), rules, f"{place}.hands")
    deck = read_cards(start.get("deck", ""), rules, f"{place}.deck")
    gone = read_cards(start.get("discards", ""), rules, f"{place}.discards")
    piles = _piles(start.get("piles"), rules, f"{place}.piles")
    played = [5 * colour + rank for colour, top in enumerate(piles) for rank in range(top)]
    dealt = [*chain.from_iterable(hands), *gone, *played]
    _check_cards([*dealt, *deck], rules, place)
    board = 1 << STATED
    for colour, top in enumerate(piles):
        board |= top << (3 * colour)
    information = start.get("information", rules.information)
    board |= whole(information, f"{place}.information", 0, rules.information) << INFORMATION
    board |= whole(start.get("lives", rules.lives), f"{place}.lives", 1, rules.lives) << LIVES
    row = np.zeros(words_of(rules), dtype=np.uint32)
    row[BOARD] = board
    row[TURN] = _turn(start, hands, len(deck), rules, place) | len(dealt) << DEALT
    row[LAST] = last_word(start.get("last"), rules, f"{place}.last")
    for card in gone:
        word, at = divmod(card, CARDS_IN_GONE)
        row[GONE + word] += np.uint32(1 << (2 * at))
    row[HANDS : HANDS + rules.players] = [_fields(hand) for hand in hands]
    known = told_words(start.get("told"), hands, rules, f"{place}.told")
    row[HANDS + rules.players : HANDS + 4 * rules.players] = known.T.ravel()
    row[HANDS + 4 * rules.players :] = packed(np.array([[*dealt, *deck]]), rules)[0]
    return row


def _hands(stated: Any, rules: Rules, place: str) -> list[list[int]]:
    if not isinstance(stated, (list, tuple)) or len(stated) != rules.players:
        raise InputError(
            "not the hands of this game",
            place=place,
            found=repr(stated)[:60],
            expected=f"a list of {rules.players} hands",
        )
    return [read_cards(hand, rules, f"{place}[{seat}]") for seat, hand in enumerate(stated)]


def _piles(stated: Any, rules: Rules, place: str) -> list[int]:
    if not isinstance(stated, (list, tuple)) or len(stated) != rules.colours:
        raise InputError(
            "not the piles of this game",
            place=place,
            found=repr(stated)[:60],
            expected=f"a list of {rules.colours} whole numbers",
        )
    piles = [whole(top, f"{place}[{c}]", 0, rules.ranks) for c, top in enumerate(stated)]
    if sum(piles) == rules.colours * rules.ranks:
        raise InputError("the game is over: all is played", place=place)
    return piles


def _check_cards(cards: Sequence[int], rules: Rules, place: str) -> None:
    found = np.bincount(np.array(cards, dtype=int), minlength=25)
    wanted = np.bincount(sorted_deck(rules), minlength=25)
    if (found != wanted).any():
        card = int(np.argmax(found != wanted))
        raise InputError(
            "hands, deck, piles and discards are not the cards of this game",
            place=place,
            found=f"{found[card]} of {card_name(card)}",
            expected=f"{wanted[card]}",
        )


def _turn(start: Start, hands: Sequence[Sequence[int]], deck: int, rules: Rules, place: str) -> int:
    """Return who moves, the turns left and whose hands are short, as the word of the turn."""
    n = rules.players
    mover = whole(start.get("mover", 1), f"{place}.mover", 1, n) - 1
    turns = whole(start.get("turns", n), f"{place}.turns", n if deck else 1, n)
    moved = {(mover - back) % n for back in range(1, n - turns + 1)}
    word = mover | turns << TURNS_LEFT
    for seat, hand in enumerate(hands):
        short = rules.hand - len(hand)
        if short not in (0, 1) or (short and seat not in moved):
            raise InputError(
                "a hand of this size cannot be",
                place=f"{place}.hands[{seat}]",
                found=f"{len(hand)} cards",
                expected=f"{rules.hand}, or one less for who has moved since the deck is empty",
            )
        word |= short << (SHORT + seat)
    return word


def _fields(cards: Sequence[int]) -> int:
    return sum(card << (CARD_BITS * place) for place, card in enumerate(cards))


def shown_position(row: np.ndarray, rules: Rules) -> dict[str, Any]:
    """Return the position that words hold, from which the game goes on as it would have."""
    board, turn, n = int(row[BOARD]), int(row[TURN]), rules.players
    dealt = turn >> DEALT & DEALT_MASK
    sizes = [rules.hand - (turn >> (SHORT + seat) & 1) for seat in range(n)]
    hands = [
        [int(row[HANDS + seat]) >> (CARD_BITS * place) & 31 for place in range(size)]
        for seat, size in enumerate(sizes)
    ]
    gone = [
        card
        for card in range(25)
        for _ in range(int(row[GONE + card // CARDS_IN_GONE]) >> 2 * (card % CARDS_IN_GONE) & 3)
    ]
    cards = unpacked(row[None, HANDS + 4 * n :], rules)[0].tolist()
    known = row[HANDS + n : HANDS + 4 * n].reshape(3, n).T
    shown: dict[str, Any] = {
        "hands": [_text(hand) for hand in hands],
        "deck": _text(cards[dealt:]),
        "piles": [board >> (3 * colour) & 7 for colour in range(rules.colours)],
        "discards": _text(gone),
        "information": board >> INFORMATION & INFORMATION_MASK,
        "lives": board >> LIVES & LIVES_MASK,
        "mover": (turn & 7) + 1,
        "turns": turn >> TURNS_LEFT & 7,
        "told": told_shown(known, sizes, rules),
    }
    last: Mapping[str, Any] | None = last_shown(int(row[LAST]), rules)
    return shown | ({} if last is None else {"last": last})


def _text(cards: Sequence[int]) -> str:
    return " ".join(map(card_name, cards))


def check_dealt(board: np.ndarray) -> None:
    """Raise `InputError` where a game began from a position, which its words do not keep."""
    stated = np.flatnonzero(np.asarray(board) >> STATED & 1)
    if len(stated):
        raise InputError(
            "this game began from a position, which its state does not keep",
            place=f"state[{stated[0]}]",
            expected="a game that began from a deck",
        )
