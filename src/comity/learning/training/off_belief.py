"""Off-belief learning, exactly, in games small enough to list."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.core.certified import Certified
from comity.core.errors import InputError
from comity.core.results import Result
from comity.learning.environments.protocol import Environment
from comity.learning.exact.decentralised import values
from comity.learning.exact.plays import Plays, enumerate_plays

TIE = 1e-9
"""Actions whose worth differs by less are as good."""


@dataclass(frozen=True, eq=False)
class OffBelief(Result):
    """A policy that reads nothing into what others did but what it must mean.

    Attributes
    ----------
    value : return of all players who follow it, exact.
    level : how often the policy was learned upon the one before, uniform at first.
    temperature : of the softmax over actions; 0 for the best, ties shared alike.
    policies : a table for each player, chances of actions by information set.
    """

    value: Certified
    level: int
    temperature: float
    policies: tuple[np.ndarray, ...] = field(repr=False)


def off_belief(game: Environment | Plays, *, level: int = 1, temperature: float = 0.0) -> OffBelief:
    """Return the off-belief policy of a level, in a game of turns in which all share the reward.

    In each information set an action is worth what it brings if all moves before were made by
    the policy one level below, and all moves after will be made by the policy itself. Beliefs are
    then fixed, so one pass from the last decisions to the first finds the only such policy.

    Source: Hu, Lerer, Cui, Pineda, Brown and Foerster 2021, equations 2 to 4.
    """
    plays = game if isinstance(game, Plays) else enumerate_plays(game)
    _check(plays, level, temperature)
    policies = tuple(sets.uniform() for sets in plays.sets)
    for _ in range(level):
        policies = _above(plays, policies, temperature)
    value = Certified.exact(float(values(plays, policies)[0]), "all plays")
    return OffBelief(value, level, temperature, policies)


def _above(
    plays: Plays, below: tuple[np.ndarray, ...], temperature: float
) -> tuple[np.ndarray, ...]:
    """Return the policy one level above another."""
    found = tuple(np.zeros_like(policy) for policy in below)
    before, steps = _chances(plays, below)
    after = np.ones_like(before)
    for t in reversed(range(before.shape[1])):
        weight = plays.chances * before[:, :t].prod(axis=1) * after[:, t + 1 :].prod(axis=1)
        for i, sets in enumerate(plays.sets):
            rows, place = np.nonzero(steps[i] == t)
            at = sets.taken[rows, place]
            _choose(found[i], at, weight[rows], plays.returns[rows, i], sets.legal, temperature)
            after[rows, t] = found[i][at[:, 0], at[:, 1]]
    return found


def _choose(
    policy: np.ndarray,
    at: np.ndarray,
    weight: np.ndarray,
    returns: np.ndarray,
    legal: np.ndarray,
    temperature: float,
) -> None:
    """Fill in the rows of a policy for the sets that are decided at one step."""
    worth, reach = np.zeros_like(policy), np.zeros_like(policy)
    np.add.at(worth, (at[:, 0], at[:, 1]), weight * returns)
    np.add.at(reach, (at[:, 0], at[:, 1]), weight)
    mean = np.where(legal, np.divide(worth, reach, out=worth, where=reach > 0), -np.inf)
    for s in np.unique(at[:, 0]):
        policy[s] = _soft(mean[s], temperature)


def _soft(worth: np.ndarray, temperature: float) -> np.ndarray:
    lead = worth - worth.max()
    chances = np.exp(lead / temperature) if temperature else (lead > -TIE).astype(float)
    return chances / chances.sum()


def _chances(
    plays: Plays, policies: tuple[np.ndarray, ...]
) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Return the chance of the move at each step of each play, and each player's steps."""
    steps = tuple(sets.taken[..., 2] for sets in plays.sets)
    length = 1 + max(int(step.max(initial=-1)) for step in steps)
    chances = np.ones((len(plays.chances), length))
    for sets, policy, step in zip(plays.sets, policies, steps, strict=True):
        rows, place = np.nonzero(step >= 0)
        at = sets.taken[rows, place]
        chances[rows, at[:, 2]] *= policy[at[:, 0], at[:, 1]]
    return chances, steps


def _check(plays: Plays, level: int, temperature: float) -> None:
    if level < 1 or not 0 <= temperature < np.inf:
        raise InputError(
            "no such policy",
            found=f"level {level}, temperature {temperature}",
            expected="a level of 1 or more, a temperature of 0 or more",
        )
    if not plays.common:
        raise InputError("players do not share the reward", expected="the same for all")
    moves = np.concatenate([sets.taken[..., 2] for sets in plays.sets], axis=1)
    ordered = np.sort(moves, axis=1)
    if ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)).any():
        raise InputError(
            "off-belief learning is defined where players move in turn",
            found="several who move at once",
        )
