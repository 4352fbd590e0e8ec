"""What cannot be told apart with this design, and how much it would take to tell the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from comity.core.page.words import clean, ended, listed
from comity.inference.report.words import needed, percent
from comity.inference.results import Rivalry, Understanding

SHADES = (30, 100, 1_000, 10_000, 100_000)
"""Numbers of decisions from which on a cell is shaded one step darker."""

MOST_PAIRS = 8
"""Pairs shown before the rest is folded away."""


@dataclass(frozen=True)
class Cell:
    """How many decisions it takes to tell a truth from a rival; ``over`` if more than there are."""

    text: str
    shade: int
    over: bool


@dataclass(frozen=True)
class Pair:
    """A truth and a rival in words."""

    truth: str
    rival: str
    expected: str
    errors: str
    where: str
    parted: str
    equivalent: bool


@dataclass(frozen=True)
class Rivals:
    """The section in words.

    Attributes
    ----------
    groups : a sentence for each class of two or more that coincide.
    names : of the rows and columns of the matrix.
    matrix : cells by truth and rival; ``None`` on the diagonal and where it was not worked out.
    pairs : every pair, the hardest first; ``first`` of them are shown at once.
    flat : (explanation, directions) that change no prediction.
    decisions : how many there are.
    """

    groups: tuple[str, ...]
    names: tuple[str, ...]
    matrix: tuple[tuple[Cell | None, ...], ...]
    pairs: tuple[Pair, ...]
    flat: tuple[tuple[str, tuple[str, ...]], ...]
    decisions: int
    parts: bool
    first: int = MOST_PAIRS


def rivals(understanding: Understanding) -> Rivals:
    """Return what cannot be told apart, and what can at which price."""
    found = understanding.rivalries
    size = len(understanding.evidence)
    names = list(dict.fromkeys(name for r in found for name in (r.truth, r.rival)))
    known = [s.name for s in understanding.standings if s.name in names]
    names = known + [name for name in names if name not in known]
    by_pair = {(r.truth, r.rival): r for r in found}
    return Rivals(
        groups=tuple(_group(group) for group in understanding.classes if len(group) > 1),
        names=tuple(map(clean, names)),
        matrix=tuple(
            tuple(_cell(by_pair.get((truth, rival)), size) for rival in names) for truth in names
        )
        if len(names) > 2
        else (),
        pairs=tuple(_pair(r, understanding.classes) for r in found),
        flat=tuple(
            (clean(s.name), tuple(ended(clean(text)) for text in s.flat))
            for s in understanding.standings
            if s.flat
        ),
        decisions=size,
        parts=any(r.parted is not None for r in found),
    )


def _group(group: tuple[str, ...]) -> str:
    names = listed(list(map(clean, group)))
    same = "both give" if len(group) == 2 else "all give"
    return (
        f"{names} {same} every decision of this design the same probability where they fit best. "
        "No number of further answers to the same questions can tell them apart there."
    )


def _cell(rivalry: Rivalry | None, size: int) -> Cell | None:
    if rivalry is None:
        return None
    count = rivalry.decisions_errors
    shade = len(SHADES) + 1 if math.isinf(count) else sum(count >= edge for edge in SHADES)
    return Cell(needed(count), shade, bool(count > size))


def _pair(rivalry: Rivalry, classes: Sequence[Sequence[str]]) -> Pair:
    alike = any({rivalry.truth, rivalry.rival} <= set(group) for group in classes)
    nowhere = "they coincide" if alike else "the rival can copy it"
    return Pair(
        clean(rivalry.truth),
        clean(rivalry.rival),
        needed(rivalry.decisions_expected),
        needed(rivalry.decisions_errors),
        f"nowhere: {nowhere}" if rivalry.equivalent else clean(rivalry.where),
        "" if rivalry.parted is None else percent(rivalry.parted),
        rivalry.equivalent,
    )
