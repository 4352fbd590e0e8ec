"""Which payoffs logit play allows: an affine set, cut by a range of payoffs.

Whoever plays action a with a chance proportional to ``exp(U(a) / noise)``, U its expected payoff
given what the others do, shows ``U(a) - U(b) = noise log(p(a) / p(b))`` (McKelvey and Palfrey
1995). Each treatment with another mix of the others adds equations on the payoffs themselves; with
as many independent mixes as the others have joint actions every difference between own actions is
known in units of noise. Noise and payoffs share a scale, and terms of the others alone never show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from comity.core import InputError
from comity.inference.identification.frequencies import (
    checked_counts,
    joint_of_others,
    known,
    simultaneous,
)
from comity.inference.identification.identified_set import ConfidencePolyhedron, IdentifiedSet
from comity.inference.identification.own_payoffs import (
    BASELINE,
    OTHERS_ONLY,
    OwnPayoffs,
    checked_range,
    own_payoffs,
    strategies,
)

NOISE = "noise"
SCALE = "scale: payoffs and noise times one positive number give the same play"
LOGIT = "logit play against the true mix of the others"


def payoffs_from_quantal_play(
    plays: Sequence[Any],
    player: int,
    *,
    noise: float | None = None,
    bounds: tuple[float, float] = (0.0, 1.0),
    known_payoffs: Mapping[tuple[str, ...], float] | None = None,
    actions: Sequence[Sequence[str]] | None = None,
) -> IdentifiedSet:
    """Return all payoffs of a player that give the observed logit play.

    Parameters
    ----------
    plays : one per treatment, all with the same payoffs: a `MixedProfile` or a strategy per
        player. Every own action must have a chance above 0, as logit play gives it.
    player : whose payoffs are sought.
    noise : 1 / sensitivity, in units of payoffs, above 0; unknown unless given, and then the last
        of the unknowns.
    bounds : lowest and highest payoff, the normalisation.
    known_payoffs : payoffs that are known, by profile of action names.
    actions : names of every player's actions; numbers unless given.

    Examples
    --------
    >>> found = payoffs_from_quantal_play([([0.8, 0.2], [1.0, 0.0])], 0, noise=0.5)
    >>> low, high = found.between({"u(0, 0)": 1, "u(1, 0)": -1})
    >>> round(low, 6), round(high, 6), round(0.5 * float(np.log(4)), 6)
    (0.693147, 0.693147, 0.693147)
    """
    profiles = [strategies(play) for play in plays]
    unknowns = _unknowns([tuple(map(len, mixes)) for mixes in profiles], player, actions)
    rows = []
    for t, mixes in enumerate(profiles):
        own, others = mixes[player], joint_of_others([known(m) for m in mixes], player).low
        if own.min() <= 0:
            raise InputError(
                "logit play gives every action a chance",
                place=f"plays[{t}]",
                found=own.tolist(),
                expected="chances above 0; counts go to payoffs_from_quantal_counts",
            )
        base = int(np.argmax(own))
        rows += [
            np.append(unknowns.advantage(a, base, others), -np.log(own[a] / own[base]))
            for a in range(len(own))
            if a != base
        ]
    stated, values = unknowns.equations(known_payoffs)
    left = np.array(rows).reshape(len(rows), len(unknowns.names) + 1)
    equations = np.vstack([left, np.column_stack([stated, np.zeros(len(stated))])])
    return IdentifiedSet.of(
        **_with_noise(unknowns, noise, bounds, equations, np.append(np.zeros(len(rows)), values)),
        never_identified=_never(noise),
        assumptions=(LOGIT,),
    )


def payoffs_from_quantal_counts(
    counts: Sequence[Any],
    player: int,
    *,
    level: float = 0.95,
    noise: float | None = None,
    bounds: tuple[float, float] = (0.0, 1.0),
    known_payoffs: Mapping[tuple[str, ...], float] | None = None,
    actions: Sequence[Sequence[str]] | None = None,
) -> ConfidencePolyhedron:
    """Return a polytope that holds the whole identified set with a stated probability.

    Parameters
    ----------
    counts : one per treatment: for each player how often it played each action.
    level : chance that every payoff table consistent with the true play is inside.

    All chances lie in simultaneous exact intervals; log-odds follow, without end on one side where
    an action was never seen, and the others' mix enters by its convex envelope (see
    `payoffs_from_counts`). See `payoffs_from_quantal_play` for the rest.
    """
    seen = [[checked_counts(mix, f"counts[{t}]") for mix in play] for t, play in enumerate(counts)]
    unknowns = _unknowns([tuple(map(len, play)) for play in seen], player, actions)
    found = iter(simultaneous([mix for play in seen for mix in play], level))
    low, high = checked_range(bounds)
    rows, limits = [], []
    for play in seen:
        mixes = [next(found) for _ in play]
        own, others = mixes[player], joint_of_others(mixes, player)
        for a, b in permutations(range(len(own.low)), 2):
            if own.low[b] <= 0:
                continue
            most = np.log(own.high[a] / own.low[b])
            rows.append(np.append(unknowns.advantage(a, b, others.middle), -most))
            limits.append((high - low) * float(others.half.sum()))
    stated, values = unknowns.equations(known_payoffs)
    equations = np.column_stack([stated, np.zeros(len(stated))])
    system = _with_noise(unknowns, noise, bounds, equations, values)
    left = np.array(rows).reshape(len(rows), len(unknowns.names) + 1)
    return ConfidencePolyhedron.of(
        **{**system, **_inequalities(left, np.array(limits), noise)},
        level=level,
        method="exact simultaneous intervals, convex envelope",
        never_identified=_never(noise),
        assumptions=(LOGIT,),
    )


def _unknowns(
    shapes: Sequence[tuple[int, ...]], player: int, actions: Sequence[Sequence[str]] | None
) -> OwnPayoffs:
    if not shapes:
        raise InputError("no play was observed", place="plays", found=0)
    if len(set(shapes)) > 1:
        raise InputError("plays of different games", place="plays", found=sorted(set(shapes)))
    return own_payoffs(shapes[0], player, actions)


def _with_noise(
    unknowns: OwnPayoffs,
    noise: float | None,
    bounds: tuple[float, float],
    equations: np.ndarray,
    values: np.ndarray,
) -> dict[str, Any]:
    """Return conditions whose last column is the noise, as an unknown or moved to the right."""
    ends = checked_range(bounds)
    if noise is None:
        box = np.array([ends] * len(unknowns.names) + [(0.0, np.inf)])
        names: tuple[str, ...] = (*unknowns.names, NOISE)
        return {"names": names, "equations": equations, "values": values, "box": box}
    if not (np.isfinite(noise) and noise > 0):
        raise InputError("out of range", place="noise", found=noise, expected="above 0")
    return {
        "names": unknowns.names,
        "equations": equations[:, :-1],
        "values": values - noise * equations[:, -1],
        "box": ends,
    }


def _inequalities(rows: np.ndarray, limits: np.ndarray, noise: float | None) -> dict[str, Any]:
    if noise is None:
        return {"rows": rows, "limits": limits}
    return {"rows": rows[:, :-1], "limits": limits - noise * rows[:, -1]}


def _never(noise: float | None) -> tuple[str, ...]:
    return (OTHERS_ONLY, BASELINE) if noise is not None else (SCALE, OTHERS_ONLY, BASELINE)
