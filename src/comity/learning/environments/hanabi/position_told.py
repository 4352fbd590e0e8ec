"""What players were told of their cards, in words and in bits: a part of a position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.hanabi.rules import (
    CARD_BITS,
    COLOURS,
    RANKS_TOLD,
    SEER,
    Rules,
)


def told_words(stated: Any, hands: Sequence[Sequence[int]], rules: Rules, place: str) -> np.ndarray:
    """Return the words of colours, ranks and what was told, shape (players, 3), uint32.

    Each card is a text such as ``"RY 123"`` or ``"R! 12345"``; it must be among what it may be.
    """
    if stated is None:
        stated = [[_unless_stated(card, rules) for card in hand] for hand in hands]
    sizes = [len(hand) for hand in hands]
    found = isinstance(stated, (list, tuple)) and [
        len(cards) if isinstance(cards, (list, tuple)) else -1 for cards in stated
    ]
    if found != sizes:
        raise InputError(
            "not what was told of each card of each hand",
            place=place,
            found=repr(stated)[:60],
            expected=f"lists of {', '.join(map(str, sizes))} texts",
        )
    words = np.zeros((len(hands), 3), dtype=np.uint32)
    for seat, hand in enumerate(hands):
        for k, card in enumerate(hand):
            at = f"{place}[{seat}][{k}]"
            colours, ranks, by_colour, by_rank = _read(stated[seat][k], card, rules, at)
            words[seat, 0] |= np.uint32(colours << (CARD_BITS * k))
            words[seat, 1] |= np.uint32(ranks << (CARD_BITS * k))
            words[seat, 2] |= np.uint32(by_colour << k | by_rank << (RANKS_TOLD + k))
    return words


def _unless_stated(card: int, rules: Rules) -> str:
    colour, rank = divmod(card, 5)
    if rules.sees == SEER:
        return f"{COLOURS[colour]}! {rank + 1}!"
    return f"{COLOURS[: rules.colours]} {'12345'[: rules.ranks]}"


def _read(text: Any, card: int, rules: Rules, place: str) -> tuple[int, int, int, int]:
    """Return the sets of colours and ranks as bits, and whether each was told outright."""
    parts = text.upper().split() if isinstance(text, str) else []
    if len(parts) == 2:
        colours, by_colour = _set(parts[0], COLOURS[: rules.colours])
        ranks, by_rank = _set(parts[1], "12345"[: rules.ranks])
        colour, rank = divmod(card, 5)
        if colours >> colour & 1 and ranks >> rank & 1:
            return colours, ranks, by_colour, by_rank
    raise InputError(
        "not what this card may be",
        place=place,
        found=repr(text)[:40],
        expected=f"colours and ranks with {COLOURS[card // 5]}{card % 5 + 1} among them, as "
        '"RY 123", or "R! 123" where told outright',
    )


def _set(text: str, letters: str) -> tuple[int, int]:
    """Return letters as bits, 0 where they are none, and whether a single one has its mark."""
    names, told = text.removesuffix("!"), text.endswith("!")
    known = len(set(names)) == len(names) and set(names) <= set(letters)
    if not known or (told and len(names) != 1):
        return 0, 0
    return sum(1 << letters.index(name) for name in names), int(told)


def told_shown(words: np.ndarray, sizes: Sequence[int], rules: Rules) -> list[list[str]]:
    """Return the texts of words of shape (players, 3): the inverse of `told_words`."""
    return [
        [_shown([int(word) for word in words[seat]], k, rules) for k in range(size)]
        for seat, size in enumerate(sizes)
    ]


def _shown(words: list[int], k: int, rules: Rules) -> str:
    colours, ranks, told = words
    hues = colours >> (CARD_BITS * k) & 31
    values = ranks >> (CARD_BITS * k) & 31
    hue = "".join(COLOURS[c] for c in range(rules.colours) if hues >> c & 1)
    value = "".join(str(r + 1) for r in range(rules.ranks) if values >> r & 1)
    marks = ["!" * (told >> k & 1), "!" * (told >> (RANKS_TOLD + k) & 1)]
    return f"{hue}{marks[0]} {value}{marks[1]}"
