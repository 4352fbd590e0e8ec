"""What if somebody lies? Runs of the protocol with one party changed, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.acceptance import Finding
from comity.agreement.report.lies import Lie
from comity.agreement.report.settings import DISTANCE_RULES, Setting
from comity.agreement.report.trials import Counter, Told, Trial, trials
from comity.agreement.report.words import is_lottery, play_lines
from comity.agreement.settle import Table
from comity.core.page.words import clean, listed, number, signed
from comity.games import Play

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
    lies: Sequence[Lie],
    progress: Counter | None = None,
) -> tuple[Scenario, ...]:
    """Return every run that the page can show; the first is the honest run under the agreed rules.

    See `trials` for what it costs; ``progress(done, steps)`` counts lies.
    """
    tried = trials(table, under, lies, progress)
    honest = {trial.setting: _outcome(table, trial) for trial in tried if trial.told.liar is None}
    return tuple(_scenario(table, trial, honest[trial.setting]) for trial in tried)


@dataclass(frozen=True)
class Outcome:
    """How a trial ended.

    Attributes
    ----------
    status : of the agreement.
    play : what is played in the end.
    payoffs : worth of it to each by its own true view.
    answers : each party's (name, whether it accepts, why).
    """

    status: str
    play: Play | None
    payoffs: np.ndarray
    answers: tuple[tuple[str, bool, str], ...]

    @property
    def refusing(self) -> list[str]:
        """Names of those who do not accept."""
        return [name for name, accepts, _ in self.answers if not accepts]


def _outcome(table: Table, trial: Trial) -> Outcome:
    if trial.proposal is None:
        return Outcome("declined", table.default, table.fallback, _absence(table, trial.told))
    if trial.play is None:
        return Outcome("no gain", table.default, table.fallback, ())
    worth = trial.worth(table)
    answers = tuple(
        _liars_answer(table, worth, k) if k == trial.told.liar else _answer(trial, name)
        for k, name in enumerate(table.names)
    )
    if all(accepts for _, accepts, _ in answers):
        return Outcome("agreed", trial.play, worth, answers)
    return Outcome("refused", table.default, table.fallback, answers)


def _scenario(table: Table, trial: Trial, honest: Outcome) -> Scenario:
    told, outcome = trial.told, _outcome(table, trial)
    tone, heading, sentence = _story(table, told, outcome, honest)
    lines = play_lines(table.models[table.names[0]], outcome.play)
    return Scenario(
        liar=told.liar,
        kind=told.kind,
        level=told.level,
        setting=trial.setting,
        status=outcome.status,
        tone=tone,
        heading=heading,
        sentence=sentence,
        rules=tuple(text for *_, text in outcome.answers) or (NOTHING,),
        deal=tuple(lines) or (("always", "No deal: each goes its own way"),),
        lottery=is_lottery(outcome.play),
        payoffs=np.asarray(outcome.payoffs),
        gains=np.asarray(outcome.payoffs) - table.promised,
        excess=excess(trial),
    )


def excess(trial: Trial) -> float:
    """Return the largest ratio of a distance to its tolerance, 0 where none is measured."""
    ratios = [
        max(0.0, finding.figure) / finding.tolerance if finding.tolerance > 0 else np.inf
        for found in trial.found.values()
        for finding in found
        if finding.rule in DISTANCE_RULES
    ]
    return max(ratios, default=0.0)


def _absence(table: Table, told: Told) -> tuple[tuple[str, bool, str], ...]:
    name = table.names[told.liar or 0]
    return ((name, False, f"{clean(name)} states nothing that can be used."),)


def _liars_answer(table: Table, worth: np.ndarray, liar: int) -> tuple[str, bool, str]:
    """Return the answer of one who lies: it looks at its own true gain alone."""
    name = table.names[liar]
    gain = float(worth[liar] - table.promised[liar])
    accepts = gain >= -1e-9 * max(1.0, abs(float(worth[liar])))
    word = "accepts" if accepts else "refuses"
    text = f"{clean(name)}, who lies, {word}: truly the deal is worth {signed(gain)} to it."
    return name, accepts, text


def _answer(trial: Trial, name: str) -> tuple[str, bool, str]:
    found = trial.found[name]
    broken = [finding for finding in found if not finding.holds]
    reasons = "; ".join(rule_words(finding) for finding in broken or found)
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
    outcome: Outcome,
    honest: Outcome,
) -> tuple[str, str, str]:
    """Return tone, heading and sentence of a run."""
    if told.liar is None:
        return _honest_story(table, outcome)
    name = clean(table.names[told.liar])
    moved = outcome.payoffs - honest.payoffs
    scale = 1e-7 * max(1.0, float(np.abs(outcome.payoffs).max()))
    changes = _changes(table, moved)
    if told.kind == "silent":
        return "dead", f"{name} stays away: no deal.", f"Each falls back on its own plan. {changes}"
    if outcome.status != "agreed":
        return _dead_story(table, told, outcome, honest, changes)
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
    table: Table, told: Told, outcome: Outcome, honest: Outcome, changes: str
) -> tuple[str, str, str]:
    assert told.liar is not None
    name = clean(table.names[told.liar])
    if honest.status != "agreed":
        return "dead", "No deal, with or without the lie.", changes
    others = [clean(n) for n in outcome.refusing if n != table.names[told.liar]]
    if others:
        verb = "refuses" if len(others) == 1 else "refuse"
        return "dead", f"The lie kills the deal: {listed(others)} {verb}.", changes
    if outcome.refusing:
        return "dead", f"The lie overshoots: {name} would not want this deal itself.", changes
    return "dead", "The lie kills the deal: nothing is left that is better for all.", changes


def _honest_story(table: Table, outcome: Outcome) -> tuple[str, str, str]:
    gains = outcome.payoffs - table.promised
    pairs = [f"{clean(n)} {signed(g)}" for n, g in zip(table.names, gains, strict=True)]
    against = f"Against what each expects without a deal: {listed(pairs)}."
    if outcome.status == "agreed":
        return "holds", "Everyone tells the truth, and there is a deal.", against
    against = (
        f"Each falls back on its own plan, and against what it expected gets: {listed(pairs)}."
    )
    if outcome.status == "no gain":
        return "none", "No deal is better for all.", against
    verb = "refuses" if len(outcome.refusing) == 1 else "refuse"
    who = listed([clean(n) for n in outcome.refusing])
    return "dead", f"Even with honest reports there is no deal: {who} {verb}.", against


def _changes(table: Table, moved: np.ndarray) -> str:
    pairs = [f"{clean(n)} {signed(m)}" for n, m in zip(table.names, moved, strict=True)]
    return f"Against the honest outcome: {listed(pairs)}."
