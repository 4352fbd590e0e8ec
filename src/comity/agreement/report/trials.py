"""Runs of the protocol in which one party may lie, under every tolerance on show.

What a rule measures does not depend on its tolerance, so without talk each lie is proposed and
measured once and judged under every setting.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.agreement.acceptance import SLACK, Finding, findings
from comity.agreement.proposal import Proposal, delayed, propose
from comity.agreement.report.lies import Lie
from comity.agreement.report.settings import Setting
from comity.agreement.settle import Table
from comity.cases import Constitution
from comity.core.errors import ComityError
from comity.games import Game, Play

Counter = Callable[[int, int], object]


@dataclass(frozen=True)
class Told:
    """Who does not tell its own view (``None``: nobody), in which way and how much."""

    liar: int | None = None
    kind: str = "honest"
    level: float | None = None


@dataclass(frozen=True)
class Trial:
    """What a set of reports leads to, and what each rule finds.

    Attributes
    ----------
    told : who lies.
    setting : key of the setting it was judged under.
    proposal : what the reports lead to; ``None`` where there is no report to use.
    found : for each party that tells the truth, what each rule finds.
    """

    told: Told
    setting: str
    proposal: Proposal | None
    found: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def play(self) -> Play | None:
        """What is proposed."""
        return self.proposal.solution.play if self.proposal else None

    def worth(self, table: Table) -> np.ndarray:
        """Return what the proposed play is worth to each by its own true view, shape (n,)."""
        assert self.proposal is not None
        assert self.play is not None
        models = [delayed(model, self.proposal.delay) for model in table.models.values()]
        return np.array([model.payoffs(self.play)[i] for i, model in enumerate(models)])


def trials(
    table: Table, under: Sequence[Setting], lies: Sequence[Lie], progress: Counter | None = None
) -> list[Trial]:
    """Return a trial for nobody's lie, each lie at each level, and each party's absence.

    The agreed setting comes first, honest reports first within each. Costs one proposal per lie
    and level without talk, one per setting too with it. ``progress(done, steps)`` counts them.
    """
    cases = list(_cases(table, lies))
    tried = []
    for k, (told, report) in enumerate(cases):
        tried.append(_tried(table, under, told, report))
        if progress is not None:
            progress(k + 1, len(cases))
    order = sorted(range(len(under)), key=lambda s: not under[s].agreed)
    return [trial[s] for s in order for trial in tried]


def _cases(table: Table, lies: Sequence[Lie]) -> Iterator[tuple[Told, Game | None]]:
    yield Told(), None
    for lie in lies:
        model = table.models[table.names[lie.liar]]
        for level in lie.levels:
            yield Told(lie.liar, lie.kind, level), lie.report(model, level)
    for liar in range(len(table.names)):
        yield Told(liar, "silent"), None


def _tried(table: Table, under: Sequence[Setting], told: Told, report: Game | None) -> list[Trial]:
    """Return the trial of one lie under every setting, in order."""
    if told.kind == "silent":
        return [Trial(told, setting.key, None) for setting in under]
    if table.constitution.talk.rounds:
        return [_run(_seated(table, setting), setting, told, report) for setting in under]
    strict = _run(_seated(table, under[0]), under[0], told, report)
    return [_judged(strict, under[0].constitution, setting) for setting in under]


def _seated(table: Table, setting: Setting) -> Table:
    return dataclasses.replace(table, constitution=setting.constitution)


def _run(table: Table, setting: Setting, told: Told, report: Game | None) -> Trial:
    """Return one trial; a report that cannot be combined with the others leads to nothing."""
    liar = None if told.liar is None else table.names[told.liar]
    stated = {} if liar is None or report is None else {liar: report}
    try:
        if table.constitution.talk.rounds:
            proposal = table.settle(stated, certain=liar).proposal
        else:
            proposal = propose({**table.models, **stated}, table.constitution, table.evidence)
        found = _found(table, proposal, liar)
    except ComityError:
        return Trial(told, setting.key, None)
    return Trial(told, setting.key, proposal, found)


def _found(table: Table, proposal: Proposal, liar: str | None) -> dict[str, tuple[Finding, ...]]:
    if proposal.solution.play is None:
        return {}
    return {
        name: findings(name, model, proposal, table.constitution, table.evidence)
        for name, model in table.models.items()
        if name != liar
    }


def _judged(trial: Trial, strict: Constitution, setting: Setting) -> Trial:
    """Return a trial judged by the tolerances of another setting."""
    limits = _limits(strict, setting.constitution)
    found = {
        name: tuple(
            dataclasses.replace(f, tolerance=limit, holds=_within(f.figure, limit))
            for f, limit in zip(measured, limits, strict=True)
            if limit is not None
        )
        for name, measured in trial.found.items()
    }
    return dataclasses.replace(trial, setting=setting.key, found=found)


def _within(figure: float, limit: float) -> bool:
    return figure <= limit + SLACK * max(1.0, abs(limit))


def _limits(strict: Constitution, other: Constitution) -> list[float | None]:
    """Return for each rule of one constitution its tolerance in another, ``None`` if absent."""
    left = list(other.acceptance)
    limits: list[float | None] = []
    for rule in strict.acceptance:
        same = (r for r in left if (r.rule, r.divergence) == (rule.rule, rule.divergence))
        match = next(same, None)
        if match is not None:
            left.remove(match)
        limits.append(None if match is None else match.tolerance)
    return limits
