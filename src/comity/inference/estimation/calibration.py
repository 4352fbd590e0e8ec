"""Calibration: how often what was given a probability came about.

A decision among two options counts once, by its first option: the second says the same again.
Among more options each counts with the probability that it was given, so that every decision
weighs 1 in all and the many options of a long menu that nobody is expected to take weigh
next to nothing. Decisions without a choice say nothing and are left out.

Bins hold equal weight, as nearly as equal probabilities allow, which always share one. Bins of
equal weight mislead less than bins of equal width (Roelofs, Cain, Shlens and Mozer 2022).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core import Certified
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.clustered_means import Clusters, quantile, share_by_person
from comity.inference.estimation.scoring import check_level, check_table
from comity.inference.evidence.table import Evidence
from comity.inference.results import Calibration

DRAWS = 2_000
CELLS = 4_000_000
"""Signs that are drawn at a time."""


@dataclass(frozen=True, eq=False)
class Counted:
    """The options that count, one a row.

    Attributes
    ----------
    predicted : shape (M,), the probability that an option was given.
    came : shape (M,), 1 where it was chosen, else 0.
    person : shape (M,).
    weight : shape (M,); those of a decision sum to 1.
    """

    predicted: np.ndarray
    came: np.ndarray
    person: np.ndarray
    weight: np.ndarray


def calibrate(
    predictor: str,
    table: np.ndarray,
    evidence: Evidence,
    *,
    level: float = 0.9,
    bins: int = 10,
    rng: Rng = 0,
) -> Calibration:
    """Return how often what a predictor gave a probability came about, with intervals by person.

    Parameters
    ----------
    predictor : its name.
    table : shape (N, K), probabilities of every option of every row, by a predictor that did not
        learn from that row.
    level : of all intervals, each by itself.
    bins : at most this many.
    rng : for the signs of `calibration_error`.

    Raises `InputError` for a table that is not one of probabilities.
    """
    check_table(table, evidence)
    check_level(level)
    if bins < 1:
        raise InputError("no bins", place="bins", found=bins, expected="1 or more")
    counted = counted_options(table, evidence)
    bin_of = equal_bins(counted.predicted, counted.weight, bins)
    rows = [_bin(counted, bin_of == b, level) for b in range(int(bin_of.max(initial=-1)) + 1)]
    predicted, observed, low, high = np.array(rows, float).reshape(-1, 4).T
    error = calibration_error(counted, bin_of, level, as_generator(rng))
    counts = np.bincount(bin_of, minlength=len(rows))
    return Calibration(predictor, predicted, observed, low, high, counts, error)


def counted_options(table: np.ndarray, evidence: Evidence) -> Counted:
    """Return the options that count, with their weights."""
    sizes = np.array([len(s.options) for s in evidence.situations], int)[evidence.situation]
    places = np.arange(table.shape[1])
    counts = np.where(sizes[:, None] == 2, places == 0, places < sizes[:, None])
    counts &= (sizes > 1)[:, None]
    counts &= (sizes[:, None] == 2) | (table > 0)
    row, option = np.nonzero(counts)
    predicted = table[row, option]
    return Counted(
        predicted,
        (evidence.choice[row] == option).astype(float),
        evidence.person[row],
        np.where(sizes[row] == 2, 1.0, predicted),
    )


def equal_bins(predicted: np.ndarray, weight: np.ndarray, bins: int) -> np.ndarray:
    """Return the bin of each probability, from 0 without gaps, shape (M,).

    Probabilities that differ by rounding only stand in one bin: that in which the middle of their
    weight lies.
    """
    values, place = np.unique(np.round(predicted, 10), return_inverse=True)
    masses = np.bincount(place, weight, minlength=len(values))
    middles = np.cumsum(masses) - masses / 2
    bin_of_value = np.floor(bins * middles / max(masses.sum(), 1e-300)).astype(int)
    return np.unique(bin_of_value, return_inverse=True)[1][place]


def _bin(counted: Counted, inside: np.ndarray, level: float) -> tuple[float, ...]:
    """Return the mean prediction of a bin, and the share that came about with its interval."""
    weight = counted.weight[inside]
    mean = float((weight * counted.predicted[inside]).sum() / weight.sum())
    clusters = Clusters.of(counted.person[inside], weight)
    return (mean, *share_by_person(counted.came[inside], clusters, level))


def calibration_error(
    counted: Counted, bin_of: np.ndarray, level: float, rng: np.random.Generator
) -> Certified:
    """Return the expected calibration error: the mean over decisions of a bin's gap.

    The plain figure E, the weighted mean of the sizes of the gaps d, is above 0 by chance alone.
    What chance adds is taken off as if true gaps were normal with the variance that is left of the
    ``d^2`` when the variances ``s^2`` of the gaps are taken off: ``sqrt(2 / pi) (sqrt(t^2 + s^2) -
    t)`` a bin.

    The interval holds without that supposition. Chance ``e`` in the gaps moves E up by at most the
    mean size of ``e``, whose quantile gives the lower end: a calibrated predictor has 0 in its
    interval. It moves E down by at most the mean of ``e`` times the true gaps' signs, which gives
    the upper end. Both come from sums of ``came - predicted`` by person, with signs drawn anew.
    """
    clusters = np.unique(counted.person, return_inverse=True)[1]
    people = int(clusters.max(initial=-1)) + 1
    if people < 2:
        return Certified.unknown(f"{people or 'no'} person's choices tell nothing of others")
    shares = np.bincount(bin_of, counted.weight) / counted.weight.sum()
    sums = np.zeros((people, len(shares)))
    np.add.at(
        sums,
        (clusters, bin_of),
        counted.weight * (counted.came - counted.predicted) / counted.weight.sum(),
    )
    gaps, variances = sums.sum(axis=0), (sums**2).sum(axis=0)
    plain = float(np.abs(gaps).sum())
    chance = _sizes_by_chance(sums, rng)
    signs = np.where(gaps < 0, -1.0, 1.0)
    spread = np.sqrt(float(((sums @ signs) ** 2).sum()))
    low = max(0.0, plain - float(np.quantile(chance, 0.5 + level / 2)))
    high = min(1.0, plain + quantile(level, people - 1) * spread)
    value = max(0.0, plain - _added_by_chance(gaps / shares, variances / shares**2, shares))
    words = "chance taken off; bins of equal weight; by person"
    return Certified.estimate(value, min(low, value), max(high, value), words, level)


def _added_by_chance(gaps: np.ndarray, variances: np.ndarray, shares: np.ndarray) -> float:
    """Return what chance is expected to add to the mean size of the gaps."""
    true = max(0.0, float((shares * (gaps**2 - variances)).sum()))
    added = np.sqrt(true + variances) - np.sqrt(true)
    return float(np.sqrt(2 / np.pi) * (shares * added).sum())


def _sizes_by_chance(sums: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the total size of the gaps for people's sums (G, B) with random signs, (DRAWS,)."""
    found = []
    at_once = max(1, CELLS // len(sums))
    for start in range(0, DRAWS, at_once):
        signs = rng.choice((-1.0, 1.0), size=(min(at_once, DRAWS - start), len(sums)))
        found.append(np.abs(signs @ sums).sum(axis=1))
    return np.concatenate(found)
