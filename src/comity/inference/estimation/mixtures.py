"""Finite mixtures: people of several types, each with an explanation of its own."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.blend import Blend, make_blend
from comity.inference.estimation.corners import leave_kinks
from comity.inference.estimation.diagnosis import Ending, diagnose, reported, runaway_words
from comity.inference.estimation.expectation import (
    Detail,
    Ended,
    climb_by_types,
    climb_directly,
    detail,
    expect,
)
from comity.inference.estimation.fits import STATUSES, Search
from comity.inference.estimation.likelihood import natural_table, prepare, ruled_out
from comity.inference.estimation.maximum_likelihood import SAME, flat_directions
from comity.inference.estimation.mixture_fits import MixtureFit
from comity.inference.estimation.newton import Optimum
from comity.inference.estimation.standard_errors import (
    delta_method,
    errors_of,
    natural_slopes,
    sandwich,
)
from comity.inference.estimation.types_at_start import opening_points
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import Parameter, draw_starts

Type = Explanation | tuple[Explanation, int]
"""One type, or several that share an explanation and have parameters of their own."""

ITERATIONS = 60
"""Rounds of expectation and maximisation from every start."""
FOLLOWED = 4
"""At most so many of the starts that are best then are followed to the end by Newton's method: a
quarter of all, and two at least."""
MOST_STEPS = 200
NEARLY_EMPTY = 0.5
"""A type that fewer people than this are expected to belong to is nearly empty."""


def fit_mixture(
    types: Sequence[Type],
    evidence: Evidence,
    *,
    shared: Sequence[str] = (),
    starts: int = 16,
    rng: Rng = 0,
) -> MixtureFit:
    """Return the shares and parameters of types under which the choices were likeliest.

    A person is of one type in all decisions. The search goes by expectation and maximisation from
    every start and by Newton's method on the likelihood itself from where the best of them are
    then. Standard errors allow any dependence within a person.

    Parameters
    ----------
    types : explanations, or pairs of one and how many types it stands for.
    shared : names of parameters that have one value in all types that know them.
    starts : from how many points the search sets out; half of them from single people's fits.

    Raises
    ------
    InputError : where there is no decision, no type allows what somebody chose, or an explanation
        gives something that is not a number.
    """
    explanations = expanded(types)
    if not len(evidence) or starts < 1 or not explanations:
        raise InputError(
            "nothing to fit",
            place="mixture",
            found=f"{len(evidence)} decisions, {len(explanations)} types, {starts} starts",
            expected="one or more of each",
        )
    blend = _checked_blend(explanations, evidence, shared)
    points, alone = opening_points(blend, starts, as_generator(rng))
    points, trace = climb_by_types(blend, points, ITERATIONS)
    _check_possible(blend, points, trace[-1], evidence)
    followed = np.argsort(-np.where(np.isfinite(trace[-1]), trace[-1], -np.inf))
    followed = followed[: min(FOLLOWED, max(2, starts // 4))]
    ends = [climb_directly(blend, points[s], MOST_STEPS) for s in followed]
    names = type_names(explanations)
    coordinates = _coordinates(blend, names)
    best = max(ends, key=lambda end: end.detail.value)
    point, corner = _off_kinks(blend, coordinates, best)
    point = in_order(blend, point)
    found = detail(blend, point)
    search = Search(
        starts=len(ends),
        reached=sum(end.detail.value >= found.value - SAME for end in ends),
        others=_others(found.value, [end.detail.value for end in ends]),
        iterations=best.steps,
        gradient=float(np.abs(found.gradient).max(initial=0.0)),
    )
    ending = _diagnosis(blend, coordinates, point, found, corner)
    gain = found.value - alone[explanations[0]] if len(alone) == 1 else np.nan
    return MixtureFit(
        explanations=explanations,
        types=names,
        **_figures(blend, names, point, found, ending, coordinates),
        people=evidence.people,
        decisions=len(evidence),
        clusters=int(blend.live.sum()),
        normalised_entropy=_entropy(found.posteriors) / gain if gain > SAME else float("nan"),
        shared=tuple(shared),
        search=search,
        notes=_notes(search, starts, int(blend.live.sum())),
        warnings=_warnings(names, found, ending, coordinates),
    )


def type_names(explanations: Sequence[Explanation]) -> tuple[str, ...]:
    """Return a name for each type; types whose explanations have one name are numbered."""
    counts = Counter(e.name for e in explanations)
    seen: Counter[str] = Counter()
    names = []
    for explanation in explanations:
        seen[explanation.name] += 1
        number = f" {seen[explanation.name]}" if counts[explanation.name] > 1 else ""
        names.append(f"{explanation.name}{number}")
    return tuple(names)


def in_order(blend: Blend, point: np.ndarray) -> np.ndarray:
    """Return the same point with types of one explanation in the order of their shares."""
    count = blend.sizes[1]
    shares = blend.split(point[None])[1][0]
    order = np.arange(len(shares))
    for explanation in dict.fromkeys(blend.explanations):
        own = np.array([t for t, e in enumerate(blend.explanations) if e is explanation])
        order[own] = own[np.argsort(-shares[own], kind="stable")]
    moved = point.copy()
    for t, source in enumerate(order):
        moved[blend.positions[t]] = point[blend.positions[source]]
    moved[count:] = (shares[order] - shares[order[0]])[1:]
    return moved


def expanded(types: Sequence[Type]) -> tuple[Explanation, ...]:
    """Return one explanation for each type."""
    pairs = [t if isinstance(t, tuple) else (t, 1) for t in types]
    return tuple(explanation for explanation, count in pairs for _ in range(count))


def _checked_blend(
    explanations: tuple[Explanation, ...], evidence: Evidence, shared: Sequence[str]
) -> Blend:
    for explanation in dict.fromkeys(explanations):
        batch, places, scale = prepare(explanation, evidence)
        middle = draw_starts(explanation.parameters, 1, np.random.default_rng(0))
        ruled_out(explanation, middle, batch, places, scale)
    return make_blend(explanations, shared, batch, scale)


def _check_possible(
    blend: Blend, points: np.ndarray, values: np.ndarray, evidence: Evidence
) -> None:
    """Raise `InputError` where at every start some person is impossible as any type."""
    if np.isfinite(values).any():
        return
    people, _ = expect(blend, points, blend.by_type(points[:, : blend.sizes[1]]))
    lost = np.flatnonzero(~np.isfinite(people).any(axis=0))
    raise InputError(
        "no type allows what some people chose",
        place="mixture",
        found=", ".join(evidence.people[p] for p in lost[:5]) or "different people at each start",
        expected="a type that gives every choice some chance, such as one with errors",
    )


def _coordinates(blend: Blend, names: Sequence[str]) -> tuple[Parameter, ...]:
    """Return what the coordinates of a point stand for, by names of their own."""
    own = [
        p if t < 0 else dataclasses.replace(p, name=f"{p.name}_{t + 1}", meaning=f"in {names[t]}")
        for p, t in zip(blend.parameters, blend.owners, strict=True)
    ]
    shares = [
        Parameter(f"share_{t + 1}", f"share of {names[t]}", 0.0, 1.0, typical=(0.1, 0.9))
        for t in range(1, len(names))
    ]
    return (*own, *shares)


def _off_kinks(
    blend: Blend, coordinates: tuple[Parameter, ...], end: Ended
) -> tuple[np.ndarray, np.ndarray]:
    """Return where a search ends that is led off kinks, and whether that is a corner."""

    def value(points: np.ndarray, places: np.ndarray) -> np.ndarray:
        return _values(blend, points[0])[None]

    def climb(places: np.ndarray, starts: np.ndarray) -> Optimum:
        found = [climb_directly(blend, start, MOST_STEPS) for start in starts[0]]
        return _as_optimum(max(found, key=lambda one: one.detail.value))

    ends, corner = leave_kinks(coordinates, _as_optimum(end), value, climb)
    return ends.point[0], corner


def _as_optimum(end: Ended) -> Optimum:
    """Return one end as arrays with a leading axis."""
    found = end.detail
    parts = (end.point, found.value, found.gradient, found.hessian, end.steps, end.settled)
    return Optimum(*(np.asarray(part)[None] for part in parts))


def _values(blend: Blend, points: np.ndarray) -> np.ndarray:
    """Return the log-likelihood of all people at points (M, K + T - 1)."""
    by_type = blend.by_type(points[:, : blend.sizes[1]])
    return np.asarray(expect(blend, points, by_type)[0].sum(axis=1))


def _diagnosis(
    blend: Blend,
    coordinates: tuple[Parameter, ...],
    point: np.ndarray,
    found: Detail,
    corner: np.ndarray,
) -> Ending:
    def value(points: np.ndarray) -> np.ndarray:
        return _values(blend, points[0])[None]

    end = _as_optimum(Ended(point, found, True, 0))
    return Ending(*(leaf[0] for leaf in diagnose(coordinates, end, value, corner)))


def _figures(
    blend: Blend,
    names: Sequence[str],
    point: np.ndarray,
    found: Detail,
    ending: Ending,
    coordinates: tuple[Parameter, ...],
) -> dict[str, Any]:
    """Return the fields of a `MixtureFit` that speak of shares, parameters and people."""
    count = blend.sizes[1]
    live = found.scores[blend.live]
    covariance = sandwich(ending.covariance, live) if len(live) > 1 else ending.covariance
    values = natural_table(blend.parameters, point[:count], blend.scale)
    slopes = natural_slopes(blend.parameters, point[:count], blend.scale)
    errors = errors_of(delta_method(covariance[:count, :count], slopes))
    shown = reported(blend.parameters, values, ending.runs[:count], ending.loose[:count])
    shares = np.exp(blend.split(point[None])[1][0])
    turn = (np.diag(shares) - np.outer(shares, shares))[:, 1:]
    people, _ = expect(blend, point[None], blend.by_type(point[None, :count]))
    posteriors = np.where(blend.live[:, None], found.posteriors, shares)

    def by_type(figures: np.ndarray) -> dict[str, dict[str, float]]:
        return {
            name: {
                p.name: float(figures[i])
                for p, i in zip(explanation.parameters, places, strict=True)
            }
            for name, explanation, places in zip(
                names, blend.explanations, blend.positions, strict=True
            )
        }

    return {
        "status": str(ending.status),
        "shares": dict(zip(names, shares.tolist(), strict=True)),
        "share_errors": dict(
            zip(names, errors_of(turn @ covariance[count:, count:] @ turn.T).tolist(), strict=True)
        ),
        "estimates": by_type(shown),
        "standard_errors": by_type(errors),
        "posteriors": posteriors,
        "log_likelihood": found.value,
        "log_likelihoods": people[0],
        "entropy": _entropy(found.posteriors),
        "flat": flat_directions(coordinates, ending),
        "points": by_type(values),
        "free": point,
        "free_covariance": covariance,
        "coordinates": coordinates,
        "scale": blend.scale,
    }


def _entropy(posteriors: np.ndarray) -> float:
    safe = np.where(posteriors > 0, posteriors, 1.0)
    return float(-(posteriors * np.log(safe)).sum())


def _others(best: float, values: Sequence[float]) -> tuple[float, ...]:
    lower = sorted({round(v, 3) for v in values if v < best - SAME}, reverse=True)
    return tuple(lower)


def _notes(search: Search, starts: int, people: int) -> tuple[str, ...]:
    followed = (
        f"of {starts} starts the {search.starts} best after {ITERATIONS} rounds were followed to "
        f"the end; {search.reached} reached this optimum"
    )
    clustered = (
        "standard errors allow any dependence within each person: variances times "
        f"{people}/{people - 1}"
        if people > 1
        else "one person only: standard errors take decisions to be independent"
    )
    order = "types with one explanation are numbered by their shares, the most frequent first"
    return (followed, order, clustered)


def _warnings(
    names: Sequence[str], found: Detail, ending: Ending, coordinates: tuple[Parameter, ...]
) -> tuple[str, ...]:
    words = []
    if (status := str(ending.status)) in ("not converged", "at a corner"):
        words.append(f"{status}: {STATUSES[status]}")
    words += runaway_words(coordinates, ending.runs)
    words += [f"not identified: {flat}" for flat in flat_directions(coordinates, ending)]
    expected = found.posteriors.sum(axis=0)
    words += [
        f"{name} is nearly empty: {count:.2g} people are expected to be of it"
        for name, count in zip(names, expected, strict=True)
        if count < NEARLY_EMPTY
    ]
    return tuple(words)
