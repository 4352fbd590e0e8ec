"""The differences between views as rows: what each says, what it changes, which one matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.agreement.report.pieces import values, what
from comity.agreement.results import Comparison, Difference
from comity.cases import Case
from comity.core.page.words import clean, number


@dataclass(frozen=True)
class Row:
    """One number, or a few, that the views do not share.

    Attributes
    ----------
    part : what it is.
    values : one text per party.
    effect, effect_alone : how much it changes the deal, and what happens without one.
    matters : whether it is the one that matters most.
    decisive : whether it alone decides whether they clash or agree.
    idle : whether it changes nothing at all.
    """

    part: str
    values: tuple[str, ...]
    effect: str
    effect_alone: str
    matters: bool
    decisive: bool
    idle: bool


def rows(case: Case, comparison: Comparison | None, tolerance: float = 1e-7) -> list[Row]:
    """Return every difference between the views, those that decide or change most first.

    Of three or more parties each part is shown once, with the pair whose views change most.

    ``tolerance`` is the change of payoff below which a difference changes nothing.
    """
    top = top_difference(comparison)
    found = comparison.differences if comparison else ()
    several = len(case.names) > 2
    return [
        Row(
            part=_sentence(what(case, d)) + (_between(d) if several else ""),
            values=values(case, d),
            effect=number(d.effect),
            effect_alone=number(d.effect_alone),
            matters=d is top and changes(d, tolerance),
            decisive=d.decisive,
            idle=not changes(d, tolerance),
        )
        for d in (strongest(found, top) if several else found)
    ]


def strongest(found: Sequence[Difference], top: Difference | None) -> list[Difference]:
    """Return one difference for each part, of the pair whose views it matters most to settle."""

    def weight(d: Difference) -> tuple[bool, bool, float, float]:
        return d is top, d.decisive, d.effect, d.effect_alone

    best: dict[tuple[str, str], Difference] = {}
    for d in found:
        held = best.setdefault((d.block, d.part), d)
        if weight(d) > weight(held):
            best[d.block, d.part] = d
    return list(best.values())


def _between(difference: Difference) -> str:
    first, second = map(clean, difference.parties)
    return f" (between {first} and {second})"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def top_difference(comparison: Comparison | None) -> Difference | None:
    """Return the difference that decides, or the one with the largest effect."""
    differences = comparison.differences if comparison else ()
    decisive = [d for d in differences if d.decisive]
    return next(iter(decisive or differences), None)


def changes(difference: Difference, tolerance: float) -> bool:
    """Return whether a difference changes the deal, or what happens without one."""
    return difference.decisive or max(difference.effect, difference.effect_alone) > tolerance
