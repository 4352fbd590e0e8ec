"""Whether the point where a search ended is an estimate: ridges, edges and runaways are told apart.

All is written for P searches at once, so that one fit and fits of many people share it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from comity.inference.explanations.parameters import Parameter

FAR = 15.0
"""How far a bounded parameter is moved to see whether it runs off: a factor of about 3,000,000."""
FAR_WIDTHS = 100.0
"""The same for an unbounded one, in half widths of its typical interval."""
BACK = (-1, -2, -3)
"""How many times as far it is moved back, since a search may have gone beyond what matters."""
NO_LOSS = 1e-6
"""A log-likelihood that falls by less than this does not fall."""
FLAT_BOUNDED, FLAT = 1e-2, 1e-4
"""A direction is flat where the information along it is below this, in half widths of the typical
intervals: its standard error would be 10 of them for bounded parameters, whose size is known, and
100 for unbounded ones."""
FLAT_BESIDE = 1e-10
"""So is one whose information is below this share of the largest, which is what rounding leaves."""
INVOLVED = 1e-4
"""A parameter belongs to a flat direction if its squared share in it is above this."""
ALONE = 0.9
"""A flat direction is one parameter's own if its squared share in it is above this."""
SETTLED = 1e-6
"""A search has ended at a maximum if a full step promises less than this."""


class Ending(NamedTuple):
    """How P searches over k parameters ended.

    Attributes
    ----------
    status : shape (P,), words of `comity.inference.estimation.fits.STATUSES`.
    runs : shape (P, k), 1 or -1 where a parameter runs off upwards or downwards, else 0.
    loose : shape (P, k), whether a parameter may be moved, perhaps with others, at no loss.
    covariance : shape (P, k, k), inverse information on the whole line; ``nan`` in rows of
        parameters that run off or are loose, and everywhere where one runs off without end: what
        seems known there is known only for as far as the search went.
    flat : shape (P, k, k), flat directions in half widths, one a row; zeros where there is none.
    """

    status: np.ndarray
    runs: np.ndarray
    loose: np.ndarray
    covariance: np.ndarray
    flat: np.ndarray


def diagnose(
    parameters: Sequence[Parameter],
    optimum: Any,
    look: Callable[[np.ndarray], np.ndarray],
    corner: np.ndarray | None = None,
) -> Ending:
    """Return how searches ended.

    Parameters
    ----------
    optimum : an `Optimum` of arrays with a leading axis P.
    look : from points of shape (P, M, k) to log-likelihoods of shape (P, M).
    corner : shape (P,), which ends are maxima without a slope; see `leave_kinks`.
    """
    point, value = np.asarray(optimum.point, float), np.asarray(optimum.value, float)
    runs, idle = _runaways(parameters, point, value, look)
    width = half_widths(parameters)
    hessian = np.asarray(optimum.hessian, float)
    sizes, vectors, flat = _flat_spectrum(parameters, hessian, runs != 0)
    plateaus = _plateaus(parameters, point, vectors, flat) * (~idle & (runs == 0))
    if plateaus.any():
        runs = np.where(plateaus != 0, plateaus, runs)
        sizes, vectors, flat = _flat_spectrum(parameters, hessian, runs != 0)
    loose = np.einsum("pij,pj->pi", vectors**2, flat) > INVOLVED
    loose = (loose | idle) & (runs == 0)
    inverse = np.where(flat, 0.0, 1 / np.where(flat, 1.0, sizes))
    covariance = np.einsum("pij,pj,pkj->pik", vectors, inverse, vectors) * width[:, None] * width
    endless = ((runs != 0) & np.isinf(_limits(parameters, runs))).any(axis=1, keepdims=True)
    sharp = np.zeros(len(value), bool) if corner is None else corner
    slope = np.einsum("pij,pi->pj", vectors, np.where(runs != 0, 0.0, optimum.gradient) * width)
    rises = (~flat & (sizes < 0)).any(axis=1)
    settled = (0.5 * (slope**2 * inverse).sum(axis=1) < SETTLED) & ~rises
    sharp = sharp & ~settled
    gone = loose | (runs != 0) | endless | (sharp | rises)[:, None]
    covariance[gone[:, :, None] | gone[:, None, :]] = np.nan
    status = _statuses(value, runs, loose, settled, endless[:, 0], sharp)
    return Ending(status, runs, loose, covariance, vectors.swapaxes(1, 2) * flat[:, :, None])


