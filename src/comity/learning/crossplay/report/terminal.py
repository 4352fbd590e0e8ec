"""Cross-play for a terminal of any width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.core.certified import Certified
from comity.core.page.terminal import grid, heading
from comity.core.page.words import clean
from comity.learning.crossplay.report.words import (
    COLUMNS,
    about,
    figure,
    interval,
    kinds_met,
    level,
    over,
    title,
    verdict,
)
from comity.learning.crossplay.results import CrossPlay
from comity.learning.crossplay.stress import Stress

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

TONES = {"holds": "green", "fragile": "yellow", "none": "bright_black"}


def show(found: CrossPlay, console: Console, stress: Stress | None = None) -> None:
    """Print the verdict and all figures but the matrix, which is for the page."""
    for piece in story(found, console.width, stress):
        console.print(piece, highlight=False)


def story(found: CrossPlay, width: int, stress: Stress | None = None) -> Iterator[RenderableType]:
    """Return the pieces in order, for a terminal of this many columns."""
    from rich.text import Text

    said = verdict(found)
    yield Text(title(found), "bold")
    yield Text(about(found), "dim")
    yield Text(f"\n{said.heading}", f"bold {TONES[said.tone]}")
    for sentence in said.findings:
        yield Text(f"  {sentence}")
    yield heading(f"With itself, and with siblings ({level(found)} over {over(found)})")
    yield grid(*_groups(found), width)
    names = [clean(group.name) for group in found.groups]
    for words, rows in kinds_met(found):
        yield heading(f"With {words} from outside")
        yield grid(
            ["Partner", *names], [[name, *map(_told, scores)] for name, scores in rows], width
        )
    if stress:
        yield heading(f"When {clean(stress.strains[0].partner)} does not stay as it is")
        yield grid(*_strains(stress), width)


Table = tuple[list[str], list[list[str]]]
"""Titles and lines."""


def _told(score: Certified) -> str:
    return "–" if score.kind == "unknown" else f"{figure(score)} ({interval(score)})"


def _groups(found: CrossPlay) -> Table:
    titles = ["Group", "Agents", *(head for head, _ in COLUMNS.values())]
    lines = [
        [
            clean(group.name),
            str(len(group.members)),
            *(_told(getattr(group, name)) for name in COLUMNS),
        ]
        for group in found.groups
    ]
    return titles, lines


def _strains(stress: Stress) -> Table:
    lines = [
        [
            clean(strain.agent),
            strain.disturbance,
            figure(strain.undisturbed),
            figure(strain.disturbed),
            _told(strain.loss),
        ]
        for strain in stress.strains
    ]
    return ["Agent", "The partner", "As it is", "Changed", "Loss"], lines
