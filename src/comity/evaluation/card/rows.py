"""Scores, partners and changes as rows of a page, with the geometry of their pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass

from comity.core.page.words import clean
from comity.evaluation.card.words import amount, change, detail, interval, luck, reach, told
from comity.evaluation.panel import PANEL
from comity.evaluation.regression import Regression
from comity.evaluation.results import Evaluation, Score
from comity.evaluation.suite import SUITE

WIDTH = 200.0
"""Pixels of a lane."""

SHARES, GAINS = (0.0, 1.0), (-0.5, 1.5)
"""What a lane shows, of shares and of gains."""

SHADES = 4
"""Steps of colour on either side of nothing."""


@dataclass(frozen=True)
class Lane:
    """A point with its interval and a mark for the honest party, in pixels.

    Attributes
    ----------
    low, high, point, honest : where.
    zero : where 0 is.
    """

    low: float
    high: float
    point: float
    honest: float
    zero: float


@dataclass(frozen=True)
class Row:
    """One score."""

    title: str
    note: str
    meaning: str
    better: str
    value: str
    interval: str
    honest: str
    difference: str
    reach: str
    certain: bool
    lane: Lane | None


@dataclass(frozen=True)
class Square:
    """One partner in one family."""

    text: str
    shade: str
    hint: str


@dataclass(frozen=True)
class Strip:
    """One partner in all families."""

    name: str
    about: str
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Changed:
    """One score of two versions."""

    title: str
    before: str
    after: str
    change: str
    interval: str
    luck: str
    verdict: str
    tone: str


TONES = {"better": "better", "worse": "worse", "no change seen": "same"}


def rows(evaluation: Evaluation, group: str) -> list[Row]:
    """Return the scores with one group of partners."""
    rare = 1 - evaluation.level
    return [_row(score, rare) for score in evaluation.scores if score.group == group]


def _row(score: Score, rare: float) -> Row:
    return Row(
        score.title,
        detail(score),
        score.meaning,
        "more is better" if score.better == "higher" else "less is better",
        told(score.figure.value, score.share),
        interval(score.figure, score.share),
        told(score.honest, score.share),
        change(score.difference.value, score.share),
        reach(score.difference, score.share),
        score.chance <= rare,
        _lane(score),
    )


def _lane(score: Score) -> Lane | None:
    figure, ends = score.figure, SHARES if score.share else GAINS
    if figure.low is None or figure.high is None or math.isnan(figure.value):
        return None
    values = (figure.low, figure.high, figure.value, score.honest, 0.0)
    return Lane(*(_pixel(value, ends) for value in values))


def _pixel(value: float, ends: tuple[float, float]) -> float:
    share = (value - ends[0]) / (ends[1] - ends[0])
    return round(4 + (WIDTH - 8) * min(1.0, max(0.0, share)), 1)


def strips(evaluation: Evaluation) -> list[Strip]:
    """Return own gains by partner and family."""
    cells = {(cell.partner, cell.family): cell for cell in evaluation.cells}
    return [
        Strip(
            clean(partner),
            PANEL[partner].about if partner in PANEL else "Fitted to how people behaved.",
            tuple(
                Square(
                    amount(cells[partner, family].own.value),
                    _shade(cells[partner, family].own.value),
                    interval(cells[partner, family].own, False),
                )
                for family in evaluation.settings.families
            ),
        )
        for partner in evaluation.settings.partners
    ]


def _shade(value: float) -> str:
    step = min(SHADES, round(abs(value) * SHADES))
    return f"{'up' if value >= 0 else 'down'}{step}"


def families(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """Return title, what it tests and the yardstick of each family."""
    return [
        (SUITE[name].title, SUITE[name].tests, evaluation.yardsticks[name])
        for name in evaluation.settings.families
    ]


def changes(regression: Regression) -> list[Changed]:
    """Return what changed, the worst first."""
    order = ("worse", "better", "no change seen")
    found = sorted(regression.changes, key=lambda c: order.index(c.verdict))
    return [
        Changed(
            c.title,
            told(c.before, c.share),
            told(c.after, c.share),
            change(c.change.value, c.share),
            reach(c.change, c.share),
            luck(c.chance),
            c.verdict,
            TONES[c.verdict],
        )
        for c in found
    ]
