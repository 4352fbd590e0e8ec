"""Cross-play as one self-contained page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.core import write_atomic
from comity.core.certified import Certified
from comity.core.page.page import render
from comity.core.page.words import clean, number
from comity.learning.crossplay.report.words import (
    COLUMNS,
    about,
    figure,
    interval,
    kinds_met,
    level,
    over,
    shade,
    title,
    verdict,
)
from comity.learning.crossplay.results import CrossPlay
from comity.learning.crossplay.stress import Stress

MOST_NUMBERED = 24
"""Most columns of a matrix whose cells show numbers; larger ones show shades, numbers on hover."""

LIMITS = (
    "Siblings come from one training program: they are strangers of one kind, not all strangers.",
    "Partners in the box were written for the game; people who play it may be quite different.",
    "Intervals treat seeds as independent draws, and may reach beyond possible scores.",
    "A high score with copies says nothing of strangers; a low one with strangers may be theirs.",
)
"""What cross-play cannot tell."""


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: its words, its shade, and what it says on hover."""

    text: str
    shade: str
    hint: str


def write_page(found: CrossPlay, path: str | Path, stress: Stress | None = None) -> Path:
    """Write the page in one step, and return its path."""
    return write_atomic(path, render_page(found, stress))


def render_page(found: CrossPlay, stress: Stress | None = None) -> str:
    """Return the page as HTML that needs nothing else, the same for the same figures."""
    context = {
        "title": title(found),
        "summary": about(found),
        "verdict": verdict(found),
        "level": level(found),
        "over": over(found),
        "columns": list(COLUMNS.values()),
        "groups": _groups(found),
        "optimum": _optimum(found.optimum),
        "heads": [(str(k + 1), clean(name)) for k, name in enumerate(found.names)],
        "agents": len(found.matrix),
        "rows": _rows(found),
        "numbered": len(found.names) <= MOST_NUMBERED,
        "met": _met(found),
        "names": [clean(group.name) for group in found.groups],
        "strains": _strains(stress) if stress else [],
        "stress": stress,
        "assumptions": found.assumptions + (stress.assumptions if stress else ()),
        "limits": LIMITS,
    }
    data = {"environment": found.environment, "names": list(found.names)}
    return render("comity.learning.crossplay.report", data, found.seed, context)


def _optimum(optimum: Certified) -> str:
    if optimum.kind == "unknown":
        return f"The exact optimum is not known: {clean(optimum.method)}."
    return f"The best any players could get is {number(optimum.value)}: {clean(optimum.method)}."


def _groups(found: CrossPlay) -> list[dict[str, Any]]:
    rows = []
    for group in found.groups:
        cells = [_told(getattr(group, name)) for name in COLUMNS]
        count = len(group.members)
        rows.append({"name": clean(group.name), "count": count, "cells": cells})
    return rows


def _told(certified: Certified) -> tuple[str, str]:
    """Return a figure and, smaller, its interval or why it cannot be told."""
    if certified.kind == "unknown":
        return "–", clean(certified.method)
    return figure(certified), interval(certified)


def _rows(found: CrossPlay) -> list[tuple[str, str, list[Cell]]]:
    low, high = float(found.matrix.min()), float(found.matrix.max())
    numbered = len(found.names) <= MOST_NUMBERED
    rows = []
    for i, values in enumerate(found.matrix):
        cells = []
        for j, value in enumerate(values):
            told = number(float(value))
            error = number(float(found.errors[i, j]))
            hint = f"{clean(found.names[i])} with {clean(found.names[j])}: {told} ± {error}"
            own = " own" if i == j else ""
            cells.append(Cell(told if numbered else "", shade(float(value), low, high) + own, hint))
        rows.append((str(i + 1), clean(found.names[i]), cells))
    return rows


def _met(found: CrossPlay) -> list[dict[str, Any]]:
    return [
        {"words": words, "rows": [(name, list(map(_told, scores))) for name, scores in rows]}
        for words, rows in kinds_met(found)
    ]


def _strains(stress: Stress) -> list[dict[str, Any]]:
    return [
        {
            "agent": clean(strain.agent),
            "partner": clean(strain.partner),
            "fixed": strain.agent in stress.fixed,
            "disturbance": clean(strain.disturbance),
            "words": clean(stress.words[strain.disturbance]),
            "calm": _told(strain.undisturbed),
            "rough": _told(strain.disturbed),
            "loss": _told(strain.loss),
            "certain": strain.loss.low is not None and strain.loss.low > 0,
        }
        for strain in stress.strains
    ]