def half_widths(parameters: Sequence[Parameter]) -> np.ndarray:
    """Return half the width of each typical interval on the whole line, shape (k,)."""
    edges = np.array([p.free_interval() for p in parameters]).reshape(-1, 2)
    half = np.diff(edges, axis=1)[:, 0] / 2
    return np.where(half > 0, half, 0.5)


def spectrum(
    hessian: np.ndarray, width: np.ndarray, held: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return eigenvalues (P, k) and eigenvectors (P, k, k; columns) of the information.

    It is measured in half widths; coordinates that are ``held``, shape (P, k), are set aside with
    an eigenvalue as large as any.
    """
    information = -hessian * width[:, None] * width
    information = np.where(np.isfinite(information), information, 0.0)
    aside = held[:, :, None] | held[:, None, :]
    largest = np.maximum(np.abs(information).max(axis=(1, 2), initial=0.0), 1.0)
    own = np.eye(len(width)) * largest[:, None, None]
    return np.linalg.eigh(np.where(aside, own, information))


def _runaways(
    parameters: Sequence[Parameter],
    point: np.ndarray,
    value: np.ndarray,
    look: Callable[[np.ndarray], np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Return which parameters run off where, and which make no difference; shapes (P, k)."""
    edges = np.array([p.free_interval() for p in parameters]).reshape(-1, 2)
    reach = np.array(
        [
            FAR_WIDTHS * half if math.isinf(p.low) else FAR
            for p, half in zip(parameters, half_widths(parameters), strict=True)
        ]
    )
    away = point - edges.mean(axis=1)
    side = np.where(away >= 0, 1, -1)[:, None, :]
    moves = np.concatenate([np.diag(far * reach) for far in (1, *BACK)])
    found = np.asarray(look(point[:, None, :] + side * moves), float)
    lossless = found >= value[:, None] - NO_LOSS
    count = len(parameters)
    out = lossless[:, :count]
    back = lossless[:, count:].reshape(len(point), len(BACK), count).all(axis=1)
    runs = np.where(out & ~back, 1, np.where(back & ~out, -1, 0))
    gone = (np.abs(away) > reach) & (runs == 0) & ~(out & back)
    return np.where(gone, 1, runs) * side[:, 0], out & back


def _plateaus(
    parameters: Sequence[Parameter], point: np.ndarray, vectors: np.ndarray, flat: np.ndarray
) -> np.ndarray:
    """Return 1 or -1, shape (P, k), where a parameter alone is flat far from what is typical.

    It runs off along a curve on which others adapt, as where some choices are ties in the limit,
    so that moving it alone does lose.
    """
    edges = np.array([p.free_interval() for p in parameters]).reshape(-1, 2)
    away = point - edges.mean(axis=1)
    alone = (np.where(flat[:, None, :], vectors**2, 0.0) > ALONE).any(axis=2)
    return np.where(alone & (np.abs(away) > half_widths(parameters)), np.sign(away), 0).astype(int)


def _flat_spectrum(
    parameters: Sequence[Parameter], hessian: np.ndarray, held: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the spectrum and which of its eigenvalues count as flat.

    One that is well below 0 is not flat: the likelihood rises there, and the end is no maximum.
    """
    sizes, vectors = spectrum(hessian, half_widths(parameters), held)
    least = np.array([FLAT if math.isinf(p.low) else FLAT_BOUNDED for p in parameters])
    own = np.einsum("pij,i->pj", vectors**2, least.astype(float))
    largest = sizes.max(axis=1, initial=0.0, keepdims=True)
    return sizes, vectors, np.abs(sizes) < np.maximum(own, FLAT_BESIDE * largest)


def _statuses(
    value: np.ndarray,
    runs: np.ndarray,
    loose: np.ndarray,
    settled: np.ndarray,
    endless: np.ndarray,
    sharp: np.ndarray,
) -> np.ndarray:
    """Return the first status that applies to each search."""
    table = (
        ("ruled out", np.isneginf(value)),
        ("separable", endless),
        ("at a corner", sharp),
        ("not converged", ~settled | ~np.isfinite(value)),
        ("not identified", loose.any(axis=1)),
        ("at the edge", (runs != 0).any(axis=1)),
    )
    found = np.select([where for _, where in table], [word for word, _ in table], "identified")
    return np.asarray(found)


def _limits(parameters: Sequence[Parameter], runs: np.ndarray) -> np.ndarray:
    """Return where each parameter ends on the side to which it runs, shape (P, k)."""
    ends = np.array([[limit(p, side) for p in parameters] for side in (1, -1)], float)
    ends = ends.reshape(2, len(parameters))
    return np.where(runs > 0, ends[0], ends[1])


def limit(parameter: Parameter, side: int) -> float:
    """Return where a parameter ends that runs off upwards (1) or downwards (-1)."""
    return parameter.high if side > 0 else parameter.low


def reported(
    parameters: Sequence[Parameter], values: np.ndarray, runs: np.ndarray, loose: np.ndarray
) -> np.ndarray:
    """Return what may be said of values (P, k): limits of those that run off, nan of loose ones."""
    shown = np.where(runs != 0, _limits(parameters, runs), values)
    return np.where(loose, np.nan, shown)


def flat_words(parameters: Sequence[Parameter], direction: np.ndarray) -> str:
    """Return in the model's words how parameters may move together at no loss.

    Examples
    --------
    >>> envy, pride = Parameter("envy", "pain behind"), Parameter("pride", "joy ahead")
    >>> flat_words((envy, pride), np.array([0.8, -0.6]))
    'envy (pain behind) up with pride (joy ahead) down leaves every choice as likely'
    """
    words = direction_words(parameters, direction)
    if " with " in words:
        return f"{words} leaves every choice as likely"
    return f"{words} may be anything near where it is: every choice stays as likely"


def direction_words(parameters: Sequence[Parameter], direction: np.ndarray) -> str:
    """Return which parameters a direction moves and which way, the name alone if there is one.

    Those that move less than a tenth as far as the one that moves furthest are left out.
    """
    share = np.abs(direction) / np.abs(direction).max()
    first = direction[np.flatnonzero(share > 0.1)[0]]
    moved = [
        (f"{p.name} ({p.meaning})", "up" if d * first > 0 else "down")
        for p, d, s in zip(parameters, direction, share, strict=True)
        if s > 0.1
    ]
    if len(moved) == 1:
        return moved[0][0]
    lead, *rest = (f"{name} {way}" for name, way in moved)
    return f"{lead} with {' and '.join(rest)}"


def runaway_words(parameters: Sequence[Parameter], runs: np.ndarray) -> tuple[str, ...]:
    """Return a sentence for each parameter that runs off, for one search."""
    return tuple(
        _runaway_sentence(p, int(side)) for p, side in zip(parameters, runs, strict=True) if side
    )


def _runaway_sentence(parameter: Parameter, side: int) -> str:
    end = limit(parameter, side)
    if math.isinf(end):
        way = "grows" if side > 0 else "falls"
        return f"separable: the likelihood has no maximum; {parameter.name} {way} without bound"
    return (
        f"{parameter.name} ({parameter.meaning}) is at {end:g}, the end of its interval, "
        "where no standard error holds"
    )
