"""Whether an explanation's parameters come back: planted, simulated, and estimated again.

Parameters are drawn from their typical intervals, evenly on the whole line, and every replication
is fitted alone. Intervals of a level should hold the truth that often; ranks of the truth in its
exact posterior should be even (see `exact_ranks`).
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import jax
import numpy as np

from comity.core import Certified, Result
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.core.shares import wilson
from comity.inference.estimation.diagnosis import Ending
from comity.inference.estimation.exact_ranks import evenness, exact_ranks, propose
from comity.inference.estimation.fits import STATUSES
from comity.inference.estimation.held import likelihood_ratios
from comity.inference.estimation.individuals import end_of_each
from comity.inference.estimation.lanes import Lanes, make_lanes
from comity.inference.estimation.likelihood import natural, prepare
from comity.inference.estimation.newton import Optimum
from comity.inference.estimation.recovery_designs import design_for
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import Parameter, draw_starts
from comity.inference.explanations.simulate import draw_choices

POINTS = 64
"""Points by replication among which the truth is ranked."""
BINS = 20
DRAWN = 16
"""Points that are looked at for each from which a search sets out."""
ERRORS = 3.0
"""A coverage is off where it misses its level by more Monte Carlo errors than this."""
UNEVEN = 1e-3
"""Ranks are off where chance makes them as uneven less often than this."""
MISSED = 0.05
"""A maximum was missed where a better one has so much more log-likelihood."""


@dataclass(frozen=True, eq=False)
class ParameterRecovery(Result):
    """How one parameter came back.

    Attributes
    ----------
    name, meaning : of the parameter.
    coverage : how often its interval held the truth, where it had one.
    intervals : in what share of the replications it had one.
    overall : the same where "cannot tell" counts as holding the truth.
    by_ratio : how often its likelihood-ratio set held the truth, in all replications.
    bias, error : mean and root mean square of estimate minus truth where it had an interval, on the
        whole line, in standard deviations of the truths: an error of 1 is that of knowing no more
        than where truths are drawn from.
    ranks : shape (bins,), how many ranks of the truth in its posterior fall in each bin.
    evenness : chance of ranks that are less even, were all right.
    """

    name: str
    meaning: str
    coverage: Certified
    intervals: float
    overall: Certified
    by_ratio: Certified
    bias: float
    error: float
    ranks: np.ndarray = field(repr=False)
    evenness: float

    def faults(self, level: float) -> tuple[str, ...]:
        """Return what is off, in words."""
        words = [
            f"{self.name}: {what} hold the truth in {figure.value:.1%}"
            for what, figure in (("intervals", self.coverage), ("ratio sets", self.by_ratio))
            if figure.low is not None and not figure.low <= level <= figure.high  # type: ignore[operator]
        ]
        if self.evenness < UNEVEN:
            words.append(f"{self.name}: ranks are uneven (p = {self.evenness:.1g})")
        return tuple(words)


@dataclass(frozen=True, eq=False)
class Recovery(Result):
    """How the parameters of an explanation came back in simulated replications.

    Attributes
    ----------
    explanation, design : names.
    decisions, replications : how many decisions in each replication, and how many of these.
    level : of intervals and sets.
    statuses : how many replications ended in each way.
    parameters : one entry each.
    missed : share of replications whose search missed a better maximum.
    effective : median number of points that take part in ranks; near 1 they find no fault.
    faults : what is off, in words.
    """

    explanation: str
    design: str
    decisions: int
    replications: int
    level: float
    statuses: dict[str, int]
    parameters: tuple[ParameterRecovery, ...]
    missed: float
    effective: float
    faults: tuple[str, ...]

    def __str__(self) -> str:
        head = f"{self.explanation}: {self.replications:,} replications of {self.decisions}"
        lines = [f"{head} decisions ({self.design})"]
        for p in self.parameters:
            figures = f"{p.coverage.value:.1%} of intervals, {p.by_ratio.value:.1%} of ratio sets"
            lines.append(f"  {p.name}: {figures} hold the truth; ranks p = {p.evenness:.2g}")
        return "\n".join([*lines, *(f"  off: {words}" for words in self.faults)])


class _Trial(NamedTuple):
    """Replications, planted and estimated: truths on the whole line, shape (P, k), and ends."""

    truth: np.ndarray
    lanes: Lanes
    ends: Optimum
    ending: Ending


def recover(
    explanation: Explanation,
    design: Evidence | None = None,
    *,
    replications: int = 2000,
    level: float = 0.9,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    starts: int = 2,
    rng: Rng = 0,
) -> Recovery:
    """Return how parameters that are planted in simulated decisions come back.

    Parameters
    ----------
    design : the decisions of a replication, all taken to be one person's; a design that suits the
        explanation unless given.
    ranges : other intervals than the typical ones to draw true parameters from, by name, in the
        units of `Parameter.typical`.
    starts : from how many points each search sets out: the likeliest of `DRAWN` times as many.

    Intervals are those of `fit_individuals`, from whose search this differs only in the starts.
    Simulated choices, like real ones, may not identify a parameter: then there is no interval.
    """
    if not (0 < level < 1 and replications >= BINS and explanation.parameters):
        raise InputError(
            "nothing to recover",
            place=explanation.name,
            found=f"{replications} replications, {len(explanation.parameters)} parameters",
            expected=f"{BINS} replications and one parameter, or more, and a level within (0, 1)",
        )
    table = design_for(explanation) if design is None else design
    generator = as_generator(rng)
    drawn = _with_ranges(explanation.parameters, ranges or {})
    box = np.array([p.free_interval() for p in drawn])
    trial = _simulated(explanation, table, box, replications, starts, generator)
    spread = _spread(trial.ends.hessian, box)
    ratios = likelihood_ratios(trial.lanes, trial.ends, spread, trial.truth)
    proposal = propose(trial.truth, trial.ends.point, spread, box, POINTS, generator)
    likely = trial.lanes.look(proposal.points)
    ranks, effective = exact_ranks(proposal, likely, generator)
    best = np.maximum(likely.max(axis=1), trial.ends.value - ratios.min(axis=1) / 2)
    found = tuple(
        _of_one(p, j, trial, ratios[:, j], ranks[:, j], level)
        for j, p in enumerate(explanation.parameters)
    )
    counts = Counter(trial.ending.status.tolist())
    return Recovery(
        explanation=explanation.name,
        design=", ".join(table.games),
        decisions=len(table),
        replications=replications,
        level=level,
        statuses={word: counts[word] for word in STATUSES if counts[word]},
        parameters=found,
        missed=float(np.mean(best > trial.ends.value + MISSED)),
        effective=float(np.median(effective)),
        faults=tuple(words for one in found for words in one.faults(level)),
    )


def _with_ranges(
    parameters: tuple[Parameter, ...], ranges: Mapping[str, tuple[float, float]]
) -> tuple[Parameter, ...]:
    """Return the parameters with other typical intervals."""
    names = [p.name for p in parameters]
    unknown = sorted(set(ranges) - set(names))
    if unknown:
        raise InputError(
            "no such parameter", place="ranges", found=unknown, expected=", ".join(names)
        )
    return tuple(dataclasses.replace(p, typical=ranges.get(p.name, p.typical)) for p in parameters)


def _simulated(
    explanation: Explanation,
    table: Evidence,
    box: np.ndarray,
    replications: int,
    starts: int,
    rng: np.random.Generator,
) -> _Trial:
    alone = dataclasses.replace(table, people=("somebody",), person=np.zeros(len(table), int))
    one, _, scale = prepare(explanation, alone)
    batch = _repeated(one, replications)
    truth = rng.uniform(box[:, 0], box[:, 1], size=(replications, len(box)))
    choice = draw_choices(explanation, natural(explanation, truth, scale), batch, rng)
    batch = dataclasses.replace(batch, rows=batch.rows._replace(choice=choice))
    lanes = make_lanes(explanation, batch, scale)
    points = draw_starts(explanation.parameters, DRAWN * starts, rng)
    likely = lanes.look(np.broadcast_to(points, (replications, *points.shape)))
    order = np.argsort(np.where(np.isnan(likely), np.inf, -likely), axis=1)
    ends, ending = end_of_each(lanes, points[order[:, :starts]])
    return _Trial(truth, lanes, ends, ending)


def _repeated(one: Batch, count: int) -> Batch:
    """Return the batch of one person for many."""
    rows = jax.tree.map(lambda leaf: np.repeat(np.asarray(leaf), count, axis=0), one.rows)
    return dataclasses.replace(one, rows=rows)


def _spread(hessian: np.ndarray, box: np.ndarray) -> np.ndarray:
    """Return covariances by curvature, (P, k, k), no wider than the box in any direction."""
    wide = np.diff(box, axis=1)[:, 0]
    scaled = -np.where(np.isfinite(hessian), hessian, 0.0) * wide[:, None] * wide
    sizes, axes = np.linalg.eigh(scaled)
    variances = 1 / (np.abs(sizes) + 12)
    return np.einsum("pij,pj,pkj->pik", axes, variances, axes) * wide[:, None] * wide


def _of_one(
    parameter: Parameter, j: int, trial: _Trial, ratios: np.ndarray, ranks: np.ndarray, level: float
) -> ParameterRecovery:
    from scipy.stats import chi2, norm

    truth = trial.truth[:, j]
    missed = trial.ends.point[:, j] - truth
    variance = trial.ending.covariance[:, j, j]
    known = variance >= 0
    holds = np.abs(missed[known]) <= norm.ppf(0.5 + level / 2) * np.sqrt(variance[known])
    size = float(truth.std())
    counts, chance = evenness(ranks, BINS)
    figures: dict[str, Any] = {
        "coverage": _share(holds, "intervals by curvature, where there is one"),
        "overall": _share(np.append(holds, np.ones((~known).sum(), bool)), '"cannot tell" holds'),
        "by_ratio": _share(ratios <= chi2.ppf(level, 1), "likelihood-ratio sets"),
    }
    return ParameterRecovery(
        name=parameter.name,
        meaning=parameter.meaning,
        **figures,
        intervals=float(known.mean()),
        bias=float(missed[known].mean()) / size if known.any() else float("nan"),
        error=float(np.sqrt((missed[known] ** 2).mean())) / size if known.any() else float("nan"),
        ranks=counts,
        evenness=chance,
    )


def _share(holds: np.ndarray, method: str) -> Certified:
    """Return how often something holds, with the interval of Monte Carlo error."""
    from scipy.stats import norm

    if not len(holds):
        return Certified.unknown("no replication had an interval")
    level = float(1 - 2 * norm.sf(ERRORS))
    share = float(holds.mean())
    low, high = map(float, wilson(share, len(holds), z=ERRORS))
    return Certified.estimate(share, low, high, method, level)
