"""What learning needs of any environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np

Engine = Literal["numba", "jax"]

Start = Mapping[str, Any]
"""How one game begins, as plain JSON: a deck, the cards dealt, a position."""

State = Any
"""A batch of games under way: arrays with the batch first. Only its environment reads it."""


@dataclass(frozen=True, eq=False)
class Step:
    """What one step of a batch of B games with n players brings.

    Attributes
    ----------
    state : the games after the step; an engine on the CPU may reuse the memory of the one before.
    rewards : to each player, shape (B, n), float32.
    done : which games ended at this step, shape (B,).
    """

    state: State
    rewards: Any
    done: Any


@dataclass(frozen=True, eq=False)
class Symmetry:
    """Labels that may be exchanged without changing the game, as tables of places.

    Under a permutation ``p`` of the labels what stood at place ``slots[l, s]`` stands at
    ``slots[p[l], s]``. Places that no row names stay where they are.

    Attributes
    ----------
    name : what the labels are: colours, levers.
    observations : places of each label in an observation, shape (labels, slots).
    actions : places of each label among the actions, shape (labels, slots).

    Source: Hu, Lerer, Peysakhovich and Foerster 2020, section 4, for symmetries of a Dec-POMDP.
    """

    name: str
    observations: np.ndarray
    actions: np.ndarray

    @property
    def labels(self) -> int:
        """How many labels may be exchanged."""
        return len(self.actions)


@dataclass(frozen=True)
class Shape:
    """How large everything is, per player; arrays are as wide as the largest.

    Attributes
    ----------
    players : names, in order of seats.
    actions : number of actions of each player.
    observations : length of each player's observation.
    horizon : no game lasts longer, in steps.
    turns : whether exactly one player moves at a time; the moves of the others are not read.
    """

    players: tuple[str, ...]
    actions: tuple[int, ...]
    observations: tuple[int, ...]
    horizon: int
    turns: bool
    symmetries: tuple[Symmetry, ...] = field(default=(), repr=False)


@runtime_checkable
class Environment(Protocol):
    """A game played step by step in batches of B.

    All chance is in the state: from the same state the same actions lead to the same step, on
    every engine. ``rng`` is a NumPy generator or seed for an engine on the CPU and a JAX key or
    seed for JAX. Methods of a JAX engine are pure and may be compiled. `check_environment` tests
    that a class keeps this protocol.

    No illegal action is played quietly: an engine on the CPU raises `InputError`; in JAX, where
    nothing can be raised, the game ends and its rewards are not numbers.

    An environment with symmetries may offer ``relabel(state, symmetry, permutation)``, the state
    with the labels of ``shape.symmetries[symmetry]`` exchanged; `check_environment` then plays
    both and compares.
    """

    @property
    def name(self) -> str:
        """Name by which `make` knows it."""

    @property
    def engine(self) -> Engine:
        """What computes it: compiled loops on the CPU, or JAX."""

    @property
    def variant(self) -> Mapping[str, object]:
        """Every rule that could be otherwise, as plain JSON: with the name, the game exactly."""

    @property
    def shape(self) -> Shape:
        """Players, actions, observations, length and symmetries."""

    def begin(self, rng: Any, size: int) -> State:
        """Return ``size`` fresh games, at least one, or raise `InputError`."""

    def start(self, given: Start | Sequence[Start]) -> State:
        """Return games from given starts, one each, or raise `InputError`."""

    def given(self, state: State) -> list[dict[str, Any]]:
        """Return how each game began: starting from it gives the same fresh games."""

    def observe(self, state: State) -> Any:
        """Return what each player sees, shape (B, n, observations)."""

    def legal(self, state: State) -> Any:
        """Return which actions each player may take, shape (B, n, actions); all where it waits."""

    def acting(self, state: State) -> Any:
        """Return who is to move, shape (B, n)."""

    def step(self, state: State, actions: Any) -> Step:
        """Return the step after the actions, shape (B, n); no illegal one is played quietly."""

    def renew(self, state: State, done: Any, rng: Any) -> State:
        """Return the state with fresh games in place of those that are done."""

    def describe(self, player: int, action: int) -> str:
        """Return an action in words."""
