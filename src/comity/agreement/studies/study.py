"""What the protocol is worth where truth, noise and liars are declared.

Every figure is an estimate with an interval, under the declaration: how often parties agree, how
often and how far they end truly below their default, what is lost against the truth and against
the best mechanism on discretised types, which tolerance protects an honest party best, and how
likely the other lies given the distance that one sees.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.agreement.misreports.lies import coarse_moves
from comity.agreement.misreports.posterior import sampled_posterior
from comity.agreement.models.combine import combine
from comity.agreement.preconditions import check_case
from comity.agreement.protocol import public_part
from comity.agreement.results import Agreement
from comity.agreement.studies.declared import Lie, Noise, Truth, check_noise, is_inferred
from comity.agreement.studies.estimates import mean_estimate, rate_estimate, ratio_estimate
from comity.agreement.studies.second_best import SecondBest
from comity.agreement.studies.simulation import Runs, Setting, Simulated, Way, simulate
from comity.agreement.studies.tolerance import ToleranceCurve, tolerance_curve
from comity.agreement.studies.types_of_truth import discretised_second_best, outcomes_worth_listing
from comity.cases import Case
from comity.core import Certified, Result, check_choice, digest, spawn_seeds
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator

Progress = Callable[[str, float], None]

HONEST = "all honest"
PILOT_DRAWS = 16
PILOT_SIZES = (-0.4, 0.4)
KNOB = (0.1, 0.25, 0.5, 1.0)
"""Amounts that an undeclared lie is chosen from, in natural units of its direction."""


@dataclass(frozen=True)
class Outcome(Result):
    """What one way of reporting led to, by the truth.

    Attributes
    ----------
    agreement_rate : chance that all accept.
    gain : by party, expected true gain over the defaults, 0 without agreement.
    below_default : by party, chance to end truly below its default, given agreement.
    shortfall : by party, how far below on average, where it is below.
    welfare : expected sum of true gains.
    of_informed : welfare as a share of what the constitution yields where all know the truth.
    of_second_best : welfare as a share of the second best; above 1 where parties are honest
        although it does not pay, or where they know more than the types of the second best.
    amount : by how much the liar lies; ``None`` if all are honest.
    """

    agreement_rate: Certified
    gain: Mapping[str, Certified]
    below_default: Mapping[str, Certified]
    shortfall: Mapping[str, Certified]
    welfare: Certified
    of_informed: Certified
    of_second_best: Certified
    amount: float | None = None


@dataclass(frozen=True)
class Study(Result):
    """What the protocol is worth under a declared distribution.

    Attributes
    ----------
    outcomes : by scenario: ``all honest``, and ``NAME lies`` for each declared liar.
    lies : by scenario, the lie in words.
    informed : expected sum of gains if all knew the truth and the constitution were applied.
    first_best : expected sum of gains of the outcome that is truly best.
    second_best : the best mechanism on discretised types; ``None`` where it was not worked out.
    tolerances : by scenario with a liar, the tolerance curve of the honest parties.
    posterior : by scenario with a liar, the probability that it lies at distances in order, each
        the largest that any of the others measures before any talk.
    true_shortfall : by scenario and party, the ``chance`` of ending truly below default given
        agreement, and its mean ``size`` then.
    draws : number of draws.
    assumptions : sentences that the figures rest on.
    distances : by scenario with a liar, shape (draws,) each, what the others measure if it is
        honest and if it lies; infinite where reports cannot be used.
    chances : by scenario with a liar, how likely it is to lie before any report is seen.
    case : digest of what all know of the Case, as in a transcript.
    """

    outcomes: Mapping[str, Outcome]
    lies: Mapping[str, str]
    informed: Certified
    first_best: Certified
    second_best: SecondBest | None
    tolerances: Mapping[str, ToleranceCurve]
    posterior: Mapping[str, list[dict[str, Any]]]
    true_shortfall: Mapping[str, Mapping[str, Mapping[str, Certified]]]
    draws: int
    assumptions: tuple[str, ...]
    distances: Mapping[str, tuple[np.ndarray, np.ndarray]] = field(repr=False)
    chances: Mapping[str, float] = field(repr=False)
    case: str = field(repr=False)

    def plot(self, ax: Any = None) -> Any:
        """Return the Axes of what the honest gain by the tolerance, one curve per liar."""
        from comity.agreement._plots import plot_study

        return plot_study(self, ax)

    def lying(self, scenario: str, distance: float) -> Certified:
        """Return how likely the liar of a scenario lies, given the distance that is seen."""
        check_choice(scenario, self.lies, "no such scenario", "scenario")
        return sampled_posterior(distance, *self.distances[scenario], self.chances[scenario])

    def certify(self, agreement: Agreement) -> Agreement:
        """Return an agreement on the same Case whose certificate holds its ``true_shortfall``.

        The figures are those of honest parties. An agreement without a certificate, as where
        somebody did not take part, stays as it is. Raises `InputError` for another Case.
        """
        found = agreement.transcript[0]["data"]["case"]
        if found != self.case:
            raise InputError(
                "the study is of another Case", place="agreement", found=found, expected=self.case
            )
        if agreement.certificate is None:
            return agreement
        shortfall = self.true_shortfall[HONEST]
        filled = dataclasses.replace(agreement.certificate, true_shortfall=shortfall)
        return dataclasses.replace(agreement, certificate=filled)


def study(
    case: Case,
    *,
    truth: Truth = None,
    noise: Noise = None,
    liars: Sequence[Lie | str] | None = None,
    tolerances: Sequence[float] | None = None,
    draws: int = 200,
    rng: Rng = None,
    n_jobs: int = 1,
    progress: Progress | None = None,
    types: int = 3,
) -> Study:
    """Return what the protocol is worth to the parties of a Case under a declared distribution.

    Parameters
    ----------
    case : the situation, the constitution and the parties.
    truth : the true game, games that are equally likely, or a function (rng) that draws one; the
        common model of the Case unless declared.
    noise : how each party sees the truth: standard deviations by block, each a number, one per
        entry or an `InferredSpread`, or a function (truth, name, rng) to its model; the
        uncertainty that each party states unless declared.
    liars : who may lie and how; a name stands for the direction and the amounts that pay that
        party best. All parties in turn unless declared.
    tolerances : distances at which the tolerance curve is drawn; quantiles unless given.
    draws : how many truths are drawn.
    n_jobs : workers of joblib; the answer does not depend on it.
    progress : called with a sentence and the share done.
    types : types per party of the second best; 0 leaves it out.

    Examples
    --------
    >>> from comity.agreement.studies.scalar import scalar_case
    >>> case = scalar_case(0.5, 0.5, surplus=0.2, tolerance=0.3)
    >>> found = study(case, noise={"facts": 0.05}, liars=[], draws=50, rng=1, types=0)
    >>> found.outcomes["all honest"].agreement_rate.value
    1.0
    """
    check_case(case)
    check_noise(noise, case)
    if draws < 2:
        raise InputError("too few draws", place="draws", found=draws, expected="2 or more")
    tell = progress or (lambda words, share: None)
    seeds = spawn_seeds(as_generator(rng), 2)
    listed = outcomes_worth_listing(case)
    true = combine(case.models, case.constitution, case.evidence) if truth is None else truth
    lies = _declared(case, true, noise, liars, seeds[0], n_jobs, tell)
    ways = [Way(), *(Way(lie, amount) for lie in lies for amount in lie.amounts)]
    setting = Setting(case, true, noise, tuple(ways), listed)
    drawn = simulate(setting, draws, seeds[1], n_jobs, lambda w, s: tell(w, 0.1 + 0.8 * s))
    tell("the second best", 0.9)
    second = discretised_second_best(drawn, types) if types else None
    return _report(case, drawn, lies, tolerances, second, _assumptions(case, truth, noise))


def _declared(
    case: Case,
    truth: Truth,
    noise: Noise,
    liars: Sequence[Lie | str] | None,
    seed: int,
    n_jobs: int,
    tell: Progress,
) -> list[Lie]:
    """Return the lies, working out the direction of those that only name a party."""
    found = []
    for liar in case.names if liars is None else liars:
        name = liar.party if isinstance(liar, Lie) else liar
        check_choice(name, case.names, "no such party", "liars")
        tell(f"how could {name} lie?", 0.0)
        if isinstance(liar, Lie):
            found.append(liar)
        else:
            lie = _best_direction(case, truth, noise, name, seed, n_jobs)
            found += [lie] if lie else []
    return found


def _best_direction(
    case: Case, truth: Truth, noise: Noise, name: str, seed: int, n_jobs: int
) -> Lie | None:
    """Return the single direction of lying that pays best in a few draws, if any pays."""
    options = [
        Lie(name, move, PILOT_SIZES)
        for move in coarse_moves(case.models[name], name, case.constitution)
    ]
    ways = [Way(), *(Way(lie, amount) for lie in options for amount in lie.amounts)]
    setting = Setting(case, truth, noise, tuple(ways), ())
    drawn = simulate(setting, PILOT_DRAWS, seed, n_jobs)
    i = case.names.index(name)
    worth = [float(runs.gains()[:, i].mean()) for runs in drawn.runs]
    best = int(np.argmax(worth))
    if worth[best] <= worth[0] + 1e-9:
        return None
    chosen = ways[best]
    assert chosen.lie is not None
    return Lie(name, chosen.lie.way, tuple(float(np.sign(chosen.amount)) * k for k in KNOB))


def _report(
    case: Case,
    drawn: Simulated,
    lies: Sequence[Lie],
    tolerances: Sequence[float] | None,
    second: SecondBest | None,
    assumptions: tuple[str, ...],
) -> Study:
    names, honest = case.names, drawn.runs[0]
    scale = _Scale(drawn.informed.sum(axis=1), second)
    outcomes = {HONEST: _outcome(names, honest, scale)}
    told: dict[str, str] = {}
    curves: dict[str, ToleranceCurve] = {}
    distances: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    chances: dict[str, float] = {}
    at = 1
    for lie in lies:
        runs = drawn.runs[at : at + len(lie.amounts)]
        at += len(lie.amounts)
        i, scenario = names.index(lie.party), _scenario(lie, outcomes)
        best = int(np.argmax([r.gains()[:, i].mean() for r in runs]))
        outcomes[scenario] = _outcome(names, runs[best], scale, lie.amounts[best])
        told[scenario] = f"{lie.words}, by {lie.amounts[best]:.4g}"
        curves[scenario] = tolerance_curve(runs, lie.amounts, i, tolerances)
        distances[scenario] = honest.seen_by_others(i), runs[best].seen_by_others(i)
        chances[scenario] = lie.chance
    return Study(
        outcomes=outcomes,
        lies=told,
        informed=mean_estimate(scale.informed, "all know the truth"),
        first_best=mean_estimate(drawn.best, "the outcome of largest true sum"),
        second_best=second,
        tolerances=curves,
        posterior={s: _posterior(*distances[s], chances[s]) for s in told},
        true_shortfall=_shortfalls(outcomes),
        draws=len(drawn.best),
        assumptions=assumptions,
        distances=distances,
        chances=chances,
        case=digest(public_part(case)),
    )


def _scenario(lie: Lie, known: Mapping[str, Outcome]) -> str:
    name = f"{lie.party} lies"
    return name if name not in known else f"{name} ({lie.words})"


@dataclass(frozen=True)
class _Scale:
    """What welfare is measured against.

    Attributes
    ----------
    informed : shape (D,), sum of gains where all know the truth.
    second : the second best, if it was worked out.
    """

    informed: np.ndarray
    second: SecondBest | None

    def of_second_best(self, welfare: Certified) -> Certified:
        """Return welfare as a share of the second best, which is taken as it is."""
        if self.second is None or not self.second.welfare.value > 1e-9:
            return Certified.unknown("there is no second best to compare with")
        best = self.second.welfare.value
        value, low, high = (
            float(end or 0.0) / best for end in (welfare.value, welfare.low, welfare.high)
        )
        return Certified.estimate(value, low, high, welfare.method)


def _outcome(
    names: Sequence[str], runs: Runs, scale: _Scale, amount: float | None = None
) -> Outcome:
    gains, held = runs.gains(), runs.agreed
    welfare = mean_estimate(gains.sum(axis=1))
    below = {name: gains[held, i] < -1e-9 for i, name in enumerate(names)}
    return Outcome(
        rate_estimate(held),
        {name: mean_estimate(gains[:, i]) for i, name in enumerate(names)},
        {name: rate_estimate(below[name]) for name in names},
        {name: mean_estimate(-gains[held, i][below[name]]) for i, name in enumerate(names)},
        welfare,
        ratio_estimate(gains.sum(axis=1), scale.informed, "welfare over informed welfare"),
        scale.of_second_best(welfare),
        amount,
    )


def _posterior(honest: np.ndarray, lying: np.ndarray, chance: float) -> list[dict[str, Any]]:
    """Return the posterior of lying at quantiles of the distances seen."""
    pooled = np.concatenate([honest, lying])
    pooled = pooled[np.isfinite(pooled)]
    if not len(pooled):
        return []
    places = np.unique(np.quantile(pooled, np.linspace(0.02, 0.98, 9)).round(12))
    return [
        {
            "distance": float(d),
            "lying": sampled_posterior(float(d), honest, lying, chance).to_dict(),
        }
        for d in places
    ]


def _shortfalls(outcomes: Mapping[str, Outcome]) -> dict[str, dict[str, dict[str, Certified]]]:
    return {
        scenario: {
            name: {"chance": chance, "size": outcome.shortfall[name]}
            for name, chance in outcome.below_default.items()
        }
        for scenario, outcome in outcomes.items()
    }


def _assumptions(case: Case, truth: Truth, noise: Noise) -> tuple[str, ...]:
    source = "the common model of the parties' views" if truth is None else "as declared"
    errors = "what each party states of its uncertainty" if noise is None else "as declared"
    if is_inferred(noise):
        errors += ", its standard deviations drawn anew for each truth from what was inferred"
    notes = [
        f"The truth is {source}; each party sees it with independent noise: {errors}.",
        "Each party knows its own tastes.",
        "One party lies at a time, by what pays it best on average; the others are honest.",
    ]
    if case.constitution.talk.rounds:
        notes.append("The tolerance curve looks at the first round, before any talk.")
    return tuple(notes)
