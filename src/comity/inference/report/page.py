"""One self-contained page that tells what is understood of people's behaviour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.core import Certified, write_atomic
from comity.core.page.page import render
from comity.core.page.words import clean
from comity.inference.report.asking import asked
from comity.inference.report.crowd import crowd
from comity.inference.report.elsewhere import elsewhere
from comity.inference.report.explanations import panels, rows
from comity.inference.report.notes import MISUSE, READING, assumptions, limits
from comity.inference.report.predictors import plot as behind
from comity.inference.report.predictors import rows as predictors
from comity.inference.report.predictors import scored_on
from comity.inference.report.record import record
from comity.inference.report.reliability import reliability
from comity.inference.report.rivals import rivals
from comity.inference.report.switch import switch
from comity.inference.report.verdict import summary, verdict
from comity.inference.report.words import percent, shown
from comity.inference.results import Understanding


def write_page(understanding: Understanding, path: str | Path, *, seed: int | None = None) -> Path:
    """Write the report page in one step, and return its path."""
    return write_atomic(path, render_page(understanding, seed=seed))


def render_page(understanding: Understanding, *, seed: int | None = None) -> str:
    """Return the report as one HTML page that needs nothing else.

    The same understanding gives the same page, byte for byte. Sections without data are absent;
    the page says so where that matters. All names are escaped.
    """
    choices = switch(understanding)
    context = _story(understanding) | {
        "switch": choices,
        "elsewhere": elsewhere(understanding),
        "questions": asked(understanding),
        "record": record(understanding),
        "assumptions": assumptions(understanding),
        "limits": limits(understanding),
        "reading": READING,
        "misuse": MISUSE,
    }
    return render("comity.inference.report", choices.data, seed, context)


def _story(understanding: Understanding) -> dict[str, Any]:
    calibration = understanding.calibration
    return {
        "title": clean(understanding.title) or "Behaviour without a title",
        "summary": summary(understanding),
        "verdict": verdict(understanding),
        "set_method": clean(understanding.set_method),
        "explanations": rows(understanding),
        "panels": panels(understanding),
        "levels": _levels([f for s in understanding.standings for f in s.estimates.values()]),
        "predictors": predictors(understanding),
        "behind": behind(understanding),
        "scored_on": scored_on(understanding),
        "at_once": _levels([c.behind for c in understanding.comparisons]),
        "crowd": crowd(understanding),
        "rivals": rivals(understanding),
        "reliability": None if calibration is None else reliability(calibration),
        "forecaster": "" if calibration is None else clean(calibration.predictor),
        "calibration_error": None if calibration is None else shown(calibration.error),
    }


def _levels(figures: list[Certified]) -> str:
    """Return the coverage of the intervals of figures, as ``90%``, where they have one in common.

    Where several levels are in use, all are named.
    """
    found = sorted({f.level for f in figures if f.level is not None})
    return " or ".join(percent(level) for level in found)
