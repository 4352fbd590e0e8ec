"""What a solution comes with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.core import Certified, Result
from comity.games.plays import Outcome, Play

Status = Literal["optimal", "no gain", "bound"]


@dataclass(frozen=True)
class Solution(Result):
    """A play chosen by a solution concept, with the proof of how far it could be from optimal.

    Attributes
    ----------
    concept : the notion that was applied.
    status : ``optimal``; ``no gain`` (nothing weakly dominates the disagreement point with a
        strict gain for someone; there is no play then, and ``payoffs`` are the disagreement
        point); ``bound`` (the gap target was not met, and ``gap`` says by how much at most).
    play : the play, or ``None``.
    payoffs : shape (n,), its expected payoffs.
    disagreement : shape (n,), the point that bargaining started from.
    objective : Nash: product of the gains; Kalai-Smorodinsky: smallest share of an ideal gain;
        egalitarian: smallest gain; utilitarian: sum of payoffs; equilibria: the objective named.
    gap : how much the objective could be improved; for Nash in its logarithm.
    weights : shape (n,), summing to 1: welfare weights that prove the gap, since no play has a
        larger weighted payoff. Under ``no gain`` they separate the plays from the disagreement
        point. ``nan`` where a finite set was searched through.
    ties : outcomes that are equally good, where outcomes were listed.
    assumptions : sentences that the answer rests on.
    """

    concept: str
    status: Status
    play: Play | None
    payoffs: np.ndarray
    disagreement: np.ndarray
    objective: float
    gap: Certified
    weights: np.ndarray
    ties: tuple[Outcome, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Maximin(Result):
    """The most a player can be sure of, whatever the others do.

    Attributes
    ----------
    player : index of the player.
    strategy : shape (A_i,), a strategy that secures the value; empty in a negotiation.
    value : the security level.
    gap : how much more could be secured at most.
    """

    player: int
    strategy: np.ndarray
    value: float
    gap: Certified


@dataclass(frozen=True)
class Equilibria(Result):
    """Equilibria, each with the largest gain from a deviation.

    Attributes
    ----------
    profiles : the equilibria as plays.
    payoffs : shape (m, n).
    gains : shape (m, n), what each player could gain by deviating alone; 0 in exact equilibrium.
    complete : whether the list is known to hold all equilibria of the kind asked for.
    claim : why, or why that cannot be told.
    """

    profiles: tuple[Play, ...]
    payoffs: np.ndarray
    gains: np.ndarray
    complete: bool
    claim: str


@dataclass(frozen=True)
class Frontier(Result):
    """What cannot be improved for one without loss for another.

    Attributes
    ----------
    points : shape (m, n), payoffs, sorted by falling payoff of the first player.
    outcomes : the outcome behind each point; outcomes with equal payoffs stand side by side, or
        one stands for them where they are too many (then ``size`` is a bound).
    kind : ``outcomes`` (undominated outcomes) or ``lotteries`` (extreme points of the frontier of
        lotteries; for two players the frontier is the line that joins them).
    exact : whether ``points`` holds every payoff vector of the frontier; if not, it is empty.
    size : number of undominated outcomes: exact where listed, else an upper bound.
    """

    points: np.ndarray
    outcomes: tuple[Outcome, ...]
    kind: Literal["outcomes", "lotteries"]
    exact: bool
    size: Certified
