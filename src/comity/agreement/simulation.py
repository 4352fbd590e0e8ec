"""Draws of truth, views and reports, and what the protocol makes of them by the truth.

Every draw has a seed of its own and all ways of reporting see the same draws, so that a parallel
run gives the serial answer and differences between ways are not noise.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.acceptance import findings, public_findings
from comity.agreement.declared import Lie, Noise, Truth, draw_truth, draw_view
from comity.agreement.defaults import play_payoffs
from comity.agreement.proposal import Proposal, propose
from comity.agreement.settle import Table
from comity.agreement.solution import apply_solution
from comity.cases import AcceptanceRule, Case, Constitution
from comity.core import spawn_seeds
from comity.core.errors import ComityError
from comity.core.randomness import Rng
from comity.games import Game, Lottery
from comity.games.plays import Outcome

DISTANCE_RULES = ("public", "private")
CHUNK = 25

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Way:
    """One way of reporting: all honest, or one party lying by some amount.

    Attributes
    ----------
    lie : who lies and how; ``None`` for honesty.
    amount : by how much.
    """

    lie: Lie | None = None
    amount: float = 0.0


@dataclass(frozen=True)
class Runs:
    """What one way of reporting led to over D draws, by the truth.

    Attributes
    ----------
    deal : shape (D, n), true payoffs of the proposed play; those of the defaults without one.
    fallback : shape (D, n), true payoffs of what happens without agreement.
    distance : shape (D,), the largest figure of any distance rule for any party; without such a
        rule the raw public distance.
    willing : shape (D,), whether there is a proposal that all rules but distance accept.
    agreed : shape (D,), whether the protocol ended in agreement.
    """

    deal: np.ndarray
    fallback: np.ndarray
    distance: np.ndarray
    willing: np.ndarray
    agreed: np.ndarray

    def gains(self, agreed: np.ndarray | None = None) -> np.ndarray:
        """Return each one's true gain over the defaults, shape (D, n); 0 without agreement."""
        held = self.agreed if agreed is None else agreed
        return np.where(held[:, None], self.deal - self.fallback, 0.0)

    def within(self, tolerance: float) -> np.ndarray:
        """Return where all accept if the tolerance of every distance rule is this, shape (D,)."""
        return self.willing & (self.distance <= tolerance + 1e-12)


@dataclass(frozen=True)
class Simulated:
    """All ways over the same draws.

    Attributes
    ----------
    runs : one per way.
    informed : shape (D, n), true gains if all knew the truth and the constitution were applied.
    best : shape (D,), largest true sum of gains of any outcome, or of the defaults.
    views : shape (D, n, m), what each sees of the payoffs of a few outcomes, for its type.
    worth : shape (D, n, X), true payoffs of the listed outcomes.
    """

    runs: tuple[Runs, ...]
    informed: np.ndarray
    best: np.ndarray
    views: np.ndarray
    worth: np.ndarray


@dataclass(frozen=True)
class Setting:
    """All that a draw needs besides its seed.

    Attributes
    ----------
    listed : outcomes whose true payoffs are kept, for the second best.
    """

    case: Case
    truth: Truth
    noise: Noise
    ways: tuple[Way, ...]
    listed: tuple[Outcome, ...]


def simulate(
    setting: Setting,
    draws: int,
    rng: Rng,
    n_jobs: int = 1,
    progress: Progress | None = None,
) -> Simulated:
    """Run every way of reporting on the same draws, in chunks through joblib."""
    from joblib import Parallel, delayed

    seeds = spawn_seeds(rng, draws)
    chunks = [seeds[k : k + CHUNK] for k in range(0, draws, CHUNK)]
    work = Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_chunk)(setting, chunk) for chunk in chunks
    )
    rows: list[_Draw] = []
    for done, found in enumerate(work, start=1):
        rows += found
        if progress:
            progress("drawing truths and running the protocol", done / len(chunks))
    return _stacked(rows)


def _chunk(setting: Setting, seeds: Sequence[int]) -> list[_Draw]:
    known = _Known(setting)
    return [_draw(setting, known, np.random.default_rng(seed)) for seed in seeds]


