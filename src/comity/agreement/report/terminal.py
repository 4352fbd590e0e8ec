"""The same story for a terminal: verdict, differences, deal, gains, certificate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comity.agreement.report.differences import Row, rows
from comity.agreement.report.findings import Findings
from comity.agreement.report.sets import HEADING, TITLES, risk_rows, several
from comity.agreement.report.tables import (
    certificate_lines,
    effects,
    lying_lines,
    study_notes,
    study_table,
    threats,
)
from comity.agreement.report.verdict import verdict
from comity.agreement.report.words import play_lines
from comity.core.page.terminal import PARTY_STYLES, grid, heading
from comity.core.page.words import clean, counted, listed, number, signed

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from comity.agreement.results import Comparison
    from comity.agreement.studies.study import Study
    from comity.cases import Case

TONES = {"holds": "green", "fragile": "yellow", "none": "bright_black", "dead": "red"}


"""Columns below which tables become lists."""

MOST_DIFFERENCES = 6


def show(findings: Findings, console: Console) -> None:
    """Print an agreement with its certificate."""
    for piece in story(findings, console.width):
        console.print(piece, highlight=False)


def show_short(findings: Findings, console: Console) -> None:
    """Print the verdict and its points, which a page then tells in full."""
    for piece in _opening(findings):
        console.print(piece, highlight=False)


def story(findings: Findings, width: int) -> Iterator[RenderableType]:
    """Return the pieces of the story in order, for a terminal of this many columns."""
    yield from _opening(findings)
    yield from _differences(findings, width)
    yield from _deal(findings)
    yield from _gains(findings, width)
    yield from _several(findings, width)
    yield from _lies(findings)
    yield from _outside(findings, width)
    yield from _threats(findings, width)
    yield from _certificate(findings, width)


def _opening(findings: Findings) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    told = verdict(findings)
    yield Text(clean(findings.agreement.case.title), style="bold")
    yield Text(told.heading, style=f"bold {TONES[told.tone]}")
    for what, text in told.points:
        yield Text(f"\n{what}", style="bold dim")
        yield Padding(Text(text), (0, 0, 0, 2))


def _differences(findings: Findings, width: int) -> Iterator[RenderableType]:
    case = findings.agreement.case
    found = rows(case, findings.comparison, findings.tolerance)
    yield heading(
        "Where they differ, and how much that changes"
        if found
        else "They hold the same view of everything."
    )
    yield from differences(case, found, width, MOST_DIFFERENCES)


def differences(
    case: Case, found: Sequence[Row], width: int, most: int
) -> Iterator[RenderableType]:
    """Return the differences that change something, and how many do not."""
    from rich.text import Text

    if not found:
        return
    shown = [row for row in found if not row.idle][:most] or list(found[:2])
    marked = [
        (("* " if row.matters else "") + row.part, *row.values, row.effect, row.effect_alone)
        for row in shown
    ]
    names = [clean(name) for name in case.names]
    yield grid(("", *names, "with a deal", "without"), marked, width, case.names)
    rest = found[len(shown) :]
    change = "changes" if len(rest) == 1 else "change"
    idle = f", which {change} nothing" if all(row.idle for row in rest) else ""
    notes = ["* the one that matters most"] if any(row.matters for row in shown) else []
    notes += [f"{counted(len(rest), 'more difference')}{idle}"] if rest else []
    if notes:
        yield Text("; ".join(notes), style="dim")


def _deal(findings: Findings) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    game = findings.agreement.case.parties[0].model
    lines = play_lines(game, findings.agreement.play)
    if not findings.agreed or len(lines) <= 3:
        return
    yield heading("The deal, in full")
    for often, what in lines:
        start = "" if often == "always" else f"{often}: "
        yield Padding(Text(start + what), (0, 0, 0, 2))


def _gains(findings: Findings, width: int) -> Iterator[RenderableType]:
    if not findings.agreed:
        yield from _without(findings, width)
        return
    yield heading("What each gets, by its own view")
    breaking = findings.breaking("own")
    table = []
    for k, name in enumerate(findings.names):
        tempted = breaking.get(name)
        table.append(
            (
                clean(name),
                number(findings.expected[k]),
                number(findings.apart[k]),
                number(findings.deal[k]),
                signed(findings.deal[k] - findings.expected[k]),
                number(tempted.value) if tempted else "–",
            )
        )
    titles = ("", "expects without", "really without", "gets", "gain", "by breaking it")
    yield grid(titles, table, width, findings.names)


def _without(findings: Findings, width: int) -> Iterator[RenderableType]:
    yield heading("What each gets without a deal, by its own view")
    pairs = zip(findings.names, findings.expected, findings.apart, strict=True)
    table = [(clean(name), number(e), number(a)) for name, e, a in pairs]
    yield grid(("", "expects without", "really without"), table, width, findings.names)


def _several(findings: Findings, width: int) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    told = several(findings)
    if told is None:
        return
    yield heading(HEADING)
    yield Padding(Text(told.intro), (0, 0, 0, 2))
    if told.risks:
        yield grid(TITLES, risk_rows(told), width, findings.names)
    for often, what, refused in told.drawn:
        yield Padding(Text(f"{often}: {what}" + (f" ({refused})" if refused else "")), (0, 0, 0, 2))
    for sentence in filter(None, (told.words, told.question)):
        yield Padding(Text(sentence), (0, 0, 0, 2))


def _lies(findings: Findings) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    agreed = {setting.key for setting in findings.settings if setting.agreed}
    shown = [s for s in findings.scenarios if s.liar is not None and s.setting in agreed]
    lines = lying_lines(findings)
    if not lines:
        return
    yield heading("What if somebody lies?")
    for k, (found, bound) in enumerate(lines):
        gain = "no lie was measured" if found.short == "cannot tell" else ""
        gain = gain or f"best lie found gains {found.short}"
        limit = "" if bound.kind == "cannot tell" else f"; no lie gains more than {bound.short}"
        ends = [s.status == "agreed" for s in shown if s.liar == k and s.kind != "silent"]
        deaths = f"; {_turned(ends, findings.scenarios[0].status)}" if ends else ""
        text = Text(found.who, style=PARTY_STYLES[k % len(PARTY_STYLES)])
        text.append(f": {gain}{limit}{deaths}.", style="not bold default")
        yield Padding(text, (0, 0, 0, 2))


def _turned(ends: Sequence[bool], honest: str) -> str:
    """Return how many lies kill the deal, or bring one about where honesty leads to none."""
    if honest == "agreed":
        return f"{ends.count(False)} of the {len(ends)} lies on the page kill the deal"
    made = ends.count(True) or "none"
    return f"honest reports lead to no deal, and {made} of the {len(ends)} lies on the page to one"


def _outside(findings: Findings, width: int) -> Iterator[RenderableType]:
    found = effects(findings)
    if not found:
        return
    yield heading("Who else is affected, against going without a deal")
    titles = ("", *(view for view, *_ in found[0].views))
    table = [(e.bystander, *(figure for _, figure, _ in e.views)) for e in found]
    yield grid(titles, table, width)


def _threats(findings: Findings, width: int) -> Iterator[RenderableType]:
    found = threats(findings)
    if len(found) < 2:
        return
    yield heading("How threats move the deal (combined view)")
    table = [
        (
            ("* " if threat.used else "  ") + threat.name,
            listed(threat.point, "/") or "–",
            listed(threat.payoffs, "/") or "–",
        )
        for threat in found
    ]
    yield grid(("bargaining starts from", "at", "they get"), table, width)


def _certificate(findings: Findings, width: int) -> Iterator[RenderableType]:
    lines = certificate_lines(findings)
    if not lines:
        return
    yield heading("Certificate")
    table = [(f"{line.what}: {line.who}", line.figure, line.kind) for line in lines]
    yield grid(("figure", "value", "kind"), table, width)


def comparison_story(
    case: Case, found: Comparison, width: int, most: int = 12
) -> Iterator[RenderableType]:
    """Return a comparison of views, for a terminal of this many columns."""
    from rich.text import Text

    yield Text(clean(case.title), style="bold")
    ranked = rows(case, found)
    yield Text(_comparison_heading(case, found, ranked), style="bold")
    yield Text("")
    yield from differences(case, ranked, width, most)
    for sentence in found.assumptions:
        yield Text(clean(sentence), style="dim")


def _comparison_heading(case: Case, found: Comparison, ranked: Sequence[Row]) -> str:
    if not ranked:
        return "They hold the same view of everything."
    matter = sum(not row.idle for row in ranked)
    verb = "matters" if matter < 2 else "matter"
    told = f"{counted(len(ranked), 'difference')}, of which {matter or 'none'} {verb}."
    if found.clash:
        return f"Left alone they would clash. {told}"
    return told


def study_story(case: Case, found: Study, width: int) -> Iterator[RenderableType]:
    """Return what a study found, for a terminal of this many columns."""
    from rich.text import Text

    yield Text(clean(case.title), style="bold")
    yield Text(f"{counted(found.draws, 'imagined truth')}, with 95% intervals", style="dim")
    yield Text("")
    titles, lines = study_table(found)
    yield grid(titles, lines, width)
    yield Text("")
    for sentence in study_notes(found):
        yield Text(sentence, style="dim")
