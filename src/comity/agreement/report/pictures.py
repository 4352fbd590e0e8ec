"""The pictures of a page: the payoff picture for two parties, a line for each of several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.agreement.report.curves import charts
from comity.agreement.report.drawing import Drawing, Mark, draw
from comity.agreement.report.findings import Findings
from comity.agreement.report.scenarios import Scenario
from comity.agreement.report.space import own_payoffs, payoff_space
from comity.agreement.report.strips import Strip, strips
from comity.agreement.report.words import DISAGREEMENT, SOLUTIONS
from comity.core.page.charts import Chart
from comity.core.page.drawing import NARROW, WIDE
from comity.core.page.words import clean, listed, number

CAPTION = (
    "Each dot is an outcome, placed at what it is worth to each party by its own view. The line is "
    "the best they can do together (Pareto frontier)."
)


@dataclass(frozen=True)
class Pictures:
    """What the page draws.

    Attributes
    ----------
    wide, narrow : the payoff picture for large and small screens; ``None`` unless two parties.
    strips : one line per party, where they are not two.
    charts : curves over the tolerance.
    context : all of it by the names the template knows.
    known : places of moving marks that were worked out.
    """

    wide: Drawing | None
    narrow: Drawing | None
    strips: tuple[Strip, ...]
    charts: tuple[Chart, ...]
    context: dict[str, Any] = field(default_factory=dict)
    known: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)

    def moving(self, scenario: Scenario) -> dict[str, Any]:
        """Return where the mark of what they get goes in a run, in every picture."""
        text = "The deal" if scenario.status == "agreed" else "What they get"
        key = (text, *map(float, scenario.payoffs))
        if key not in self.known:
            self.known[key] = self._moving(text, scenario.payoffs)
        return self.known[key]

    def _moving(self, text: str, payoffs: np.ndarray) -> dict[str, Any]:
        if self.wide is None or self.narrow is None:
            return {s.name: s.moving(text, float(payoffs[s.index])) for s in self.strips}
        mark = Mark("deal", text, _pair(payoffs))
        return {"wide": self.wide.moving(mark), "narrow": self.narrow.moving(mark)}


def pictures(findings: Findings) -> Pictures:
    """Return the pictures of a page."""
    curves = tuple(charts(findings))
    if len(findings.names) != 2:
        lines = tuple(strips(findings))
        context: dict[str, Any] = {"wide": None, "narrow": None, "strips": lines, "curves": curves}
        context["picture_caption"] = (
            "One line per party, from the worst to the best outcome for it, by its own view. "
            "The dashed line is what it expects without a deal, the cross what really happens."
        )
        return Pictures(None, None, lines, curves, context)
    constitution = findings.agreement.case.constitution
    space = payoff_space(findings.agreement.case.models, lotteries=constitution.lotteries)
    marks = named_points(findings)
    expected = _pair(findings.expected)
    more = [_pair(s.payoffs) for s in findings.scenarios]
    wide = draw(space, expected, marks, WIDE, more)
    narrow = draw(space, expected, marks, NARROW, more)
    return Pictures(wide, narrow, (), curves, _context(findings, wide, narrow, marks, curves))


def _pair(values: np.ndarray) -> tuple[float, float]:
    return float(values[0]), float(values[1])


def named_points(findings: Findings) -> list[Mark]:
    """Return the fixed marks of the picture, the most important first.

    The starting point of the bargaining is shown as the combined view has it, and only where that
    view is in the same units.
    """
    models = findings.agreement.case.models
    constitution = findings.agreement.case.constitution
    words = "No deal" if findings.without is None else "Without a deal, really"
    marks = [Mark("clash", words, _pair(findings.apart))]
    marks += [Mark("honest", "", _pair(findings.deal))] if findings.agreed else []
    for notion, play in findings.solutions.items():
        if notion in constitution.solution and findings.agreed:
            continue
        marks.append(Mark("solution", SOLUTIONS[notion][0], _pair(own_payoffs(models, play))))
    start = findings.agreement.disagreement
    same = findings.without is None and np.allclose(start, findings.apart)
    if not constitution.normalise and len(start) == 2 and np.all(np.isfinite(start)) and not same:
        marks.append(Mark("start", "Bargaining starts here", _pair(start)))
    return marks


def _context(
    findings: Findings, wide: Drawing, narrow: Drawing, marks: list[Mark], curves: tuple[Chart, ...]
) -> dict[str, Any]:
    names = [clean(name) for name in findings.names]
    deal = f"The deal gives {number(findings.deal[0])} and {number(findings.deal[1])}"
    points = listed([f"{m.text}: {number(m.point[0])} and {number(m.point[1])}" for m in marks])
    text = f"{deal if findings.agreed else 'No deal'}. {points}."
    return {
        "wide": wide,
        "narrow": narrow,
        "strips": (),
        "curves": curves,
        "picture_title": f"What every outcome is worth to {names[0]} (across) and {names[1]} (up)",
        "picture_text": text,
        "picture_caption": CAPTION,
        "key": key(findings),
    }


def key(findings: Findings) -> list[tuple[str, str]]:
    """Return what each mark of the picture stands for, as (kind of mark, words)."""
    constitution = findings.agreement.case.constitution
    chance = "; lots may be drawn" if constitution.lotteries else ""
    found = [("deal", f"what they get by the deal ({_chosen(findings)}{chance})")]
    if findings.agreed:
        found.append(("honest", "stays where honest reports lead"))
    found.append(("clash", "what really happens without a deal, each following its own view"))
    found.append(("expects", "what each expects without a deal, by its own view"))
    found.append(("zone", "better for both than that"))
    if not constitution.normalise:
        name, words = DISAGREEMENT[constitution.disagreement]
        found.append(("start", f"where bargaining starts ({name.lower()}): {words}, combined view"))
    others = [n for n in findings.solutions if n not in constitution.solution]
    if others:
        words = "; ".join(f"{SOLUTIONS[n][0]}: {SOLUTIONS[n][1]}" for n in others)
        found.append(("solution", f"other ideas of a good deal. {words}"))
    return found


def _chosen(findings: Findings) -> str:
    notion = findings.agreement.solution
    return SOLUTIONS[notion][0] if notion in SOLUTIONS else "the notion they agreed on"
