"""What a party could gain by reporting something else than it thinks.

From below, the best lie found in a named family by a named search, in the true protocol: the
others' rules of acceptance apply, and the liar takes its default where that is better. From above,
the best that the others would accept at all. The truth lies between; where a party's types are
finite, `enumeration` gives it exactly.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from comity.agreement.misreports.acceptable import best_acceptable, each_by_its_own, floors
from comity.agreement.misreports.bends import named_lies, shares
from comity.agreement.misreports.hunt import Hunt
from comity.agreement.misreports.lies import broad_moves, moves, whole_lies
from comity.agreement.proposal import delayed
from comity.agreement.settle import Table
from comity.cases import Case
from comity.core import Certified, Result
from comity.core.errors import ComityError
from comity.games import Game

Information = Literal["ex post", "interim"]

Search = Literal["none", "local", "full"]

BUDGETS: dict[Search, int] = {"none": 0, "local": 300, "full": 3000}
"""Number of reports that a search tries."""

FAMILY = (
    "fallback raised, distances from others overstated, tastes scaled and permuted, shifts of own "
    "actions, of no deal, of quantities, priors and parts; coordinate search with restarts"
)
"""What a search looks through, in words."""


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

    The family: the lies with a name (see `bends`), its tastes scaled or permuted between issues,
    and shifts of what no agreement is worth to it, of its own actions, of quantities and priors,
    and of any labelled part or entry of what it reports, alone and together. The search: these one
    by one, then coordinate steps from the best that shrink when nothing improves, restarted at
    random; last, more and less of the best until no share of it pays more. Interim, where every
    party states beliefs, all declared types are tried first, and the method says what they gain.

    Parameters
    ----------
    search : ``local`` tries about 300 reports, ``full`` 3000, ``none`` only the truth; or how
        many. Lies with a name and shares of the best are tried whatever the number.
    seed : of the restarts.
    types : the only reports the party may make, where these are finitely many.
    blocks : the only blocks it may misstate; all that bear on the common model unless given.
    """
    cases = scenarios(case, party, information)
    truth = case.models[party]
    budget = search if isinstance(search, int) else BUDGETS[search]
    hunt = Hunt(
        truth,
        lambda report: lie_value(party, report, cases),
        budget,
        np.random.default_rng(seed),
    )
    honest = honest_value(party, cases)
    words = "only the truth was tried"
    if types is not None:
        hunt.run_through(types)
        words = f"all {len(types)} reports the party may make"
    elif budget:
        kinds = declared_types(case, party) if information == "interim" and blocks is None else ()
        hunt.run_through(kinds)
        among = f"all {len(kinds)} declared types, of which the best gains exactly "
        among = f"{among}{max(0.0, hunt.best_value - honest):.6g}; " if kinds else ""
        _hunt_through(hunt, case, party, cases, blocks)
        words = f"{among}{hunt.tried} reports: {FAMILY}, seed {seed}"
    gain = max(0.0, hunt.best_value - honest)
    changed = _changes(truth, hunt.best) if gain > 0 else {}
    return Misreport(
        party, Certified.lower(gain, words), changed, information, hunt.tried, hunt.best
    )


def beliefs_stated(case: Case) -> bool:
    """Return whether every party states what it believes of every other's tastes."""
    return all(
        {belief.about for belief in p.beliefs} >= set(case.names) - {p.name} for p in case.parties
    )


def declared_types(case: Case, party: str) -> tuple[Game, ...]:
    """Return the types of a party that a Case declares, the true one first.

    Its own model with its tastes as they are, or as another party believes that they may be; empty
    unless every party states what it believes of every other.
    """
    if not beliefs_stated(case):
        return ()
    others = [p for p in case.parties if p.name != party]
    block, truth = f"tastes[{party}]", case.models[party]
    held = [belief.values for p in others for belief in p.beliefs if belief.about == party]
    kinds = {tuple(values): values for values in (truth.blocks()[block].values, *held)}
    return tuple(truth.replace(block, values) for values in kinds.values())


def _hunt_through(
    hunt: Hunt,
    case: Case,
    party: str,
    cases: Sequence[Scenario],
    blocks: Sequence[str] | None,
) -> None:
    """Search the family, broad lies first."""
    truth, rules = case.models[party], case.constitution
    every, broad = moves(truth, party, rules), broad_moves(truth, party, rules)
    may = {step.block for step in every} if blocks is None else set(blocks)
    every, broad = ([step for step in steps if step.block in may] for steps in (every, broad))
    likeliest = max(cases, key=lambda scenario: scenario.chance).table
    named = named_lies(likeliest, likeliest.names.index(party))
    hunt.run_through(report for bends, report in named if blocks is None or may >= bends.keys())
    if f"tastes[{party}]" in may:
        hunt.run_through(itertools.islice(whole_lies(truth, party), int(hunt.left)))
    hunt.sweep(broad)
    if hunt.best is truth:
        # Small steps from where nothing broad pays would find nothing either.
        hunt.sweep(every, (1.0,))
    hunt.climb_from_best(broad, hunt.left / 2)
    hunt.climb_from_best(every, hunt.left / 2)
    hunt.restart(every)
    hunt.stretch(shares(truth))


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
