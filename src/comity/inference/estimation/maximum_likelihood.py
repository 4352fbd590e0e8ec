"""Maximum likelihood: one set of parameters for all people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.corners import leave_kinks
from comity.inference.estimation.diagnosis import (
    Ending,
    diagnose,
    flat_words,
    reported,
    runaway_words,
)
from comity.inference.estimation.fits import STATUSES, Fit, Search
from comity.inference.estimation.likelihood import (
    Tally,
    by_row,
    check_slopes,
    log_likelihood,
    look,
    name_rows,
    natural_table,
    prepare,
    rows_at,
    ruled_out,
    slopes_at,
    tally,
)
from comity.inference.estimation.newton import Optimum, maximise, second_order
from comity.inference.estimation.pieces import in_pieces
from comity.inference.estimation.standard_errors import (
    cluster_labels,
    cluster_sums,
    delta_method,
    errors_of,
    natural_slopes,
    sandwich,
)
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import Parameter, draw_starts
from comity.inference.numerics import x64

SAME = 1e-4
"""Log-likelihoods closer than this belong to one optimum."""
FEW_CLUSTERS = 30
"""Below some 40 clusters the errors are known to be too small (Cameron and Miller 2015, section
VI); a warning at 40 itself would meet most laboratory studies."""
AT_ONCE = 4
"""Searches that go on side by side; each such group waits only for its own slowest."""


def fit(
    explanation: Explanation,
    evidence: Evidence,
    *,
    starts: int = 8,
    cluster: str = "person",
    rng: Rng = 0,
) -> Fit:
    """Return the parameters under which the choices were likeliest, the same for all people.

    Parameters
    ----------
    starts : from how many points the search sets out; the first is the middle of what is typical.
    cluster : within what decisions may depend on each other beyond the explanation: ``person``,
        ``study``, ``game``, ``sequence`` or ``decision``.
    rng : draws the other starts.

    Raises
    ------
    InputError : where there is no decision, a situation lacks what the explanation needs, or the
        explanation gives something that is not a number.

    Each iteration costs one pass over the situations where the procedure does not look back, and
    over the decisions where it does.
    """
    _check(explanation, evidence, starts)
    labels = cluster_labels(evidence, cluster)
    batch, places, scale = prepare(explanation, evidence)
    points = draw_starts(explanation.parameters, starts, as_generator(rng))
    impossible = ruled_out(explanation, points, batch, places, scale)
    counted = tally(explanation, batch, scale)
    ends = search(explanation, points, counted)
    end = best_end(ends)
    check_slopes(explanation, end, batch, places, scale)
    end, ending = _diagnosed(explanation, end, counted, starts)
    scores = cluster_sums(by_row(slopes_at(explanation, end.point, batch, scale), places), labels)
    covariance = sandwich(ending.covariance, scores) if len(scores) > 1 else ending.covariance
    found = _summary(ends, end)
    return Fit(
        explanation=explanation,
        **figures(explanation, end.point, ending, covariance, scale),
        log_likelihood=float(end.value),
        log_likelihoods=by_row(rows_at(explanation, end.point, batch, scale), places),
        decisions=len(evidence),
        people=len(np.unique(evidence.person)),
        clusters=len(scores),
        search=found,
        notes=_notes(found, cluster, len(scores)),
        warnings=_warnings(explanation, ending, impossible, cluster, len(scores)),
    )


def search(explanation: Explanation, points: np.ndarray, counted: Tally) -> Optimum:
    """Return where searches from several points end, arrays with a leading axis S."""
    count, k = points.shape
    if k == 0:
        values, none = look(explanation, points, counted), np.zeros((count, 0))
        done = np.ones(count, bool)
        return Optimum(points, values, none, none[:, :, None], np.zeros(count, int), done)
    with x64():
        ends = in_pieces(lambda some: _search(explanation, some, counted), AT_ONCE, points)
    return Optimum(*ends)


def curvature_at(explanation: Explanation, free: np.ndarray, counted: Tally) -> np.ndarray:
    """Return the Hessian of a log-likelihood, shape (k, k), at a point of shape (k,)."""
    if len(free) == 0:
        return np.zeros((0, 0))
    with x64():
        return np.asarray(_curvature(explanation, jnp.asarray(free, float), counted))


@partial(jax.jit, static_argnums=0)
def _curvature(explanation: Explanation, free: jax.Array, counted: Tally) -> jax.Array:
    return second_order(lambda x: log_likelihood(explanation, x, counted), free)[2]


@partial(jax.jit, static_argnums=0)
def _search(explanation: Explanation, points: jax.Array, counted: Tally) -> Optimum:
    return jax.vmap(lambda at: maximise(lambda x: log_likelihood(explanation, x, counted), at))(
        points
    )


def figures(
    explanation: Explanation,
    free: np.ndarray,
    ending: Ending,
    covariance: np.ndarray,
    scale: float,
) -> dict[str, Any]:
    """Return the fields of a `Fit` that speak of its parameters.

    Parameters
    ----------
    free : shape (k,), where the search ended on the whole line.
    ending : its diagnosis.
    covariance : shape (k, k), of ``free``, clustered.
    """
    parameters, names = explanation.parameters, [p.name for p in explanation.parameters]
    values = natural_table(explanation.parameters, free, scale)
    slopes = natural_slopes(explanation.parameters, free, scale)
    spread = delta_method(covariance, slopes)
    estimates = reported(parameters, values, ending.runs, ending.loose)
    own = errors_of(delta_method(ending.covariance, slopes))
    return {
        "status": str(ending.status),
        "estimates": dict(zip(names, estimates.tolist(), strict=True)),
        "standard_errors": dict(zip(names, errors_of(spread).tolist(), strict=True)),
        "model_errors": dict(zip(names, own.tolist(), strict=True)),
        "covariance": spread,
        "flat": flat_directions(parameters, ending),
        "point": dict(zip(names, values.tolist(), strict=True)),
        "free": free,
        "free_covariance": covariance,
        "scale": scale,
    }


def flat_directions(parameters: Sequence[Parameter], ending: Ending) -> tuple[str, ...]:
    """Return the flat directions of one search in words; none where it was ruled out."""
    if str(ending.status) in ("ruled out", "no data"):
        return ()
    return tuple(flat_words(parameters, row) for row in ending.flat if np.abs(row).max() > 0)


def _check(explanation: Explanation, evidence: Evidence, starts: int) -> None:
    for count, what in ((len(evidence), "decision"), (starts, "start")):
        if count < 1:
            raise InputError(
                "nothing to fit",
                place=explanation.name,
                found=f"{count} {what}s",
                expected="one or more",
            )


def best_end(ends: Optimum) -> Optimum:
    """Return the end with the highest log-likelihood."""
    best = int(np.argmax(np.where(np.isnan(ends.value), -np.inf, ends.value)))
    return Optimum(*(leaf[best] for leaf in ends))


def _diagnosed(
    explanation: Explanation, end: Optimum, counted: Tally, starts: int
) -> tuple[Optimum, Ending]:
    """Return the end of one search, led off kinks by so many starts at a time, and what it is."""

    def value(points: np.ndarray, places: np.ndarray | None = None) -> np.ndarray:
        return look(explanation, points[0], counted)[None]

    def climb(places: np.ndarray, points: np.ndarray) -> Optimum:
        return _alone(best_end(search(explanation, points[0], counted)))

    parameters = explanation.parameters
    ends, corner = leave_kinks(parameters, _alone(end), value, climb, starts)
    found = diagnose(parameters, ends, value, corner)
    return Optimum(*(leaf[0] for leaf in ends)), Ending(*(leaf[0] for leaf in found))


def _alone(end: Optimum) -> Optimum:
    """Return one end as arrays with a leading axis."""
    return Optimum(*(np.asarray(leaf)[None] for leaf in end))


def _summary(ends: Optimum, end: Optimum) -> Search:
    values = np.asarray(ends.value)
    best = float(end.value)
    lower = np.sort(values[np.asarray(ends.converged) & (values < best - SAME)])[::-1]
    others = [float(v) for k, v in enumerate(lower) if k == 0 or lower[k - 1] - v > SAME]
    return Search(
        starts=len(values),
        reached=int((values >= best - SAME).sum()),
        others=tuple(others),
        iterations=int(end.iterations),
        gradient=float(np.abs(end.gradient).max(initial=0.0)),
    )


def _notes(found: Search, cluster: str, clusters: int) -> tuple[str, ...]:
    notes = [f"{found.reached} of {found.starts} starts reached this optimum"]
    if found.others:
        notes.append(f"{len(found.others)} other local optima, the best at {found.others[0]:.6g}")
    if clusters > 1 and cluster != "decision":
        notes.append(
            f"standard errors allow any dependence within each {cluster}: {clusters} clusters, "
            f"variances times {clusters}/{clusters - 1}"
        )
    return tuple(notes)


def _warnings(
    explanation: Explanation, ending: Ending, impossible: np.ndarray, cluster: str, clusters: int
) -> tuple[str, ...]:
    status, parameters = str(ending.status), explanation.parameters
    words = []
    if len(impossible):
        words.append(f"{name_rows(impossible)}: a choice of probability 0 at every start")
    elif status in ("ruled out", "not converged", "at a corner"):
        words.append(f"{status}: {STATUSES[status]}")
    if status != "ruled out":
        words += runaway_words(parameters, ending.runs)
        words += [f"not identified: {flat}" for flat in flat_directions(parameters, ending)]
    if clusters == 1:
        words.append(f"one {cluster} only: standard errors take decisions to be independent")
    elif clusters < FEW_CLUSTERS:
        words.append(f"only {clusters} clusters: standard errors tend to be too small")
    return tuple(words)
