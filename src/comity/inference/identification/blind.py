"""Blind inverse game theory: payoffs and noise of a zero-sum game, from play alone.

Two players of a zero-sum game ``Q = sum_k theta_k Phi_k`` play its logit equilibrium. Log-odds of
play are then linear in theta over the noise (temperature), so that play tells theta and noise only
up to one positive factor. That this factor couples the two, that a normalisation fixes it, that a
rank condition decides between a point and a set, and that the set is reported where it fails, is
the idea of Virk, Amaglobeli and Syed (2025), *Blind inverse game theory* (arXiv 2511.05640), of
which we follow the abstract. Ours are: noise that differs between the players (their ratio is one
more unknown, and identified), several states with features in common, the set as a polyhedron with
its open directions named, and the check by which the equilibrium is solved forward again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from comity.core import Certified, Result, check_choice
from comity.inference.identification.geometry import null_space, scaled
from comity.inference.identification.identified_set import IdentifiedSet
from comity.inference.identification.played_states import PlayedState, checked_states
from comity.inference.identification.regularised_equilibrium import regularised_equilibrium
from comity.inference.identification.tables import named

Noise = Literal["same", "own"]

RATIO = "column noise / row noise"
SCALE = "scale: weights and noise times one positive number give the same play"
CONSTANT = "a constant added to all payoffs"
REPRODUCED = 1e-6


@dataclass(frozen=True, eq=False)
class Normalised(Result):
    """The point where a normalisation fixes the scale.

    Attributes
    ----------
    weights : shape (features,), theta.
    row_noise, column_noise : temperatures, in units of payoffs.
    normalisation : what fixed the scale.
    """

    weights: np.ndarray
    row_noise: float
    column_noise: float
    normalisation: str


@dataclass(frozen=True, eq=False)
class BlindGame(Result):
    """What play of a zero-sum game tells of its payoffs and of the players' noise.

    Attributes
    ----------
    members : the identified set of the weights in units of the row player's noise, ``theta /
        row_noise``, and of the ratio of noises where it is unknown.
    identified : whether the rank condition holds, so that there is one such point.
    rank, unknowns : of the linear system.
    conditioning : its smallest singular value over the largest; near 0 play tells little.
    normalised : weights and noise where a normalisation fixes their scale; ``None`` where the rank
        condition fails, where no game explains the play, or where play is uniform.
    reproduction : largest difference between observed play and the equilibrium of a member.
    """

    members: IdentifiedSet
    identified: bool
    rank: int
    unknowns: int
    conditioning: float
    normalised: Normalised | None
    reproduction: Certified

    def __str__(self) -> str:
        verdict = "point identified up to scale" if self.identified else "a set is identified"
        if self.members.empty:
            verdict = "no such game explains the play"
        return f"BlindGame: {verdict} (rank {self.rank} of {self.unknowns})\n{self.members}"


def blind_game(
    features: Sequence[Any],
    rows: Sequence[Any],
    columns: Sequence[Any],
    *,
    noise: Noise = "own",
    names: Sequence[str] | None = None,
    known_weight: tuple[str, float] | None = None,
    box: tuple[float, float] | None = None,
) -> BlindGame:
    """Return the weights and the noise that explain logit play of zero-sum games.

    Parameters
    ----------
    features : per state, shape (K, A, B): payoffs to the row player per unit of each weight. States
        may differ in their numbers of actions.
    rows, columns : per state the mixes that were played, shapes (A,) and (B,), all chances above
        0; the true ones (counts go to `blind_confidence`).
    noise : ``same`` temperature for both, or each its ``own``.
    names : of the weights.
    known_weight : name and value of a weight that is known, which fixes the scale; else the vector
        of weights is taken to have length 1.
    box : lowest and highest weight in units of row noise, for bounds of a set.

    With row gains D(a) over the most played row, ``D(a) theta / row_noise = log mu(a) / mu(base)``;
    likewise for columns with the ratio of noises on the right. The rank condition is that this
    system has full column rank.

    Examples
    --------
    >>> match, stakes = [[1.0, -1], [-1, 1]], [[1.0, 1], [0, 0]]
    >>> play = regularised_equilibrium([[1.5, -0.5], [-1, 1]], row_noise=0.5)
    >>> once = blind_game([[match, stakes]], [play.row], [play.column], names=["match", "stakes"])
    >>> once.identified, once.rank, once.unknowns
    (False, 2, 3)
    """
    check_choice(noise, ("same", "own"), "no such kind of noise", "noise")
    states = checked_states(features, rows, columns)
    weights = named(names, len(states[0].features), "weight")
    equations, values = log_odds_system(states, noise)
    coordinates = weights if noise == "same" else (*weights, RATIO)
    ends = np.array([box or (-np.inf, np.inf)] * len(weights) + [(0, np.inf)])
    members = IdentifiedSet.of(
        coordinates,
        equations=equations,
        values=values,
        box=ends[: len(coordinates)],
        never_identified=(SCALE, CONSTANT),
        assumptions=("logit equilibrium of a zero-sum game", "weights in units of row noise"),
    )
    left = scaled(equations, values)[0]
    rank = len(coordinates) - len(null_space(left))
    sizes = np.linalg.svd(left, compute_uv=False)
    identified = rank == len(coordinates)
    point = None if members.empty else members.point()
    return BlindGame(
        members=members,
        identified=identified,
        rank=rank,
        unknowns=len(coordinates),
        conditioning=float(sizes[-1] / sizes[0]) if identified and sizes[0] > 0 else 0.0,
        normalised=_normalised(point, weights, known_weight) if identified else None,
        reproduction=_reproduction(states, point, len(weights)),
    )


def log_odds_system(states: Sequence[PlayedState], noise: Noise) -> tuple[np.ndarray, np.ndarray]:
    """Return the linear system in (theta / row noise, ratio of noises)."""
    rows, values = [], []
    for state in states:
        gains, odds = _log_odds(state.row, lambda b, s=state: s.row_gains(b, s.column))
        rows.append(np.column_stack([gains, np.zeros(len(odds))]))
        values.append(odds)
        gains, odds = _log_odds(state.column, lambda b, s=state: s.column_gains(b, s.row))
        rows.append(np.column_stack([gains, -odds]))
        values.append(np.zeros(len(odds)))
    left, right = np.vstack(rows), np.concatenate(values)
    if noise == "own":
        return left, right
    return left[:, :-1], right - left[:, -1]


def _log_odds(mix: np.ndarray, gains: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return gains and log-odds of each action over the most played one, which is left out."""
    base = int(np.argmax(mix))
    others = np.arange(len(mix)) != base
    return gains(base)[others], np.log(mix / mix[base])[others]


