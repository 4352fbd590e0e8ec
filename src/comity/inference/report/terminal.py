"""The same story for a terminal: what stands, who follows what, what cannot be told, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.core.page.terminal import grid, heading
from comity.core.page.words import clean
from comity.inference.report.asking import asked
from comity.inference.report.crowd import crowd
from comity.inference.report.elsewhere import Elsewhere, elsewhere
from comity.inference.report.explanations import rows
from comity.inference.report.notes import assumptions, limits
from comity.inference.report.predictors import rows as predictors
from comity.inference.report.record import record
from comity.inference.report.rivals import rivals
from comity.inference.report.verdict import summary, verdict
from comity.inference.report.words import shown
from comity.inference.results import Understanding

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.padding import Padding
    from rich.text import Text

TONES = {"holds": "green", "fragile": "yellow", "none": "bright_black", "dead": "red"}

STATUS_STYLES = {"stands": "green", "fell": "red", "cannot tell": "bright_black"}

MOST_PAIRS = 5
MOST_EXPECTATIONS = 12
MOST_FAULTS = 8


def show(understanding: Understanding, console: Console) -> None:
    """Print all that is understood."""
    for piece in story(understanding, console.width):
        console.print(piece, highlight=False)


def show_short(understanding: Understanding, console: Console) -> None:
    """Print the verdict and the findings, which a page then tells in full."""
    for piece in _opening(understanding):
        console.print(piece, highlight=False)


def story(understanding: Understanding, width: int) -> Iterator[RenderableType]:
    """Return the pieces of the story in order, for a terminal of this many columns."""
    yield from _opening(understanding)
    yield from _explanations(understanding, width)
    yield from _predictors(understanding, width)
    yield from _people(understanding, width)
    yield from _rivals(understanding, width)
    yield from _calibration(understanding)
    found = elsewhere(understanding)
    if found is not None:
        yield from _elsewhere(found, width)
    yield from _questions(understanding, width)
    yield from _record(understanding)


def _opening(understanding: Understanding) -> Iterator[RenderableType]:
    told = verdict(understanding)
    yield _text(clean(understanding.title), "bold")
    yield _text(summary(understanding), "dim")
    yield _text(f"\n{told.heading}", f"bold {TONES[told.tone]}")
    for sentence in told.findings:
        yield _indented(sentence)


def _explanations(understanding: Understanding, width: int) -> Iterator[RenderableType]:
    found = rows(understanding)
    if not found:
        return
    yield heading("Which explanations stand, and which fell")
    table = [(e.name, e.status, str(e.held_out), str(e.accuracy)) for e in found]
    yield grid(("", "verdict", "held-out score", "predicts"), table, width)
    for e in found:
        yield _text("")
        yield _text(e.name, "bold").append(f" {e.status}", style=STATUS_STYLES[e.status])
        yield _indented(e.verdict)
        for name, meaning, figure in e.parameters:
            why = f"; {figure.why}" if figure.why else ""
            yield _indented(f"{name} {figure}: {meaning}{why}", "dim")


def _predictors(understanding: Understanding, width: int) -> Iterator[RenderableType]:
    found = predictors(understanding)
    if not found:
        return
    yield heading("What predicts these people best (intervals hold for all at once)")
    table = [
        (p.name + (" (yardstick)" if p.yardstick else ""), str(p.held_out),
         "the best" if p.best else str(p.behind))
        for p in found
    ]  # fmt: skip
    yield grid(("", "held-out score", "behind the best"), table, width)


def _people(understanding: Understanding, width: int) -> Iterator[RenderableType]:
    found = crowd(understanding)
    if found is None:
        return
    yield heading("Who follows what")
    yield _indented(f"{found.sentence} {found.prior}".strip())
    table = [(r.name, str(r.share), r.told) for r in found.rows]
    table.append(("cannot tell", "–", found.untold))
    yield grid(("", "share of people", f"assigned at {found.level}"), table, width)


def _rivals(understanding: Understanding, width: int) -> Iterator[RenderableType]:
    found = rivals(understanding)
    if not (found.groups or found.pairs or found.flat):
        return
    yield heading("What cannot be told apart")
    for sentence in found.groups:
        yield _indented(sentence)
    for name, directions in found.flat:
        for text in directions:
            yield _indented(f"{name}: {text}")
    if not found.pairs:
        return
    table = [(p.truth, p.rival, p.expected, p.errors) for p in found.pairs[:MOST_PAIRS]]
    titles = ("true", "rival", "decisions, on average", "decisions, for 5% errors")
    yield grid(titles, table, width)
    rest = len(found.pairs) - MOST_PAIRS
    more = f"{rest:,} more pairs are easier to tell apart. " if rest > 0 else ""
    yield _text(f"{more}The evidence holds {found.decisions:,} decisions.", "dim")


def _calibration(understanding: Understanding) -> Iterator[RenderableType]:
    if understanding.calibration is None:
        return
    found = understanding.calibration
    yield heading("Do the probabilities mean what they say?")
    yield _indented(
        f"Those of {clean(found.predictor)} are off by {shown(found.error)} on average "
        "(expected calibration error)."
    )


def _elsewhere(found: Elsewhere, width: int) -> Iterator[RenderableType]:
    yield heading("In the new setting")
    if found.sentence:
        yield _indented(found.sentence)
    yield _text(f"\nWhat {found.role} would do", "bold dim")
    every = [x for x in found.expectations if not x.implied]
    first = every[:MOST_EXPECTATIONS]
    table = [(f"{x.situation}: {x.option}", *map(str, x.chances)) for x in first]
    yield grid(("", *found.members), table, width)
    rest = len(every) - len(first)
    if rest > 0:
        yield _text(f"{rest:,} more are on the page and in the JSON.", "dim")
    yield _text(f"\nWhat {found.decider} can do, and what it brings", "bold dim")
    by = ("by the shares",) if found.shares else ()
    lines = [
        (("* " if a.chosen else "") + a.name, *a.worth, *((a.by_shares,) if by else ()), a.regret)
        for a in found.actions
    ]
    yield grid(("", *found.members, *by, "largest regret"), lines, width)
    yield from _decision(found)


def _decision(found: Elsewhere) -> Iterator[RenderableType]:
    if found.bayes_worth is not None:
        yield _indented(f"* By the shares: {found.bayes}, which brings {found.bayes_worth}.")
    yield _indented(f"Least regret: {found.lottery}; it loses at most {found.regret}.")
    for member, weight, below, above in found.breaks:
        yield _indented(f"If {member} is less than {weight} likely: {below}; above that: {above}.")
    if found.failure:
        by = ", ".join(f"{name} {chance}" for name, chance, _ in found.failure)
        after = found.bayes or found.pure
        chance = f"Chance that they do not come to terms after {after}"
        yield _indented(f"{chance}: {found.failure_range} ({by}).")


def _questions(understanding: Understanding, width: int) -> Iterator[RenderableType]:
    found = asked(understanding)
    if not found:
        return
    yield heading("What to ask next")
    table = [
        (f"{k}. {q.name}", str(q.information), str(q.value) if q.value else "–", q.expected,
         q.errors)
        for k, q in enumerate(found, start=1)
    ]  # fmt: skip
    titles = ("", "nats an answer", "adds to the decision", "answers, on average",
              "answers, for 5% errors")  # fmt: skip
    yield grid(titles, table, width)
    for k, q in enumerate(found, start=1):
        apart = f"It tells apart {q.separates}." if q.separates else ""
        if apart or q.note:
            yield _text(f"{k}. {apart} {q.note}".rstrip(), "dim")


def _record(understanding: Understanding) -> Iterator[RenderableType]:
    found = record(understanding)
    if found.faults:
        yield heading(found.unused)
        for fault in found.faults[:MOST_FAULTS]:
            yield _indented(f"{fault.message} ({fault.kind}): {fault.rows}", "dim")
        rest = len(found.faults) - MOST_FAULTS
        if rest > 0:
            yield _indented(f"and {rest:,} more kinds of fault", "dim")
    yield heading("What it rests on, and what it cannot tell")
    for sentence in (*assumptions(understanding), *limits(understanding)):
        yield _indented(sentence, "dim")


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(words, style=style)


def _indented(words: str, style: str = "") -> Padding:
    from rich.padding import Padding

    return Padding(_text(words, style), (0, 0, 0, 2))
