"""What a lottery can leave one party with: each outcome that may be drawn, by its own view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.agreement import Context, default_payoffs
from comity.agreement.defaults import play_payoffs
from comity.agreement.proposal import delayed
from comity.agreement.report.words import is_lottery
from comity.core import Result
from comity.games import Lottery, Play
from comity.language.figures import RARE
from comity.rooms.protocol.draws import chances

EVEN = 1e-9
"""Gains below this count as none."""


@dataclass(frozen=True)
class Lot(Result):
    """One outcome that may be drawn.

    Attributes
    ----------
    chance : how likely it is.
    outcome : the place of each one's choice.
    gain : what it is worth by the own model, less what the default promises.
    """

    chance: float
    outcome: tuple[int, ...]
    gain: float


def lots_of(context: Context, play: Play | None, delay: int) -> tuple[Lot, ...]:
    """Return what may be drawn of a play agreed so late, likeliest first; nothing without a lot."""
    if play is None or not is_lottery(play):
        return ()
    found = [
        Lot(chance, outcome, gain_of(context, outcome, delay))
        for outcome, chance in chances(play.to_dict())
        if chance > RARE
    ]
    return tuple(sorted(found, key=lambda lot: -lot.chance))


def gain_of(context: Context, outcome: Sequence[int], delay: int) -> float:
    """Return what an outcome is worth by the own model, less what the default promises."""
    model = delayed(context.model, delay)
    worth = play_payoffs(model, Lottery.pure(outcome))[context.place]
    return float(worth - default_payoffs(model, context.constitution)[context.place])


def worst_loss(lots: Sequence[Lot]) -> float:
    """Return how far below the default the worst of some lots is; 0 where none is."""
    worst = min((lot.gain for lot in lots), default=0.0)
    return -worst if worst < -EVEN else 0.0