def _normalised(
    point: np.ndarray | None, names: Sequence[str], known: tuple[str, float] | None
) -> Normalised | None:
    if point is None:
        return None
    weights = point[: len(names)]
    ratio = float(point[-1]) if len(point) > len(names) else 1.0
    if known is None:
        size, label = float(np.linalg.norm(weights)), "weights of length 1"
        noise = 1 / size if size > 1e-12 else np.inf
    else:
        check_choice(known[0], names, "no such weight", "known_weight")
        at = float(weights[list(names).index(known[0])])
        label = f"{known[0]} is {known[1]:g}"
        noise = known[1] / at if abs(at) > 1e-12 else np.inf
    if not (np.isfinite(noise) and noise > 0):
        return None
    return Normalised(weights * noise, noise, ratio * noise, label)


def _reproduction(states: Sequence[PlayedState], point: np.ndarray | None, count: int) -> Certified:
    """Return how far the equilibrium of a member is from the play that was observed."""
    if point is None:
        return Certified.unknown("no member to solve forward")
    ratio = float(point[-1]) if len(point) > count else 1.0
    if ratio <= 0:
        return Certified.unknown("the member found has a column player without noise")
    worst = 0.0
    for state in states:
        table = np.einsum("k,kab->ab", point[:count], state.features)
        solved = regularised_equilibrium(table, 1.0, ratio)
        worst = max(
            worst,
            float(np.abs(solved.row - state.row).max()),
            float(np.abs(solved.column - state.column).max()),
        )
    method = "equilibrium of a member, solved forward"
    return Certified.exact(worst, method) if worst <= REPRODUCED else Certified.upper(worst, method)
