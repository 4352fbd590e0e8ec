"""What every policy can do, learned or written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from comity.learning.environments.protocol import Environment, State

Memory = Any
"""What a policy keeps between steps, for a batch of games; ``None`` if nothing."""

Kind = Literal["learned", "program", "human model"]


@dataclass(frozen=True, eq=False)
class View:
    """What one seat is shown at one step of a batch of B games.

    Attributes
    ----------
    observation : shape (B, observations).
    legal : actions it may take, shape (B, actions).
    acting : games in which it is to move, shape (B,).
    state : the games themselves, for fast programs that read only what their seat sees; a test of
        each shows that what is hidden from it does not change its move.
    player : its seat.
    """

    observation: Any
    legal: Any
    acting: Any
    state: State
    player: int


@runtime_checkable
class Policy(Protocol):
    """One player's way of acting in a batch of B games."""

    @property
    def name(self) -> str:
        """Name in tables."""

    @property
    def kind(self) -> Kind:
        """How it came about; tables keep the kinds apart."""

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> Memory:
        """Return the memory for ``size`` fresh games in a seat.

        Raises `InputError` where it cannot play this environment.
        """

    def act(self, memory: Memory, view: View) -> tuple[Any, Memory]:
        """Return its actions, shape (B,), and its memory after this step.

        It is called at every step, also where it waits, so that it may note what it saw; the
        actions of those who wait are not read.
        """

    def forget(self, memory: Memory, done: Any, rng: Any) -> Memory:
        """Return the memory with that of a fresh game in place of those that are done."""
