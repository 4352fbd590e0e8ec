"""What if somebody lies? Runs of the protocol with one party changed, ready to be shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.acceptance import Finding, findings
from comity.agreement.proposal import Proposal
from comity.agreement.report.lies import Lie, tell
from comity.agreement.report.settings import DISTANCE_RULES, Setting
from comity.agreement.report.words import (
    clean,
    is_lottery,
    listed,
    number,
    play_lines,
    signed,
)
from comity.agreement.settle import Settled, Table
from comity.core.errors import ComityError
from comity.games import Game

NOTHING = "Nothing is on the table: no outcome is better for all than where bargaining starts."


@dataclass(frozen=True)
class Scenario:
    """One run of the protocol with one party that may not be honest.

    Attributes
    ----------
    liar : index of that party, ``None`` in the honest run.
    kind : ``honest``, ``silent``, or the kind of a `Lie`.
    level : how much, where that can be turned up, else ``None``.
    setting : key of the `Setting` under which it ran.
    status : of the agreement.
    tone : ``holds``, ``pays`` (the lie pays), ``backfires`` or ``dead``.
    heading, sentence : the banner.
    rules : what each party answered, and by which rule.
    deal : what is played, as (chance, what happens).
    lottery : whether chance decides.
    payoffs : worth of it to each by its own true view, shape (n,).
    gains : the same less what each expects without a deal.
    excess : the largest ratio of a distance to its tolerance, over those who tell the truth; 0
        where no rule measures distance.
    """

    liar: int | None
    kind: str
    level: float | None
    setting: str
    status: str
    tone: str
    heading: str
    sentence: str
    rules: tuple[str, ...]
    deal: tuple[tuple[str, str], ...]
    lottery: bool
    payoffs: np.ndarray
    gains: np.ndarray
    excess: float = 0.0


def scenarios(
    table: Table,
    under: Sequence[Setting],
    told: Sequence[Lie],
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Scenario, ...]:
    """Return every run that the page can show; the first is the honest run under the agreed rules.

    One call of the protocol per lie, level and setting. ``progress(done, steps)`` is called after
    each.
    """
    steps = len(under) * (1 + len(table.names) + sum(len(lie.levels) for lie in told))
    made: list[Scenario] = []
    for setting in sorted(under, key=lambda s: not s.agreed):
        seated = dataclasses.replace(table, constitution=setting.constitution)
        for scenario in _runs(seated, told, setting.key):
            made.append(scenario)
            if progress is not None:
                progress(len(made), steps)
    return tuple(made)


def _runs(table: Table, told: Sequence[Lie], setting: str) -> Iterator[Scenario]:
    honest = table.settle()
    yield _scenario(table, honest, honest, setting, Told(None, "honest", None))
    for lie in told:
        model = table.models[table.names[lie.liar]]
        for level in lie.levels:
            settled = _settled(table, lie.liar, lie.report(model, level))
            yield _scenario(table, settled, honest, setting, Told(lie.liar, lie.kind, level))
    for liar in range(len(table.names)):
        yield _scenario(table, None, honest, setting, Told(liar, "silent", None))


def _apart(table: Table, honest: Settled) -> Settled:
    """Return the run in which no deal comes about."""
    return dataclasses.replace(honest, status="refused", play=table.default, payoffs=table.fallback)


def _settled(table: Table, liar: int, report: Game) -> Settled | None:
    try:
        return tell(table, table.names[liar], report)
    except ComityError:
        return None


@dataclass(frozen=True)
class Told:
    """Who does not tell its own view, in which way and how much."""

    liar: int | None
    kind: str
    level: float | None


def _scenario(
    table: Table, settled: Settled | None, honest: Settled, setting: str, told: Told
) -> Scenario:
    settled = settled or _apart(table, honest)
    answers = _answers(table, settled, told)
    refusing = [name for name, accepts, _ in answers if not accepts]
    kept = settled.status == "agreed" and not refusing
    payoffs = settled.payoffs if kept else table.fallback
    play = settled.play if kept else table.default
    status = "agreed" if kept else "refused" if settled.status == "agreed" else settled.status
    story = _story(table, told, status, payoffs, honest, refusing)
    model = table.models[table.names[0]]
    return Scenario(
        liar=told.liar,
        kind=told.kind,
        level=told.level,
        setting=setting,
        status=status,
        tone=story[0],
        heading=story[1],
        sentence=story[2],
        rules=tuple(text for *_, text in answers) or (NOTHING,),
        deal=tuple(play_lines(model, play)) or (("always", "No deal: each goes its own way"),),
        lottery=is_lottery(play),
        payoffs=np.asarray(payoffs),
        gains=np.asarray(payoffs) - table.promised,
        excess=_excess(table, settled, told),
    )


def _excess(table: Table, settled: Settled, told: Told) -> float:
    if settled.proposal.solution.play is None or told.kind == "silent":
        return 0.0
    ratios = [
        max(0.0, found.figure) / found.tolerance if found.tolerance > 0 else np.inf
        for k, name in enumerate(table.names)
        if k != told.liar
        for found in _found(table, settled.proposal, name)
        if found.rule in DISTANCE_RULES
    ]
    return max(ratios, default=0.0)


def _found(table: Table, proposal: Proposal, name: str) -> tuple[Finding, ...]:
    return findings(name, table.models[name], proposal, table.constitution, table.evidence)


def _answers(table: Table, settled: Settled, told: Told) -> list[tuple[str, bool, str]]:
    """Return each party's answer with its reason; the liar looks only at its own gain."""
    if told.kind == "silent":
        assert told.liar is not None
        name = table.names[told.liar]
        return [(name, False, f"{clean(name)} takes no part, so there is nothing to accept.")]
    if settled.proposal.solution.play is None:
        return []
    return [
        _liars_answer(table, settled.proposal, k)
        if k == told.liar
        else _answer(table, settled.proposal, name)
        for k, name in enumerate(table.names)
    ]


