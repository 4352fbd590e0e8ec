"""The card for a terminal of any width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.core.page.terminal import grid, heading
from comity.core.page.words import clean
from comity.evaluation.card.conclusion import conclusion
from comity.evaluation.card.verdict import verdict
from comity.evaluation.card.words import (
    GROUPS,
    about,
    amount,
    change,
    detail,
    interval,
    level,
    luck,
    reach,
    title,
    told,
)
from comity.evaluation.regression import Regression
from comity.evaluation.results import Evaluation, Score
from comity.evaluation.suite import SUITE

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.padding import Padding
    from rich.text import Text

TONES = {"holds": "green", "fragile": "yellow", "none": "bright_black", "dead": "red"}
ARROWS = {"higher": "↑", "lower": "↓"}


def show(evaluation: Evaluation, console: Console, regression: Regression | None = None) -> None:
    """Print the whole card."""
    for piece in story(evaluation, console.width, regression):
        console.print(piece, highlight=False)


def story(
    evaluation: Evaluation, width: int, regression: Regression | None = None
) -> Iterator[RenderableType]:
    """Return the pieces of the card in order, for a terminal of this many columns."""
    yield from _opening(evaluation, regression)
    yield from _scores(evaluation, width)
    yield from _partners(evaluation, width)
    if regression is not None:
        yield from _changes(regression, width)
    yield from _faults(evaluation, width)


def _opening(evaluation: Evaluation, regression: Regression | None) -> Iterator[RenderableType]:
    said = verdict(evaluation, regression)
    yield _text(title(evaluation), "bold")
    yield _text(about(evaluation), "dim")
    yield _text(f"\n{said.heading}", f"bold {TONES[said.tone]}")
    for sentence in said.findings:
        yield _indented(sentence)


def _scores(evaluation: Evaluation, width: int) -> Iterator[RenderableType]:
    for group, words in GROUPS.items():
        rows = [
            _row(score, 1 - evaluation.level) for score in evaluation.scores if score.group == group
        ]
        if rows:
            yield heading(words)
            within = f"interval ({level(evaluation)}, all at once)"
            titles = ("", "score", within, "honest party", "difference")
            yield grid(titles, rows, width)
    yield _text("↑ more is better, ↓ less is better, * more than chance", "dim")


def _row(score: Score, rare: float) -> tuple[str, ...]:
    note = f" ({detail(score)})" if detail(score) else ""
    return (
        f"{ARROWS[score.better]} {score.title}{note}",
        told(score.figure.value, score.share),
        interval(score.figure, score.share),
        told(score.honest, score.share),
        change(score.difference.value, score.share) + (" *" if score.chance <= rare else ""),
    )


def _partners(evaluation: Evaluation, width: int) -> Iterator[RenderableType]:
    yield heading("Its own gain, by partner and family (1 is an equal share of the yardstick)")
    found = {(c.partner, c.family): c.own.value for c in evaluation.cells}
    families = evaluation.settings.families
    rows = [
        (clean(partner), *(amount(found[partner, family]) for family in families))
        for partner in evaluation.settings.partners
    ]
    yield grid(("", *(SUITE[family].short for family in families)), rows, width)


def _changes(regression: Regression, width: int) -> Iterator[RenderableType]:
    yield heading(f"Against {clean(regression.before)}")
    rows = [
        (
            c.title,
            change(c.change.value, c.share),
            reach(c.change, c.share),
            luck(c.chance),
            c.verdict,
        )
        for c in regression.changes
    ]
    yield grid(("", "change", "interval, all at once", "chance", ""), rows, width)
    yield _text("chance: how often differences of random sign would be as large", "dim")
    for sentence in conclusion(regression):
        yield _text(sentence, "bold")


def _faults(evaluation: Evaluation, width: int) -> Iterator[RenderableType]:
    if not evaluation.faults:
        return
    yield heading(f"What went wrong, of {evaluation.moves:,} moves")
    rows = [(f"{f.kind} in {f.move}", f"{f.count:,}", clean(f.example)) for f in evaluation.faults]
    yield grid(("", "times", "such as"), rows, width)


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(words, style=style)


def _indented(words: str, style: str = "") -> Padding:
    from rich.padding import Padding

    return Padding(_text(words, style), (0, 0, 0, 2))