class _Known:
    """What is true of a true game itself, remembered while the truth stays the same object."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.truth: Game | None = None

    def look(self, truth: Game) -> _Known:
        """Work out the informed play, the largest sum and the payoffs of the listed outcomes."""
        if truth is not self.truth:
            self.truth = truth
            play = apply_solution(truth, self.setting.case.constitution).play
            self.informed = None if play is None else truth.payoffs(play)
            self.most = truth.best_plan(np.ones(len(truth.players))).value
            self.worth = _payoffs(truth, self.setting.listed)
        return self


@dataclass(frozen=True)
class _Draw:
    """One draw: arrays without the leading axis of `Simulated` and `Runs`."""

    ways: list[tuple[np.ndarray, np.ndarray, float, bool, bool]]
    informed: np.ndarray
    best: float
    views: np.ndarray
    worth: np.ndarray


def _draw(setting: Setting, known: _Known, rng: np.random.Generator) -> _Draw:
    case = setting.case
    truth = draw_truth(setting.truth, rng)
    models = {party.name: draw_view(truth, party, setting.noise, rng) for party in case.parties}
    table = Table.seat(models, case.constitution, case.evidence)
    fallback = play_payoffs(truth, table.default)
    true = known.look(truth)
    informed = fallback if true.informed is None else true.informed
    return _Draw(
        [_run(table, truth, fallback, way) for way in setting.ways],
        informed - fallback,
        max(0.0, true.most - float(fallback.sum())),
        np.array([_payoffs(model, setting.listed).ravel() for model in models.values()]),
        true.worth,
    )


def _payoffs(model: Game, listed: Sequence[Outcome]) -> np.ndarray:
    """Return the payoffs of the listed outcomes, shape (n, X)."""
    if not listed:
        return np.zeros((len(model.players), 0))
    return np.array([model.payoffs(Lottery.pure(outcome)) for outcome in listed]).T


def _run(
    table: Table, truth: Game, fallback: np.ndarray, way: Way
) -> tuple[np.ndarray, np.ndarray, float, bool, bool]:
    liar = way.lie.party if way.lie else None
    stated = dict(table.models)
    if way.lie is not None:
        stated[way.lie.party] = way.lie.report(stated[way.lie.party], way.amount)
    try:
        proposal = propose(stated, table.constitution, table.evidence)
    except ComityError:
        return fallback, fallback, np.inf, False, False
    play = proposal.solution.play
    if play is None:
        return fallback, fallback, np.inf, False, False
    distance, willing, near = _judged(table, proposal, liar)
    deal = truth.payoffs(play)
    if not table.constitution.talk.rounds:
        return deal, fallback, distance, willing, willing and near
    settled = table.settle(stated, certain=liar)
    deal = truth.payoffs(settled.play) if settled.status == "agreed" and settled.play else deal
    return deal, fallback, distance, willing, settled.status == "agreed"


def _judged(table: Table, proposal: Proposal, liar: str | None) -> tuple[float, bool, bool]:
    """Return the largest distance measured, whether all else is accepted, and whether it is.

    An honest party judges by its model, which is its report; a liar is bound by the rules that
    anyone can check, and else takes what it likes.
    """
    rules = with_distance_rule(table.constitution)
    far, willing, near = -np.inf, True, True
    for name, model in table.models.items():
        if name == liar:
            found = public_findings(name, proposal, rules, table.evidence)
            willing &= _gains_by_own_model(table, proposal, name)
        else:
            found = findings(name, model, proposal, rules, table.evidence)
        far = max([far, *(f.figure for f in found if f.rule in DISTANCE_RULES)])
        near &= all(f.holds for f in found if f.rule in DISTANCE_RULES)
        willing &= all(f.holds for f in found if f.rule not in DISTANCE_RULES)
    return float(far), bool(willing), bool(near)


def _gains_by_own_model(table: Table, proposal: Proposal, name: str) -> bool:
    """Return whether a liar prefers the play to its default: it takes what it likes."""
    i, play = table.names.index(name), proposal.solution.play
    assert play is not None
    return bool(table.models[name].payoffs(play)[i] >= table.fallback[i] - 1e-9)


def with_distance_rule(constitution: Constitution) -> Constitution:
    """Return the constitution with a rule on distance to look at, if it has none."""
    if any(rule.rule in DISTANCE_RULES for rule in constitution.acceptance):
        return constitution
    look = AcceptanceRule("public", "raw", np.inf)
    return dataclasses.replace(constitution, acceptance=(*constitution.acceptance, look))


def _stacked(rows: Sequence[_Draw]) -> Simulated:
    runs = []
    for k in range(len(rows[0].ways)):
        columns = list(zip(*(row.ways[k] for row in rows), strict=True))
        runs.append(Runs(*(np.array(column) for column in columns)))
    return Simulated(
        tuple(runs),
        np.array([row.informed for row in rows]),
        np.array([row.best for row in rows]),
        np.array([row.views for row in rows]),
        np.array([row.worth for row in rows]),
    )
