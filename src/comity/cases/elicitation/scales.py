"""From orders, ratings and points to values of options with their spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from comity.cases.elicitation.utilities import (
    Fit,
    ordered_ratings,
    product_spread,
    rank_order_weights,
    ratings_from_answers,
    weights_from_ratios,
)

Groups = Sequence[Sequence[str]]
"""Options in order, best first; those in one group are equally good."""


@dataclass(frozen=True)
class Scale:
    """Values with their standard deviations, one array per issue.

    Attributes
    ----------
    values, sds : per issue one number per option.
    top : worth of the best option of every issue together.
    """

    values: list[np.ndarray]
    sds: list[np.ndarray]
    top: float

    @property
    def unsure(self) -> bool:
        """Whether any value has a spread."""
        return any(bool(np.any(sd > 0)) for sd in self.sds)


def direct(parts: Mapping[str, tuple[str, ...]], numbers: Sequence[Sequence[float]]) -> Scale:
    """Return values that a person stated as numbers, taken as they are."""
    values = [np.array(row, dtype=float) for row in numbers]
    return Scale(values, [np.zeros(len(row)) for row in values], sum(v.max() for v in values))


def from_order(
    groups: Groups, rated: Sequence[tuple[int, float]], options: tuple[str, ...], whose: str
) -> tuple[Scale, list[str]]:
    """Return ratings of options from 1 (best) to 0 (worst), and what was contradictory.

    ``rated`` holds pairs of a group's place and a rating of it. Groups nobody rated lie between
    their rated neighbours as uniform order statistics do.
    """
    count = len(groups)
    known: dict[int, tuple[float, float]] = {0: (1.0, 0.0), count - 1: (0.0, 0.0)}
    notes = []
    if rated:
        places = sorted({k for k, _ in rated})
        fit = ratings_from_answers(len(places), [(places.index(k), r) for k, r in rated])
        known |= {
            k: (float(v), float(s)) for k, v, s in zip(places, fit.values, fit.sd, strict=True)
        }
        notes += _gamble_note(fit, rated, groups, whose)
    if count == 1:
        known = {0: (0.0, 0.0)}
    means, sds = _between(known, count)
    notes += _order_notes(means, sds, groups, whose)
    by_option = {option: k for k, group in enumerate(groups) for option in group}
    at = [by_option[option] for option in options]
    return Scale([means[at]], [sds[at]], float(means.max())), notes


def _between(known: Mapping[int, tuple[float, float]], count: int) -> tuple[np.ndarray, np.ndarray]:
    means, sds = np.zeros(count), np.zeros(count)
    anchors = sorted(known)
    for k in anchors:
        means[k], sds[k] = known[k]
    for a, b in pairwise(anchors):
        if b - a > 1:
            inner = ordered_ratings(b - a + 1)
            gap = means[a] - means[b]
            means[a + 1 : b] = means[b] + gap * inner.values[1:-1]
            ends = np.linspace(sds[a], sds[b], b - a + 1)[1:-1]
            sds[a + 1 : b] = np.hypot(abs(gap) * inner.sd[1:-1], ends)
    return means, sds


def _gamble_note(
    fit: Fit, rated: Sequence[tuple[int, float]], groups: Groups, whose: str
) -> list[str]:
    found = sorted({rated[k][0] for k in fit.strange})
    return [
        f"{whose}: the rating of {groups[k][0]!r} and the gamble disagree "
        f"({' and '.join(f'{100 * r:g}' for at, r in rated if at == k)}); their mean is used, "
        "and counts as less sure."
        for k in found
    ]


def _order_notes(means: np.ndarray, sds: np.ndarray, groups: Groups, whose: str) -> list[str]:
    """Point out ratings against the stated order, and widen both by what they are apart."""
    notes = []
    for k in map(int, np.flatnonzero(np.diff(means) > 1e-12)):
        apart = means[k + 1] - means[k]
        sds[k], sds[k + 1] = np.hypot(sds[k], apart), np.hypot(sds[k + 1], apart)
        notes.append(
            f"{whose}: {groups[k][0]!r} was put above {groups[k + 1][0]!r} but rated lower; "
            "the ratings are used, and count as less sure."
        )
    return notes


def spread_out(
    parts: Mapping[str, tuple[str, ...]], ratings: Sequence[Scale], scale: float
) -> Scale:
    """Return the ratings of a single list of options, stretched to the scale."""
    values = [rating.values[0] * scale for rating in ratings]
    return Scale(values, [rating.sds[0] * scale for rating in ratings], scale)


def weighted(
    parts: Mapping[str, tuple[str, ...]], ratings: Sequence[Scale], weights: Fit, scale: float
) -> Scale:
    """Return ratings times issue weights, with the spread of the product."""
    fits = [Fit(r.values[0], np.diag(r.sds[0] ** 2), np.zeros(0), ()) for r in ratings]
    pairs = zip(weights.values, ratings, strict=True)
    values = [scale * w * rating.values[0] for w, rating in pairs]
    return Scale(values, [scale * sd for sd in product_spread(weights, fits)], scale)


def swing_weights(
    parts: Sequence[str],
    groups: Groups,
    points: Sequence[float | None],
    check: float | None,
    whose: str,
) -> tuple[Fit, list[str]]:
    """Return issue weights from their order, points (first = 100) and a check ratio.

    Without points the order alone counts (rank-order centroid). Issues without points keep the
    centroid's ratio to the first. ``points`` follow the order from the second issue on.
    """
    order = [part for group in groups for part in group]
    places = [list(parts).index(part) for part in order]
    centroid = _tied_centroid(groups)
    if all(point is None for point in points):
        return _reordered(centroid, places), []
    notes = _point_notes(order, points, whose)
    stated = [100.0, *points]
    ratios = [
        (0, k, float(centroid.values[0] / centroid.values[k]) if p is None else 100 / p)
        for k, p in enumerate(stated)
        if k
    ]
    if check is not None:
        ratios.append((1, 2, check))
    fit = weights_from_ratios(len(order), ratios)
    if fit.strange:
        notes.append(
            f"{whose}: the points for {order[1]!r} and {order[2]!r} say that the first is worth "
            f"{ratios[1][2] / ratios[0][2]:.2g} times the second, the check says {check:.2g}; the "
            "closest weights to both are used, and count as less sure."
        )
    return _reordered(fit, places), notes


def _tied_centroid(groups: Groups) -> Fit:
    """Return rank-order weights in which equals share what their places hold."""
    count = sum(len(group) for group in groups)
    fit = rank_order_weights(count)
    share = np.zeros((count, count))
    start = 0
    for group in groups:
        end = start + len(group)
        share[start:end, start:end] = 1 / len(group)
        start = end
    return Fit(share @ fit.values, share @ fit.covariance @ share.T, fit.residuals, ())


def _point_notes(order: Sequence[str], points: Sequence[float | None], whose: str) -> list[str]:
    last, notes, before = 100.0, [], order[0]
    for part, point in zip(order[1:], points, strict=True):
        if point is None:
            notes.append(
                f"{whose}: how much {part!r} matters was not stated; its place in the "
                "order decides."
            )
            continue
        if point > last:
            notes.append(
                f"{whose}: {before!r} was put above {part!r} but given fewer points; the "
                "points are used."
            )
        last, before = point, part
    return notes


def _reordered(fit: Fit, places: Sequence[int]) -> Fit:
    """Return a fit over the order of importance as one over the parts as listed."""
    back = np.argsort(places)
    covariance = fit.covariance[np.ix_(back, back)]
    return Fit(fit.values[back], covariance, fit.residuals, fit.strange)
