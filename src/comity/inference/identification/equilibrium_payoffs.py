"""Which payoffs make observed play an equilibrium: a polytope, never a point.

Equilibrium play limits a player's payoffs by linear conditions: no action that is played falls
short of another, given what the others do. They leave scale, baseline and everything that depends
on the others alone open, and never exclude a player whom nothing concerns. Sources: Ng and Russell
(2000) for one decider; Waugh, Ziebart and Bagnell (2011) for correlated equilibria; Kuleshov and
Schrijvers (2015) for the polytope.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from comity.core import InputError, check_choice
from comity.games.plays import checked_probabilities
from comity.inference.identification.frequencies import (
    Interval,
    joint_of_others,
    known,
    simultaneous,
)
from comity.inference.identification.geometry import Shape
from comity.inference.identification.identified_set import ConfidencePolyhedron, IdentifiedSet
from comity.inference.identification.own_payoffs import (
    BASELINE,
    OTHERS_ONLY,
    OwnPayoffs,
    checked_range,
    own_payoffs,
    strategies,
)

Notion = Literal["nash", "correlated", "coarse"]
NOTIONS: tuple[Notion, ...] = ("nash", "correlated", "coarse")
Known = Mapping[tuple[str, ...], float]

SCALE = "scale: payoffs times a positive number give the same play"
CONSTANT = (
    "a player whom nothing concerns plays anything, so that constant payoffs are never excluded"
)
PLAYED = 1e-9


def payoffs_from_play(
    plays: Sequence[Any],
    player: int,
    *,
    notion: Notion = "nash",
    slack: float = 0.0,
    bounds: tuple[float, float] = (0.0, 1.0),
    known_payoffs: Known | None = None,
    actions: Sequence[Sequence[str]] | None = None,
) -> IdentifiedSet:
    """Return all payoffs of a player under which every observed play is an equilibrium.

    Parameters
    ----------
    plays : one or more, of one game: for ``nash`` a `MixedProfile` or a strategy per player; for
        ``correlated`` and ``coarse`` a joint distribution of shape (A_1, ..., A_n).
    player : whose payoffs are sought.
    notion : ``nash``: each action in the player's mix is a best reply to the others' mixes;
        ``correlated``: nobody gains by leaving what it is told; ``coarse``: nobody gains by
        deciding before it is told.
    slack : how much may be gained all the same, in the unit of payoffs; for ``nash`` by each
        action that is played (well-supported; Daskalakis, Goldberg and Papadimitriou 2009), else
        on average over play.
    bounds : lowest and highest payoff, the normalisation.
    known_payoffs : payoffs that are known, by profile of action names.
    actions : names of every player's actions; numbers unless given.

    Examples
    --------
    >>> pennies = payoffs_from_play([([0.5, 0.5], [0.5, 0.5])], 0)
    >>> pennies.dimension, pennies.flat_directions[0]
    (3, 'u(0, 0) + u(1, 1)')
    """
    observed = [_population(play, player, notion) for play in plays]
    system = _system(observed, player, notion, slack, bounds, known_payoffs, actions)
    return IdentifiedSet.of(
        **system,
        never_identified=(SCALE, OTHERS_ONLY, BASELINE),
        assumptions=(f"play is a {notion} equilibrium up to {slack:g}", CONSTANT),
    )


def payoffs_from_counts(
    counts: Sequence[Any],
    player: int,
    *,
    level: float = 0.95,
    notion: Notion = "nash",
    slack: float = 0.0,
    bounds: tuple[float, float] = (0.0, 1.0),
    known_payoffs: Known | None = None,
    actions: Sequence[Sequence[str]] | None = None,
) -> ConfidencePolyhedron:
    """Return a polytope that holds the whole identified set with a stated probability.

    Parameters
    ----------
    counts : as ``plays`` of `payoffs_from_play`, with how often each action (``nash``) or profile
        was seen; observations are independent.
    level : chance that every payoff table consistent with the true play is inside.

    Chances of play lie in simultaneous exact intervals. A chance p in an interval of middle m and
    half-width r times a difference d of at most s in size is replaced by ``m d - r s``, its convex
    envelope (McCormick 1976), so that the polytope is larger than what is consistent with some p in
    the intervals, and never smaller. See `payoffs_from_play` for the rest.
    """
    _nonempty(counts)
    if notion == "nash":
        observed = _nash_intervals(counts, player, level)
    else:
        tables = [np.asarray(table) for table in counts]
        found = simultaneous(tables, level)
        observed = [_told(interval, player) for interval in found]
    system = _system(observed, player, notion, slack, bounds, known_payoffs, actions)
    return ConfidencePolyhedron.of(
        **system,
        level=level,
        method="exact simultaneous intervals, convex envelope",
        never_identified=(SCALE, OTHERS_ONLY, BASELINE),
        assumptions=(f"play is a {notion} equilibrium up to {slack:g}", CONSTANT),
    )


def least_slack(
    plays: Sequence[Any],
    player: int,
    *,
    notion: Notion = "nash",
    bounds: tuple[float, float] = (0.0, 1.0),
    known_payoffs: Known | None = None,
    actions: Sequence[Sequence[str]] | None = None,
) -> float:
    """Return the smallest slack for which some payoffs explain every observed play.

    0 unless payoffs are known that contradict the play. See `payoffs_from_play`.
    """
    observed = [_population(play, player, notion) for play in plays]
    found = _system(observed, player, notion, 0.0, bounds, known_payoffs, actions)
    gains, known_rows, (low, high) = found["rows"], found["equations"], found["box"]
    m, k = gains.shape
    unit = np.eye(k + 1)
    # The slack is one more unknown: every gain may exceed its limit by it.
    rows = np.vstack([np.column_stack([gains, -np.ones(m)]), unit[:k], -unit])
    limits = np.concatenate([found["limits"], np.full(k, high), np.full(k, -low), [0.0]])
    equations = np.column_stack([known_rows, np.zeros(len(known_rows))])
    return Shape(rows, limits, equations, found["values"]).between(unit[k])[0]


@dataclass(frozen=True, eq=False)
class _Observed:
    """What one play says of one player.

    Attributes
    ----------
    shape : how many actions each player has.
    told : for each own action, chances of the others' joint actions where it is played; joint with
        the own action, or given it where mixes are independent.
    played : whether each own action is.
    """

    shape: tuple[int, ...]
    told: Interval
    played: np.ndarray


def _population(play: Any, player: int, notion: Notion) -> _Observed:
    check_choice(notion, NOTIONS, "no such notion of equilibrium", "notion")
    if notion != "nash":
        table = np.asarray(play, dtype=float)
        chances = checked_probabilities(table.ravel(), "play").reshape(table.shape)
        return _told(known(chances), player)
    mixes = strategies(play)
    _check_player(player, len(mixes))
    return _mixed([known(mix) for mix in mixes], player, mixes[player] > PLAYED)


def _nash_intervals(counts: Sequence[Any], player: int, level: float) -> list[_Observed]:
    """Return what each count of independent play says, all intervals holding at once."""
    seen = [[np.asarray(mix) for mix in play] for play in counts]
    for play in seen:
        _check_player(player, len(play))
    needed = [mix for play in seen for i, mix in enumerate(play) if i != player]
    found = iter(simultaneous(needed, level)) if needed else iter(())
    observed = []
    for play in seen:
        # Of the player's own mix only the support matters, and what was seen is in it for sure.
        own = play[player] / max(1, play[player].sum())
        mixes = [known(own) if i == player else next(found) for i in range(len(play))]
        observed.append(_mixed(mixes, player, play[player] > 0))
    return observed


def _check_player(player: int, count: int) -> None:
    if not 0 <= player < count:
        raise InputError("no such player", place="player", found=player, expected=f"below {count}")


def _mixed(mixes: Sequence[Interval], player: int, played: np.ndarray) -> _Observed:
    shape = tuple(len(mix.low) for mix in mixes)
    joint = joint_of_others(mixes, player)
    told = Interval(*(np.tile(end, (len(played), 1)) for end in (joint.low, joint.high)))
    return _Observed(shape, told, played)


def _told(joint: Interval, player: int) -> _Observed:
    shape = joint.low.shape
    _check_player(player, len(shape))
    low, high = (
        np.moveaxis(end, player, 0).reshape(shape[player], -1) for end in (joint.low, joint.high)
    )
    return _Observed(shape, Interval(low, high), high.sum(axis=1) > PLAYED)


def _system(
    observed: Sequence[_Observed],
    player: int,
    notion: Notion,
    slack: float,
    bounds: tuple[float, float],
    known_payoffs: Known | None,
    actions: Sequence[Sequence[str]] | None,
) -> dict[str, Any]:
    """Return the conditions on the payoffs, ready for `Polyhedron.of`."""
    _nonempty(observed)
    shapes = {play.shape for play in observed}
    if len(shapes) > 1:
        raise InputError("plays of different games", place="plays", found=sorted(shapes))
    if not (np.isfinite(slack) and slack >= 0):
        raise InputError("out of range", place="slack", found=slack, expected="0 or more")
    unknowns = own_payoffs(observed[0].shape, player, actions)
    low, high = checked_range(bounds)
    gains = _before_told if notion == "coarse" else _when_told
    conditions = [row for play in observed for row in gains(unknowns, play)]
    rows = [row for row, _ in conditions]
    equations, values = unknowns.equations(known_payoffs)
    return {
        "names": unknowns.names,
        "rows": np.array(rows).reshape(len(rows), len(unknowns.names)),
        "limits": np.array([slack + (high - low) * spread for _, spread in conditions]),
        "equations": equations,
        "values": values,
        "box": (low, high),
    }


def _nonempty(plays: Sequence[Any]) -> None:
    if not len(plays):
        raise InputError("no play was observed", place="plays", found=0)


def _when_told(unknowns: OwnPayoffs, play: _Observed) -> list[tuple[np.ndarray, float]]:
    """Return what each action gains on each that is played, and how uncertain that is."""
    middle, half = play.told.middle, play.told.half
    count = len(unknowns.own)
    return [
        (unknowns.advantage(other, own, middle[own]), float(half[own].sum()))
        for own in np.flatnonzero(play.played).tolist()
        for other in range(count)
        if other != own
    ]


def _before_told(unknowns: OwnPayoffs, play: _Observed) -> list[tuple[np.ndarray, float]]:
    middle, half = play.told.middle, play.told.half
    count = len(unknowns.own)

    def gain(other: int) -> tuple[np.ndarray, float]:
        rest = [own for own in range(count) if own != other]
        row = sum(unknowns.advantage(other, own, middle[own]) for own in rest)
        return np.asarray(row), float(half[rest].sum())

    return [gain(other) for other in range(count)] if count > 1 else []
