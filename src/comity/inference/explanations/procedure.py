"""Decision procedures: how what a person wants becomes what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jax
import jax.numpy as jnp

from comity.inference.explanations.motive import Features, Motive, Refuses
from comity.inference.explanations.parameters import Parameter


@dataclass(frozen=True, eq=False)
class View:
    """One situation through the eyes of a motive with given parameters.

    Attributes
    ----------
    payoffs : shape (K, S, n), the decider first.
    options : shape (K,), false where an option only fills up the shape.
    contingencies : shape (S,), how likely each joint choice of the others is thought to be.
    present : shape (S,), false where a contingency only fills up the shape.
    menus : how many options each other acting player has; their joint choices are the
        contingencies, the last player's varying fastest.
    history, beliefs : features, as in `Motive`.
    motive, parameters : what is wanted, and the values of its parameters.
    transitions : shape (K, S, S), where contingencies are states: how likely each follows.
    """

    payoffs: jax.Array
    options: jax.Array
    contingencies: jax.Array
    present: jax.Array
    menus: tuple[int, ...]
    history: Features
    beliefs: Features
    motive: Motive
    parameters: dict[str, jax.Array]
    transitions: jax.Array | None = None

    @property
    def utility(self) -> jax.Array:
        """Utility of the decider by option and contingency, shape (K, S)."""
        return self.utility_of(0)

    def utility_of(self, player: int) -> jax.Array:
        """Return the utility of a player who shares the motive, shape (K, S)."""
        found = self.motive.utility(
            self.payoffs, player, self.history, self.beliefs, **self.parameters
        )
        return jnp.broadcast_to(found, self.payoffs.shape[:-1])

    def expected(self, contingencies: jax.Array | None = None) -> jax.Array:
        """Return the expected utility of each option, shape (K,)."""
        return self.utility @ (self.contingencies if contingencies is None else contingencies)

    @property
    def tables(self) -> tuple[jax.Array, ...]:
        """Utility of every acting player by profile, each of shape (K, A_2, ..., A_n)."""
        shape = (self.payoffs.shape[0], *self.menus)
        return tuple(self.utility_of(j).reshape(shape) for j in range(len(shape)))

    @property
    def available(self) -> tuple[jax.Array, ...]:
        """For every acting player which of its options there are, the decider first."""
        present = self.present.reshape(self.menus)
        others = [
            jnp.any(jnp.moveaxis(present, j, 0).reshape(size, -1), axis=1)
            for j, size in enumerate(self.menus)
        ]
        return (self.options, *others)


Choose = Callable[..., jax.Array]


@dataclass(frozen=True, eq=False)
class Procedure:
    """How utilities become choices.

    Attributes
    ----------
    name : for tables and files, such as ``logit``.
    choose : a function ``choose(view, **parameters)`` to log-probabilities, shape (K,), minus
        infinity where ``view.options`` is false. Where ``start`` is given it is
        ``choose(view, state, **parameters)``.
    parameters : what is left open.
    start : ``start(view, **parameters)`` to the state at the beginning of a sequence, any tree of
        arrays; ``None`` for procedures that do not look back.
    update : ``update(state, view, own, others, **parameters)`` to the next state, once the own
        option and the contingency of a round are known; the state stays where they are not.
    watches : false where ``update`` does not look at the contingency, which then may be unknown.
    strategic : whether it reasons about the others from their utilities; it then needs
        situations in which all contingencies are choices of players.
    needs : names of features without which it says nothing.
    uses_motive : false where the motive makes no difference, as for an automaton.
    smooth : false where choices jump as the motive's parameters move, as with a best option; a
        search by slopes then finds nothing to climb.
    about : one sentence for readers.
    source : author, year, equation.
    settings : what is fixed in the making, such as how many levels it reasons.
    refuses : says what makes the procedure meaningless in a situation, beyond features it needs.
    """

    name: str
    choose: Choose
    parameters: tuple[Parameter, ...] = ()
    start: Callable[..., Any] | None = None
    update: Callable[..., Any] | None = None
    watches: bool = True
    strategic: bool = False
    needs: tuple[str, ...] = ()
    uses_motive: bool = True
    smooth: bool = True
    about: str = ""
    source: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    refuses: Refuses | None = None
