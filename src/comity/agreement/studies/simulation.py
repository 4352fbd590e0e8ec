"""Draws of truth, views and reports, and what the protocol makes of them by the truth.

Every draw has a seed of its own and all ways of reporting see the same draws, so that a parallel
run gives the serial answer and differences between ways are not noise.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from comity.agreement.acceptance import findings, public_findings
from comity.agreement.defaults import play_payoffs
from comity.agreement.proposal import Proposal, delayed, propose
from comity.agreement.settle import Table
from comity.agreement.solution import apply_solution
from comity.agreement.studies.declared import (
    Lie,
    Noise,
    Truth,
    draw_noise,
    draw_truth,
    draw_view,
)
from comity.agreement.talk import revise
from comity.cases import AcceptanceRule, Case, Constitution
from comity.core import spawn_seeds
from comity.core.errors import ComityError
from comity.core.parallel import results
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
    deal : shape (D, n), true payoffs of the play agreed on, as it is worth after the talk; of
        the first proposal where nothing was agreed, of the defaults where there was none.
    fallback : shape (D, n), true payoffs of what happens without agreement, at once.
    distance : shape (D,), the largest figure of any distance rule for any party before any talk;
        without such a rule the raw public distance. Infinite where reports cannot be used.
    willing : shape (D,), whether all rules but distance accept the first proposal.
    agreed : shape (D,), whether the protocol ended in agreement.
    first : shape (D, n), true payoffs of the first proposal; ``deal`` unless given.
    measured : shape (D, n), by party the largest figure that it measures, as in ``distance``.
    """

    deal: np.ndarray
    fallback: np.ndarray
    distance: np.ndarray
    willing: np.ndarray
    agreed: np.ndarray
    first: np.ndarray | None = None
    measured: np.ndarray | None = None

    def gains(self, agreed: np.ndarray | None = None) -> np.ndarray:
        """Return each one's true gain over the defaults, shape (D, n); 0 without agreement.

        With ``agreed``, the draws in which the first proposal is taken, of that proposal.
        """
        if agreed is None:
            return np.where(self.agreed[:, None], self.deal - self.fallback, 0.0)
        deal = self.deal if self.first is None else self.first
        return np.where(agreed[:, None], deal - self.fallback, 0.0)

    def seen_by_others(self, player: int) -> np.ndarray:
        """Return the largest distance that anyone but this party measures, shape (D,)."""
        if self.measured is None:
            return self.distance
        return np.delete(self.measured, player, axis=1).max(axis=1)

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
    from joblib import delayed

    seeds = spawn_seeds(rng, draws)
    chunks = [seeds[k : k + CHUNK] for k in range(0, draws, CHUNK)]
    work = results((delayed(_chunk)(setting, chunk) for chunk in chunks), n_jobs)
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


class _Run(NamedTuple):
    """One way in one draw: arrays without the leading axis of `Runs`, in its order."""

    deal: np.ndarray
    fallback: np.ndarray
    distance: float
    willing: bool
    agreed: bool
    first: np.ndarray
    measured: np.ndarray


@dataclass(frozen=True)
class _Draw:
    """One draw: arrays without the leading axis of `Simulated` and `Runs`."""

    ways: list[_Run]
    informed: np.ndarray
    best: float
    views: np.ndarray
    worth: np.ndarray


def _draw(setting: Setting, known: _Known, rng: np.random.Generator) -> _Draw:
    case = setting.case
    truth = draw_truth(setting.truth, rng)
    noise = draw_noise(setting.noise, rng)
    models = {party.name: draw_view(truth, party, noise, rng) for party in case.parties}
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


def _run(table: Table, truth: Game, fallback: np.ndarray, way: Way) -> _Run:
    liar = way.lie.party if way.lie else None
    stated = dict(table.models)
    if way.lie is not None:
        stated[way.lie.party] = way.lie.report(stated[way.lie.party], way.amount)
    rounds = list(_rounds(table, stated, liar))
    if not rounds:
        nowhere = np.full(len(fallback), np.inf)
        return _Run(fallback, fallback, np.inf, False, False, fallback, nowhere)
    (opening, start), (last, end) = rounds[0], rounds[-1]
    first = _worth(truth, opening, fallback)
    deal = _worth(truth, last, fallback) if end.accepted else first
    distance = float(start.figures.max())
    return _Run(deal, fallback, distance, start.willing, end.accepted, first, start.figures)


def _rounds(
    table: Table, stated: Mapping[str, Game], liar: str | None
) -> Iterator[tuple[Proposal, _Judged]]:
    """Yield each proposal and its judgement, until all accept, nothing gains or talk is over."""
    rules, evidence = table.constitution, table.evidence
    for delay in range(rules.talk.rounds + 1):
        try:
            stated = revise(stated, rules, evidence) if delay else stated
            proposal = propose(stated, rules, evidence, delay)
        except ComityError:
            return
        judged = _judged(table, proposal, liar)
        yield proposal, judged
        if judged.accepted or proposal.solution.play is None:
            return


def _worth(truth: Game, proposal: Proposal, fallback: np.ndarray) -> np.ndarray:
    """Return what a proposal is truly worth when it is made, shape (n,)."""
    play = proposal.solution.play
    return fallback if play is None else delayed(truth, proposal.delay).payoffs(play)


class _Judged(NamedTuple):
    """What the parties make of a proposal.

    Attributes
    ----------
    figures : shape (n,), the largest distance that each measures.
    willing : whether all rules but distance accept.
    near : whether the rules on distance accept.
    """

    figures: np.ndarray
    willing: bool
    near: bool

    @property
    def accepted(self) -> bool:
        return self.willing and self.near


def _judged(table: Table, proposal: Proposal, liar: str | None) -> _Judged:
    """Return the distances measured, whether all else is accepted, and whether they are.

    An honest party judges by its model, which is its report; a liar is bound by the rules that
    anyone can check, and else takes what it likes.
    """
    rules = with_distance_rule(table.constitution)
    figures = np.full(len(table.names), -np.inf)
    willing, near = proposal.solution.play is not None, True
    for i, (name, model) in enumerate(table.models.items()):
        if name == liar:
            found = public_findings(name, proposal, rules, table.evidence)
            willing = willing and _gains_by_own_model(table, proposal, name)
        else:
            found = findings(name, model, proposal, rules, table.evidence)
        figures[i] = max((f.figure for f in found if f.rule in DISTANCE_RULES), default=-np.inf)
        near &= all(f.holds for f in found if f.rule in DISTANCE_RULES)
        willing &= all(f.holds for f in found if f.rule not in DISTANCE_RULES)
    return _Judged(figures, bool(willing), bool(near))


def _gains_by_own_model(table: Table, proposal: Proposal, name: str) -> bool:
    """Return whether a liar prefers the play to its default: it takes what it likes."""
    i, play = table.names.index(name), proposal.solution.play
    assert play is not None
    worth = delayed(table.models[name], proposal.delay).payoffs(play)[i]
    return bool(worth >= table.fallback[i] - 1e-9)


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
