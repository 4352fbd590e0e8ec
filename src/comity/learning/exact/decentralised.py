"""The best that players can do who share a reward but not what they see: small Dec-POMDPs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from comity.core.certified import Certified
from comity.core.errors import InputError, Intractable
from comity.core.results import Result
from comity.learning.environments.protocol import Environment
from comity.learning.exact.plays import Plays, Sets, enumerate_plays

MAX_JOINT = 200_000
"""Most joint policies, of all players but one, that are tried."""

Tables = Sequence[np.ndarray]
"""A policy of each player: the chance of each action in each information set."""


@dataclass(frozen=True, eq=False)
class Optimum(Result):
    """The best joint policy of players who share a reward.

    Attributes
    ----------
    value : expected return, exact: every joint policy was covered.
    tried : joint policies of all players but one; that one replied to each as well as possible.
    policies : a best one, as tables; others may be as good.
    """

    value: Certified
    tried: int
    policies: tuple[np.ndarray, ...] = field(repr=False)


def values(plays: Plays, policies: Tables) -> np.ndarray:
    """Return the expected return of each player under policies given as tables, shape (n,)."""
    reach = plays.chances.copy()
    for sets, policy in zip(plays.sets, policies, strict=True):
        reach *= sets.followed(policy)
    return reach @ plays.returns


def reply(plays: Plays, policies: Tables, player: int) -> tuple[float, np.ndarray]:
    """Return the most a player can get against the tables of the others, and how.

    Sums over plays are folded back along the player's own sets, the last decision first.
    Source: von Stengel 1996, the sequence form; the player remembers all it knew.
    """
    weight = plays.chances * plays.returns[:, player]
    for i, sets in enumerate(plays.sets):
        if i != player:
            weight = weight * sets.followed(policies[i])
    own = plays.sets[player]
    worth, without = _folded(own, weight)
    table = np.zeros_like(worth)
    total = without
    for s in reversed(range(len(worth))):
        best = int(np.argmax(worth[s]))
        table[s, best] = 1.0
        parent, action = own.parents[s]
        if parent < 0:
            total += worth[s, best]
        else:
            worth[parent, action] += worth[s, best]
    return total, table


def _folded(own: Sets, weight: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weight of plays by their last own decision, and of those without any."""
    worth = np.where(own.legal, 0.0, -np.inf)
    depth = (own.taken[..., 0] >= 0).sum(axis=1)
    moved = depth > 0
    last = own.taken[moved, depth[moved] - 1]
    np.add.at(worth, (last[:, 0], last[:, 1]), weight[moved])
    return worth, float(weight[~moved].sum())


def optimum(game: Environment | Plays) -> Optimum:
    """Return the best joint policy of a small game in which all share the reward.

    Every deterministic policy of all players but the one with the most is tried, and that one
    replies as well as possible; some best joint policy is deterministic, so none is missed.
    Raises `InputError` where rewards are not shared, `Intractable` beyond `MAX_JOINT` policies.

    Source: Oliehoek and Amato 2016, chapter 4: exhaustive search over policies of the others.
    """
    plays = game if isinstance(game, Plays) else enumerate_plays(game)
    if not plays.common:
        raise InputError("players do not share the reward", expected="the same for all")
    counts = [sets.policies for sets in plays.sets]
    last = int(np.argmax(counts))
    tried = 1
    for i, count in enumerate(counts):
        tried *= count if i != last else 1
    if tried > MAX_JOINT:
        raise Intractable("too many joint policies to try", found=f"{tried:,}")
    best, found = -np.inf, None
    for joint in _joint(plays, last):
        value, table = reply(plays, joint, last)
        if value > best:
            best, found = value, [*joint[:last], table, *joint[last + 1 :]]
    method = f"all {tried:,} joint policies of the others, with the best reply to each"
    return Optimum(Certified.exact(best, method), tried, tuple(found or ()))


def _joint(plays: Plays, but: int) -> Iterator[list[np.ndarray]]:
    """Yield deterministic tables of all players; that of one, which is not read, is empty."""
    menus = [[np.zeros((0, 0))] if i == but else _pure(s) for i, s in enumerate(plays.sets)]
    for joint in product(*menus):
        yield list(joint)


def _pure(sets: Sets) -> list[np.ndarray]:
    choices = [np.flatnonzero(row) for row in sets.legal]
    actions = np.eye(sets.legal.shape[1])
    return [actions[list(picked)] for picked in product(*choices)]
