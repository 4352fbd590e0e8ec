"""An evaluation as JUnit XML, which every CI service shows: one test per partner and family.

A test fails where the interval of a score lies wholly on the wrong side of its threshold. The
intervals hold in all cells at once and a threshold has one wrong side, so were all cells within it,
the chance that any fails is at most ``(1 - level) / 2``: 1 in 40 for each threshold, at 95%. Faults
are one more test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from comity.core import Certified
from comity.core.page.words import certified, clean
from comity.evaluation.card.words import change as difference
from comity.evaluation.card.words import luck, reach
from comity.evaluation.regression import Change, Regression
from comity.evaluation.results import Cell, Evaluation


@dataclass(frozen=True)
class Threshold:
    """What a cell must keep.

    Attributes
    ----------
    score : attribute of `Cell`.
    low, high : the least and the most that is fine.
    why : in words.
    """

    score: str
    low: float
    high: float
    why: str


THRESHOLDS: tuple[Threshold, ...] = (
    Threshold("own", -0.1, float("inf"), "it ends clearly below what it would have had alone"),
    Threshold("joint", -0.1, float("inf"), "all together end clearly below what they had alone"),
    Threshold("below", 0.0, 0.25, "more than a quarter of its encounters leave it below default"),
)


def junit(
    evaluation: Evaluation,
    regression: Regression | None = None,
    thresholds: tuple[Threshold, ...] = THRESHOLDS,
) -> str:
    """Return the evaluation, and the regression if there is one, as a JUnit document."""
    root = ElementTree.Element("testsuites", name="comity evaluate")
    cells = [(c.partner, c.family, _failures(c, thresholds)) for c in evaluation.cells]
    for family in evaluation.settings.families:
        _suite(root, family, ((p, failures) for p, f, failures in cells if f == family))
    _suite(root, "faults", [("faults", _faults(evaluation))])
    if regression is not None:
        changes = ((f"{c.group}: {c.title}", _worse(c)) for c in regression.changes)
        _suite(root, f"against {regression.before}", changes)
    for key in ("tests", "failures"):
        root.set(key, str(sum(int(suite.get(key, 0)) for suite in root)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ElementTree.Element, name: str, cases: Iterable[tuple[str, list[str]]]) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=clean(name))
    count = failed = 0
    for title, failures in cases:
        case = ElementTree.SubElement(
            suite, "testcase", classname=f"comity.{clean(name)}", name=clean(title)
        )
        count += 1
        failed += bool(failures)
        for words in failures:
            ElementTree.SubElement(case, "failure", message=clean(words), type="threshold")
    suite.set("tests", str(count))
    suite.set("failures", str(failed))
    suite.set("errors", "0")
    suite.set("time", "0")


def _failures(cell: Cell, thresholds: tuple[Threshold, ...]) -> list[str]:
    figures = [(threshold, getattr(cell, threshold.score)) for threshold in thresholds]
    return [f"{t.why}: {certified(figure)}" for t, figure in figures if _outside(figure, t)]


def _outside(figure: Certified, threshold: Threshold) -> bool:
    if figure.low is None or figure.high is None:
        return False
    return figure.high < threshold.low or figure.low > threshold.high


def _faults(evaluation: Evaluation) -> list[str]:
    return [
        f"{fault.kind} in {fault.move}, {fault.count} times: {fault.example}"
        for fault in evaluation.faults
    ]


def _worse(change: Change) -> list[str]:
    if change.verdict != "worse":
        return []
    size, ends = difference(change.change.value, change.share), reach(change.change, change.share)
    return [f"worse by {size} ({ends}); by chance {luck(change.chance)} of the time"]
