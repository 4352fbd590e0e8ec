"""One line per party, where there are more than two and a plane cannot hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.report.drawing import Scale, Sheet, ticks
from comity.agreement.report.findings import Findings
from comity.agreement.report.labels import Box, Label, Placed, place
from comity.agreement.report.space import own_view
from comity.agreement.report.words import clean, number
from comity.games import Game
from comity.games.negotiation import MAX_LISTED

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
    ticks: list[tuple[float, str]]
    labels: list[tuple[str, Placed]]
    line: float = LINE

    def moving(self, text: str, value: float) -> dict[str, Any]:
        """Return where the mark and its label go, as plain JSON."""
        x = self.scale(value)
        taken = [placed.box for _, placed in self.labels]
        label = Label((text,), x, self.line, 15)
        best = place([label], Box(0, 18, 560, 104), self.sheet.size, taken * 4)[0]
        place_of = {"tx": round(best.x - x, 1), "ty": round(best.y - self.line, 1)}
        return {"x": x, "y": self.line, "anchor": best.anchor, "lines": [text], **place_of}


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
    label = Label((f"expects {number(seen[2])} without a deal",), expected, LINE - 24, 8)
    placed = place([label], Box(0, 18, 560, 62), SHEET.size)
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
        ticks=[(scale(t), number(t)) for t in ticks(scale.low, scale.high, 5)],
        labels=[(f"expects-{k % 2}", placed[0])],
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
