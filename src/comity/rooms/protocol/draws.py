"""Drawing one outcome of an agreed lottery, in arithmetic that any language repeats to the bit.

The probabilities are taken as stated, and added one after the other in the order of the outcomes.
The draw is the first outcome whose running sum exceeds the drawn number times the whole sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, product
from math import prod
from typing import Any

DIGITS = 13
"""Hexadecimal digits of a seed that make its number: 52 bits, which a double holds exactly."""


def drawn_number(seed: str) -> float:
    """Return the number in [0, 1) that the leading 52 bits of a seed stand for.

    Examples
    --------
    >>> drawn_number("8" + 63 * "0")
    0.5
    """
    return int(seed[:DIGITS], 16) / 2.0 ** (4 * DIGITS)


def drawn(play: Mapping[str, Any], number: float) -> list[int]:
    """Return the outcome at a place in [0, 1) of a play in plain JSON.

    Examples
    --------
    >>> evenly = {"kind": "lottery", "outcomes": [[1, 0], [0, 1]], "probabilities": [0.5, 0.5]}
    >>> drawn(evenly, 0.4)
    [0, 1]
    """
    pairs = sorted(chances(play), key=lambda pair: pair[0])
    heights = list(accumulate(chance for _, chance in pairs))
    place = number * heights[-1]
    for (outcome, _), height in zip(pairs, heights, strict=True):
        if height > place:
            return list(outcome)
    return list(pairs[-1][0])


def chances(play: Mapping[str, Any]) -> Iterator[tuple[tuple[int, ...], float]]:
    """Yield each outcome of a play in plain JSON with its chance; below zero counts as zero."""
    if play["kind"] == "lottery":
        for outcome, chance in zip(play["outcomes"], play["probabilities"], strict=True):
            yield tuple(outcome), max(0.0, chance)
        return
    for outcome in product(*(range(len(one)) for one in play["strategies"])):
        parts = (max(0.0, one[k]) for one, k in zip(play["strategies"], outcome, strict=True))
        yield outcome, prod(parts, start=1.0)
