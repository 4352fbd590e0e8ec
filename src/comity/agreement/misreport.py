"""What a party could gain by reporting something else than it thinks.

From below, the best lie found in a named family by a named search, in the true protocol: the
others' rules of acceptance apply, and the liar takes its default where that is better. From above,
the best that the others would accept at all. The truth lies between; where a party's types are
finite, `enumeration` gives it exactly.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from comity.agreement.acceptable import best_acceptable, each_by_its_own, floors
from comity.agreement.lies import Move, moves, whole_lies
from comity.agreement.proposal import delayed
from comity.agreement.settle import Table
from comity.cases import Case
from comity.core import Certified, Result
from comity.core.errors import ComityError
from comity.games import Game

Information = Literal["ex post", "interim"]

Search = Literal["none", "local", "full"]

BUDGETS: dict[Search, int] = {"none": 0, "local": 150, "full": 3000}
"""Number of reports that a search tries."""


@dataclass(frozen=True)
class Scenario:
    """One way the others may be, as the liar sees it.

    Attributes
    ----------
    table : everyone with its model; the others report theirs.
    chance : how likely the liar thinks it.
    """

    table: Table
    chance: float


@dataclass(frozen=True)
class Misreport(Result):
    """The best lie that was found.

    Attributes
    ----------
    party : who would tell it.
    gain : over honesty, by its own model; a lower bound.
    report : the report, block by block where it differs from the truth.
    information : what the liar is taken to know.
    tried : number of reports tried.
    """

    party: str
    gain: Certified
    report: Mapping[str, np.ndarray]
    information: Information
    tried: int
    model: Game = field(repr=False)


def scenarios(case: Case, party: str, information: Information = "ex post") -> list[Scenario]:
    """Return what the party reckons with: the others as they are, or as it believes them to be.

    ``interim``: every combination of its beliefs about each other's tastes, independent; all
    else about the others is taken to be as the party itself sees it.
    """
    models = case.models
    if information == "ex post":
        return [Scenario(Table.of(case), 1.0)]
    own = next(p for p in case.parties if p.name == party)
    found: list[tuple[dict[str, Game], float]] = [({party: own.model}, 1.0)]
    for other in (name for name in case.names if name != party):
        held = [(b.values, b.probability) for b in own.beliefs if b.about == other]
        held = held or [(own.model.blocks()[f"tastes[{other}]"].values, 1.0)]
        found = [
            ({**seen, other: own.model.replace(f"tastes[{other}]", values)}, chance * p)
            for seen, chance in found
            for values, p in held
        ]
    return [
        Scenario(
            Table.seat({name: seen[name] for name in models}, case.constitution, case.evidence),
            chance,
        )
        for seen, chance in found
    ]


def honest_value(party: str, cases: Sequence[Scenario]) -> float:
    """Return what honesty is expected to bring the party, by its own model."""
    total = 0.0
    for case in cases:
        i = case.table.names.index(party)
        total += case.chance * float(case.table.settle().payoffs[i])
    return total


def lie_value(party: str, report: Game, cases: Sequence[Scenario]) -> float:
    """Return what a report is expected to bring the party, by its own model.

    A report that breaks a rule of the constitution leads to the defaults.
    """
    total = 0.0
    for case in cases:
        i = case.table.names.index(party)
        fallback = float(case.table.fallback[i])
        try:
            settled = case.table.settle({party: report}, certain=party)
        except ComityError:
            worth = fallback
        else:
            worth = max(float(settled.payoffs[i]), fallback)
        total += case.chance * worth
    return total


def misreport_found(
    case: Case,
    party: str,
    *,
    information: Information = "ex post",
    search: Search | int = "local",
    seed: int = 0,
    types: Sequence[Game] | None = None,
    blocks: Sequence[str] | None = None,
) -> Misreport:
    """Return the best lie found for a party.

    The family: its tastes scaled or permuted between issues, and shifts of any part of what it
    reports (issues, profiles, options, quantities, states, its value of no deal), alone and
    together. The search: every single lie of three sizes, then coordinate steps from the best
    that shrink when nothing improves, restarted at random.

    Parameters
    ----------
    search : ``local`` tries 150 reports, ``full`` 3000, ``none`` only the truth; or how many.
    seed : of the restarts.
    types : the only reports the party may make, where these are finitely many.
    blocks : the only blocks it may misstate; all that bear on the common model unless given.
    """
    cases = scenarios(case, party, information)
    truth = case.models[party]
    budget = search if isinstance(search, int) else BUDGETS[search]
    hunt = _Hunt(party, truth, cases, budget, np.random.default_rng(seed))
    if types is None:
        family = moves(truth, party, case.constitution)
        may = {step.block for step in family} if blocks is None else set(blocks)
        whole = list(whole_lies(truth, party)) if f"tastes[{party}]" in may else []
        hunt.run(whole, [step for step in family if step.block in may])
        words = f"{hunt.tried} reports: scaled, permuted and shifted tastes, facts and priors; "
        words += f"coordinate search with random restarts, seed {seed}"
    else:
        hunt.run_through(types)
        words = f"all {len(types)} reports the party may make"
    gain = max(0.0, hunt.best_value - honest_value(party, cases))
    changed = _changes(truth, hunt.best) if gain > 0 else {}
    found = Certified.lower(gain, words)
    return Misreport(party, found, changed, information, hunt.tried, hunt.best)


def misreport_bound(
    case: Case,
    party: str,
    *,
    information: Information = "ex post",
    types: Sequence[Game] | None = None,
) -> Certified:
    """Return a bound on what any report could gain the party, by its own model.

    The best lottery over outcomes that every other party would accept, given its honest model
    (see `acceptable`), or the default, less what honesty brings. With ``types``, the only reports
    the party may make, it is exact: all are tried.
    """
    cases = scenarios(case, party, information)
    if types is not None:
        top = max(lie_value(party, report, cases) for report in (case.models[party], *types))
        exact = max(0.0, top - honest_value(party, cases))
        return Certified.exact(exact, f"enumeration of {len(types)} reports")
    most, words = 0.0, ""
    for scenario in cases:
        best = _ceiling(scenario.table, party)
        i = scenario.table.names.index(party)
        most += scenario.chance * max(best.value, float(scenario.table.fallback[i]))
        words = best.method
    if len(cases) > 1:
        words += f", mean over {len(cases)} ways the others may be"
    return Certified.upper(max(0.0, most - honest_value(party, cases)), words)


def _ceiling(table: Table, party: str) -> Certified:
    """Return the most the party could get by its own model, after any delay."""
    best = Certified.upper(-math.inf)
    for delay in range(table.constitution.talk.rounds + 1):
        models = {name: delayed(model, delay) for name, model in table.models.items()}
        if delay and all(models[name] is table.models[name] for name in models):
            break
        later = Table.seat(models, table.constitution, table.evidence)
        i = table.names.index(party)
        found = best_acceptable(each_by_its_own(models), i, floors(later, party))
        best = max(best, found, key=lambda figure: figure.value)
    return best


def _changes(truth: Game, report: Game) -> dict[str, np.ndarray]:
    stated = report.blocks()
    return {
        name: stated[name].values
        for name, block in truth.blocks().items()
        if not np.array_equal(block.values, stated[name].values)
    }


class _Hunt:
    """A search for the best report, within a number of tries."""

    def __init__(
        self,
        party: str,
        truth: Game,
        cases: Sequence[Scenario],
        budget: int,
        rng: np.random.Generator,
    ) -> None:
        self.party, self.truth, self.cases = party, truth, cases
        self.budget, self.rng = budget, rng
        self.tried = 0
        self.best, self.best_value = truth, lie_value(party, truth, cases)

    def run_through(self, reports: Sequence[Game]) -> None:
        """Try given reports, whatever the number of tries."""
        self.budget = len(reports)
        for report in reports:
            self._try(report)

    def run(self, whole: Sequence[Game], steps: Sequence[Move]) -> None:
        """Try whole lies and single steps; then climb, restarting at random."""
        for report in whole:
            self._try(report)
        for size, step in itertools.product((1.0, 0.25, 4.0), steps):
            for sign in (1.0, -1.0):
                if self.tried < self.budget:
                    self._try(step(self.truth, sign * size))
        self._climb(self.best, self.best_value, steps)
        while steps and self.tried < self.budget:
            start = self._shaken(steps)
            value = self._try(start)
            self._climb(start, value, steps)

    def _shaken(self, steps: Sequence[Move]) -> Game:
        """Return the truth, or the best so far, with some random steps."""
        report = self.truth if self.rng.random() < 0.5 else self.best
        count = min(len(steps), int(self.rng.integers(1, 5)))
        for k in self.rng.choice(len(steps), count, replace=False):
            report = steps[int(k)](report, float(self.rng.normal()))
        return report

    def _climb(self, report: Game, value: float, steps: Sequence[Move]) -> None:
        """Take any improving step; halve the steps when none improves."""
        size = 0.5
        while size > 1e-3 and self.tried < self.budget:
            better = False
            for step, sign in self._shuffled(steps):
                changed = step(report, sign * size)
                found = self._try(changed)
                if found > value + 1e-12:
                    report, value, better = changed, found, True
                if self.tried >= self.budget:
                    return
            size = size if better else size / 2

    def _shuffled(self, steps: Sequence[Move]) -> Iterator[tuple[Move, float]]:
        for k in self.rng.permutation(2 * len(steps)):
            yield steps[int(k) // 2], 1.0 if k % 2 else -1.0

    def _try(self, report: Game) -> float:
        if self.tried >= self.budget:
            return -math.inf
        self.tried += 1
        value = lie_value(self.party, report, self.cases)
        if value > self.best_value:
            self.best, self.best_value = report, value
        return value