def _liars_answer(table: Table, proposal: Proposal, liar: int) -> tuple[str, bool, str]:
    name = table.names[liar]
    assert proposal.solution.play is not None
    worth = float(table.models[name].payoffs(proposal.solution.play)[liar])
    gain = worth - float(table.promised[liar])
    accepts = gain >= -1e-9 * max(1.0, abs(worth))
    word = "accepts" if accepts else "refuses"
    text = f"{clean(name)}, who lies, {word}: truly the deal is worth {signed(gain)} to it."
    return name, accepts, text


def _answer(table: Table, proposal: Proposal, name: str) -> tuple[str, bool, str]:
    found = _found(table, proposal, name)
    broken = [finding for finding in found if not finding.holds]
    shown = broken or list(found)
    reasons = "; ".join(rule_words(finding) for finding in shown)
    word = "refuses" if broken else "accepts"
    text = f"{clean(name)} {word}: {reasons or 'no rule stands against it'}."
    return name, not broken, text


def rule_words(finding: Finding) -> str:
    """Return what one rule found, in plain words, with the rule's name."""
    figure, limit = finding.figure, number(finding.tolerance)
    if finding.rule == "gain":
        words = (
            "no better and no worse"
            if number(figure) == "0"
            else (f"{number(abs(figure))} {'worse' if figure > 0 else 'better'}")
        )
        return f"it is {words} than going without, by its own view (gain rule)"
    within = "within" if finding.holds else "beyond"
    if finding.divergence == "decision":
        cost = "the other reports cost it" if figure > 0 else "the other reports do not hurt it:"
        return f"{cost} {number(figure)}, {within} the {limit} it tolerates (distance rule)"
    if finding.rule == "evidence":
        return (
            f"the other report fits the shared data worse by {number(figure)}, {within} the "
            f"{limit} tolerated (evidence rule)"
        )
    whose = "the reports lie" if finding.rule == "public" else "the other report lies"
    apart = "apart" if finding.rule == "public" else "from its own view"
    return f"{whose} {number(figure)} {apart}, {within} the {limit} tolerated (distance rule)"


def _story(
    table: Table,
    told: Told,
    status: str,
    payoffs: np.ndarray,
    honest: Settled,
    refusing: Sequence[str],
) -> tuple[str, str, str]:
    """Return tone, heading and sentence of a run."""
    if told.liar is None:
        return _honest_story(table, status, payoffs, refusing)
    name = clean(table.names[told.liar])
    moved = payoffs - honest.payoffs
    scale = 1e-7 * max(1.0, float(np.abs(payoffs).max()))
    changes = _changes(table, moved)
    if told.kind == "silent":
        return "dead", f"{name} stays away: no deal.", f"Each falls back on its own plan. {changes}"
    if status != "agreed":
        return _dead_story(table, told, honest, refusing, changes)
    if moved[told.liar] > scale:
        return (
            "pays",
            f"The lie pays {name}.",
            f"{changes} No rule catches it.",
        )
    if moved[told.liar] < -scale:
        return "backfires", f"The lie backfires on {name}.", changes
    return "holds", "The lie changes nothing.", f"{name} gets what the truth would bring it."


def _dead_story(
    table: Table, told: Told, honest: Settled, refusing: Sequence[str], changes: str
) -> tuple[str, str, str]:
    assert told.liar is not None
    name = clean(table.names[told.liar])
    if honest.status != "agreed":
        return "dead", "No deal, with or without the lie.", changes
    others = [clean(n) for n in refusing if n != table.names[told.liar]]
    if others:
        verb = "refuses" if len(others) == 1 else "refuse"
        return "dead", f"The lie kills the deal: {listed(others)} {verb}.", changes
    if refusing:
        return "dead", f"The lie overshoots: {name} would not want this deal itself.", changes
    return "dead", "The lie kills the deal: nothing is left that is better for all.", changes


def _honest_story(
    table: Table, status: str, payoffs: np.ndarray, refusing: Sequence[str]
) -> tuple[str, str, str]:
    gains = payoffs - table.promised
    pairs = [f"{clean(n)} {signed(g)}" for n, g in zip(table.names, gains, strict=True)]
    against = f"Against what each expects without a deal: {listed(pairs)}."
    if status == "agreed":
        return "holds", "Everyone tells the truth, and there is a deal.", against
    if status == "no gain":
        return "none", "No deal is better for all.", against
    verb = "refuses" if len(refusing) == 1 else "refuse"
    who = listed([clean(n) for n in refusing])
    return "dead", f"Even with honest reports there is no deal: {who} {verb}.", against


def _changes(table: Table, moved: np.ndarray) -> str:
    pairs = [f"{clean(n)} {signed(m)}" for n, m in zip(table.names, moved, strict=True)]
    return f"Against the honest outcome: {listed(pairs)}."
