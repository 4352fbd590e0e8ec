"""Sets of payoff vectors that can be reached by playing at random, seen through one question.

Bargaining over lotteries needs nothing of a game but ``maximise(weights)``: a play of largest
weighted payoff. That is enough for exact answers on domains that can never be listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from comity.games.plays import Lottery, Outcome
from comity.games.protocol import Game


@dataclass(frozen=True)
class Vertex:
    """A play that maximises weighted payoffs.

    Attributes
    ----------
    payoffs : shape (n,), its expected payoffs.
    play : the play.
    upper_bound : no play of the set has a larger weighted payoff.
    """

    payoffs: np.ndarray
    play: Lottery
    upper_bound: float


@runtime_checkable
class PayoffSet(Protocol):
    """A convex set of payoff vectors, each reached by a lottery."""

    @property
    def n(self) -> int:
        """Number of players."""

    def maximise(self, weights: np.ndarray) -> Vertex:
        """Return a play of largest weighted payoff; weights have shape (n,)."""


class OutcomeSet:
    """Lotteries over the outcomes of a game.

    Parameters
    ----------
    game : any game; only `best_plan` is asked.
    """

    def __init__(self, game: Game) -> None:
        self.game = game
        self.n = len(game.players)
        self._known: dict[bytes, Vertex] = {}

    def maximise(self, weights: np.ndarray) -> Vertex:
        """Return the outcome of largest weighted payoff."""
        key = np.asarray(weights, dtype=float).tobytes()
        if key not in self._known:
            self._known[key] = self._best(weights)
        return self._known[key]

    def _best(self, weights: np.ndarray) -> Vertex:
        plan = self.game.best_plan(weights)
        return Vertex(plan.payoffs, Lottery.pure(plan.outcome), plan.upper_bound)


class ScaledSet:
    """A payoff set in units of its own: gains over an origin, divided by a scale per player.

    Parameters
    ----------
    inner : the set in payoffs.
    origin : shape (n,), what becomes zero.
    scale : shape (n,), positive, what becomes one.
    constant : shape (n,), whose payoff is the origin's whatever is played, but for rounding.

    Answers are remembered, since a walk along the frontier asks for the same corners again.
    """

    def __init__(
        self,
        inner: PayoffSet,
        origin: np.ndarray,
        scale: np.ndarray,
        constant: np.ndarray | None = None,
    ) -> None:
        self.inner = inner
        self.n = inner.n
        self.origin = origin
        self.scale = scale
        self.constant = np.zeros(inner.n, dtype=bool) if constant is None else constant
        self._known: dict[bytes, Vertex] = {}

    def maximise(self, weights: np.ndarray) -> Vertex:
        """Return a play of largest weighted gain."""
        key = np.asarray(weights, dtype=float).tobytes()
        if key not in self._known:
            self._known[key] = self._ask(np.asarray(weights, dtype=float))
        return self._known[key]

    def _ask(self, weights: np.ndarray) -> Vertex:
        own = weights / self.scale
        if own[~self.constant].any():
            own = np.where(self.constant, 0.0, own)
        # Weights far from 1 would meet absolute tolerances of the solvers underneath.
        size = float(np.abs(own).max())
        own = own / size if size > 0 else own
        found = self.inner.maximise(own)
        gains = np.where(self.constant, 0.0, (found.payoffs - self.origin) / self.scale)
        slack = max(0.0, found.upper_bound - float(own @ found.payoffs)) * size
        return Vertex(gains, found.play, float(weights @ gains) + slack)

    def payoffs(self, gains: np.ndarray) -> np.ndarray:
        """Return gains as payoffs."""
        return self.origin + gains * self.scale


def mixture(plays: Sequence[Lottery], probabilities: np.ndarray) -> Lottery:
    """Return the lottery that draws one of the lotteries."""
    chances: dict[Outcome, float] = {}
    for play, weight in zip(plays, probabilities, strict=True):
        for outcome, chance in zip(play.outcomes, play.probabilities, strict=True):
            chances[outcome] = chances.get(outcome, 0.0) + float(weight) * float(chance)
    kept = {outcome: chance for outcome, chance in chances.items() if chance > 0}
    return Lottery(tuple(kept), np.fromiter(kept.values(), dtype=float))
