"""Payoffs and noise of zero-sum games from counts of play: two confidence sets, one estimate.

The log-odds of the counts miss the linear system of `blind_game` by sampling error, in the players'
own odds as well as in the mixes they reply to. Its covariance, by the delta method, depends on the
parameters; a point is kept where its chi-square statistic is below the critical value. Inverting a
test so is valid whether or not the rank condition holds (Anderson and Rubin 1949; Stock and Wright
2000), as the number of observations grows. For few observations there is a polyhedron from exact
intervals. Virk, Amaglobeli and Syed (2025, arXiv 2511.05640) announce confidence sets for partial
identification; both constructions here are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import numpy as np

from comity.core import Result, check_choice
from comity.inference.identification.blind import CONSTANT, RATIO, SCALE, Noise
from comity.inference.identification.frequencies import Interval, simultaneous
from comity.inference.identification.identified_set import ConfidencePolyhedron
from comity.inference.identification.log_odds_model import LogOddsModel
from comity.inference.identification.played_states import PlayedState, checked_states
from comity.inference.identification.tables import named

ROUNDS = 8
"""Most times that proven bounds are put back to tighten the envelope."""


@dataclass(frozen=True, eq=False)
class BlindConfidence(Result):
    """What counts of play tell of payoffs and noise.

    Attributes
    ----------
    names : of the weights in units of row noise, and of the ratio of noises where it is unknown.
    level : coverage of both sets.
    estimate : generalised least squares, shape (k,); one of many where the rank condition fails.
    standard_errors : shape (k,), infinite for what the system leaves open; good for large counts
        and a system far from losing rank.
    statistic, critical, degrees : chi-square of the estimate, its critical value at ``level``, and
        the number of equations.
    rejected : whether even the estimate misses the play by more than sampling error allows.
    outer : a polyhedron that holds the identified set with probability ``level`` for any number of
        observations; wider than the chi-square set.
    """

    names: tuple[str, ...]
    level: float
    estimate: np.ndarray
    standard_errors: np.ndarray
    statistic: float
    critical: float
    degrees: int
    rejected: bool
    outer: ConfidencePolyhedron
    model: LogOddsModel = field(repr=False)

    def contains(self, point: Sequence[float] | np.ndarray) -> bool:
        """Return whether a point is in the chi-square set."""
        return self.model.statistic(np.asarray(point, dtype=float)) <= self.critical


def blind_confidence(
    features: Sequence[Any],
    rows: Sequence[Any],
    columns: Sequence[Any],
    *,
    level: float = 0.95,
    noise: Noise = "own",
    names: Sequence[str] | None = None,
    box: tuple[float, float] = (-20.0, 20.0),
    largest_ratio: float = 20.0,
) -> BlindConfidence:
    """Return the sets of weights and noise that counts of play leave standing.

    Parameters
    ----------
    features : per state, shape (K, A, B); see `blind_game`.
    rows, columns : per state how often each action was played, shapes (A,) and (B,), each at least
        once; plays are independent.
    level : coverage.
    noise : ``same`` temperature for both, or each its ``own``.
    names : of the weights.
    box : weights in units of row noise that the polyhedron may hold.
    largest_ratio : of column noise to row noise that the polyhedron may hold.

    The polyhedron replaces each product of an uncertain chance and an uncertain difference by its
    convex envelope (McCormick 1976); the bounds it proves tighten the envelope in turn.
    """
    from scipy.stats import chi2

    check_choice(noise, ("same", "own"), "no such kind of noise", "noise")
    counts = checked_states(features, rows, columns, counts=True)
    weights = named(names, len(counts[0].features), "weight")
    shares = tuple(
        PlayedState(s.features, s.row / s.row.sum(), s.column / s.column.sum()) for s in counts
    )
    sizes = tuple((float(s.row.sum()), float(s.column.sum())) for s in counts)
    model = LogOddsModel(shares, sizes, noise)
    estimate, errors = model.fit()
    degrees = len(model.system()[1])
    statistic, critical = model.statistic(estimate), float(chi2.ppf(level, degrees))
    coordinates = weights if noise == "same" else (*weights, RATIO)
    ends = np.array([box] * len(weights) + [(0.0, largest_ratio)], dtype=float)
    return BlindConfidence(
        names=coordinates,
        level=level,
        estimate=estimate,
        standard_errors=errors,
        statistic=statistic,
        critical=critical,
        degrees=degrees,
        rejected=statistic > critical,
        outer=_outer(counts, coordinates, ends[: len(coordinates)], level, noise),
        model=model,
    )


def _outer(
    counts: Sequence[PlayedState],
    names: Sequence[str],
    box: np.ndarray,
    level: float,
    noise: Noise,
) -> ConfidencePolyhedron:
    intervals = iter(simultaneous([mix for s in counts for mix in (s.row, s.column)], level))
    known = [(state.features, next(intervals), next(intervals)) for state in counts]
    count = len(counts[0].features)
    for _ in range(ROUNDS):
        rows, limits = _envelope(known, box[:count], noise)
        found = ConfidencePolyhedron.of(
            names,
            rows=rows,
            limits=limits,
            box=box,
            level=level,
            method="exact simultaneous intervals, convex envelope",
            never_identified=(SCALE, CONSTANT),
            assumptions=("logit equilibrium of a zero-sum game", "weights in units of row noise"),
        )
        shrunk = np.ptp(found.bounds, axis=1) < 0.99 * np.ptp(box, axis=1)
        if found.empty or not shrunk.any():
            break
        box = found.bounds
    return found


def _envelope(
    known: Sequence[tuple[np.ndarray, Interval, Interval]], box: np.ndarray, noise: Noise
) -> tuple[np.ndarray, np.ndarray]:
    """Return conditions that every point consistent with the intervals meets."""
    rows, limits = [], []
    for features, row, column in known:
        flipped = -np.swapaxes(features, 1, 2)
        for table, own, other, rows_own in (
            (features, row, column, True),
            (flipped, column, row, False),
        ):
            for a, b in permutations(range(table.shape[1]), 2):
                slope, offset = lower_envelope(table[:, a] - table[:, b], other, box)
                most = float(np.log(own.high[a] / own.low[b]))
                ratio = 0.0 if rows_own else -most
                rows.append(np.append(slope, ratio))
                limits.append((most if rows_own else 0.0) - offset)
    left, right = np.array(rows), np.array(limits)
    return (left, right) if noise == "own" else (left[:, :-1], right - left[:, -1])


def lower_envelope(
    features: np.ndarray, chances: Interval, box: np.ndarray
) -> tuple[np.ndarray, float]:
    """Return weights and a constant below ``min over p of sum_b p(b) d(b)``, all over a box.

    Parameters
    ----------
    features : shape (K, B): ``d(b) = x @ features[:, b]``.
    chances : intervals of p, shape (B,).
    box : lowest and highest x, shape (K, 2).

    For each b the minimum of two lines through 0 is concave in d, so that its convex envelope over
    the range of d is a chord.
    """
    ends = features[:, :, None] * box[:, None, :]
    low, high = ends.min(axis=2).sum(axis=0), ends.max(axis=2).sum(axis=0)
    at_low = np.where(low < 0, chances.high, chances.low) * low
    at_high = np.where(high < 0, chances.high, chances.low) * high
    width = np.where(high > low, high - low, 1.0)
    steady = np.where(low < 0, chances.high, chances.low)
    slope = np.where(high > low, (at_high - at_low) / width, steady)
    return features @ slope, float((at_low - slope * low).sum())
