"""One line per party, where there are more than two and a plane cannot hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.report.findings import Findings
from comity.agreement.report.space import own_view
from comity.core.page.drawing import Scale, Sheet
from comity.core.page.labels import WIDTH_OF_LETTER
from comity.core.page.words import clean, number
from comity.games import Game
from comity.games.sums import MAX_LISTED

SHEET = Sheet(560, 104, 15, 40, left=10, bottom=30, margin=10)
LINE = 62.0


@dataclass(frozen=True)
class Strip:
    """What a party can get, expects, and gets, on a line; in pixels."""

    index: int
    name: str
    party: str
    description: str
    sheet: Sheet
    scale: Scale
    low: float
    high: float
    expected: float
    clash: float
    words: str
    anchor: str
    line: float = LINE

    def moving(self, text: str, value: float) -> dict[str, Any]:
        """Return where the mark and its label go, as plain JSON."""
        x = self.scale(value)
        words = f"{text}: {number(value)}"
        aside = kept_inside(x, words, self.sheet)
        return {"x": x, "y": self.line, "tx": 0, "ty": -18, "anchor": aside, "lines": [words]}


def kept_inside(x: float, words: str, sheet: Sheet) -> str:
    """Return the text anchor that keeps words at ``x`` on the sheet, centred if they fit."""
    half = len(words) * sheet.size * WIDTH_OF_LETTER / 2
    if x - half < 0:
        return "start"
    return "end" if x + half > sheet.width else "middle"


def strips(findings: Findings) -> list[Strip]:
    """Return a line for each party."""
    game = own_view(findings.agreement.case.models)
    return [_strip(findings, game, k) for k in range(len(findings.names))]


def _strip(findings: Findings, game: Game, k: int) -> Strip:
    low, high = payoff_range(game, k)
    seen = [low, high, float(findings.expected[k]), float(findings.apart[k])]
    scale = Scale(min(seen), max(seen) if max(seen) > min(seen) else min(seen) + 1, 24.0, 536.0)
    party = clean(findings.names[k])
    expected, clash = scale(seen[2]), scale(seen[3])
    words = f"expects {number(seen[2])} without a deal"
    return Strip(
        index=k,
        name=f"strip-{k}",
        party=party,
        description=f"{party} can get from {number(low)} to {number(high)}, expects "
        f"{number(seen[2])} without a deal and then really gets {number(seen[3])}.",
        sheet=SHEET,
        scale=scale,
        low=scale(low),
        high=scale(high),
        expected=expected,
        clash=clash,
        words=words,
        anchor=kept_inside(expected, words, SHEET),
    )


def payoff_range(game: Game, player: int) -> tuple[float, float]:
    """Return the least and the most a player can get."""
    if game.size <= MAX_LISTED:
        points = game.payoff_points()[:, player]
        return float(points.min()), float(points.max())
    weights = np.eye(len(game.players))[player]
    return (
        float(game.best_plan(-weights).payoffs[player]),
        float(game.best_plan(weights).payoffs[player]),
    )
