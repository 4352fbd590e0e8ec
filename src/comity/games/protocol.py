"""What agreement needs of any game."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args, runtime_checkable

import numpy as np

from comity.core.choices import check_choice
from comity.games.blocks import Block
from comity.games.plays import Outcome, Play

Signal = Literal["private", "public", "none"]
"""What a player hears of a lottery's draw before it may deviate: its own part, all, or nothing."""


@dataclass(frozen=True, eq=False)
class Plan:
    """An outcome that maximises weighted payoffs, with a proof of how far it could be off.

    Attributes
    ----------
    outcome : the best outcome found.
    payoffs : its payoffs, shape (n,).
    value : weighted payoff of the outcome.
    upper_bound : no outcome is worth more; equal to ``value`` where the search was exact.
    """

    outcome: Outcome
    payoffs: np.ndarray
    value: float
    upper_bound: float

    @property
    def gap(self) -> float:
        """How much better an outcome could be than the one found."""
        return max(0.0, self.upper_bound - self.value)


@dataclass(frozen=True)
class Reply:
    """A player's best deviation from a play.

    Attributes
    ----------
    player : index of the player.
    description : the deviation in words.
    gain : expected gain over the play, never negative; 0 means that following is best.
    """

    player: int
    description: str
    gain: float


@runtime_checkable
class Game(Protocol):
    """A situation: who is in it, what can happen, and what each gets.

    ``size`` counts the outcomes before any constraint; `payoff_points` lists the N that keep all.
    A party's *model* is a game on the common frame: same players, bystanders, outcomes and block
    shapes, its own numbers. `check_game` tests that a class keeps this protocol.
    """

    @property
    def players(self) -> tuple[str, ...]:
        """Names of those who act or decide, in order."""

    @property
    def bystanders(self) -> tuple[str, ...]:
        """Names of those who are only affected."""

    @property
    def size(self) -> int:
        """Number of outcomes, as an unbounded integer."""

    def frame(self) -> dict[str, object]:
        """Return what is fixed and common before anyone reports, as plain JSON."""

    def payoffs(self, play: Play) -> np.ndarray:
        """Return the expected payoff of each player, shape (n,)."""

    def effects(self, play: Play) -> np.ndarray:
        """Return the expected payoff of each bystander, shape (b,)."""

    def payoff_points(self) -> np.ndarray:
        """Return the payoffs of all outcomes in index order, shape (N, n), or refuse the size."""

    def outcome(self, index: int) -> Outcome:
        """Return the outcome at a place of `payoff_points`."""

    def describe(self, outcome: Outcome) -> str:
        """Return the outcome in words."""

    def best_plan(self, weights: Sequence[float] | np.ndarray) -> Plan:
        """Return an outcome that maximises the weighted payoffs of the players."""

    def best_reply(self, player: int, play: Play, signal: Signal = "private") -> Reply:
        """Return the player's best deviation from the play, by what it hears before it moves."""

    def blocks(self) -> dict[str, Block]:
        """Return the labelled parts that parties can disagree on, by name."""

    def replace(self, block: str, values: np.ndarray) -> Game:
        """Return the game with the values of one block replaced."""


def check_signal(signal: str) -> None:
    """Raise `InputError` unless ``signal`` is one of `Signal`."""
    check_choice(signal, get_args(Signal), "unknown signal", "signal")
