"""Other-play: learning to meet players who may call things by other names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from comity.core.errors import InputError
from comity.learning.environments.arrays import key_of
from comity.learning.environments.protocol import Engine, Environment, Shape, Start, Step


class Relabelled(NamedTuple):
    """Games in which each player has its own names for things.

    Attributes
    ----------
    state : of the environment inside.
    seen : where each place of a player's observation comes from, shape (B, n, observations).
    meant : which action each of a player's actions is, shape (B, n, actions).
    """

    state: Any
    seen: Any
    meant: Any


class OtherPlay:
    """An environment of the JAX engine whose labels are shuffled for each player in each game.

    Whoever learns in it by self-play learns with partners that break no symmetry as it does:
    the mean over permutations of both players' labels is that over one of them, since exchanging
    labels for both changes nothing.

    Source: Hu, Lerer, Peysakhovich and Foerster 2020, equation 3.
    """

    def __init__(self, environment: Environment) -> None:
        if not environment.shape.symmetries:
            raise InputError(
                "other-play needs symmetries, and this environment states none",
                found=environment.name,
            )
        self.environment = environment
        self.name: str = environment.name
        self.engine: Engine = environment.engine
        self.variant: Mapping[str, object] = environment.variant
        self.shape: Shape = environment.shape

    def begin(self, rng: Any, size: int) -> Relabelled:
        """Return fresh games with names drawn for each player."""
        import jax

        first, second = jax.random.split(key_of(rng))
        return self._named(self.environment.begin(first, size), second, size)

    def start(self, given: Start | Sequence[Start]) -> Relabelled:
        """Return games from given starts, in which all names are the usual ones."""
        import jax.numpy as jnp

        state = self.environment.start(given)
        size, n = self.environment.acting(state).shape
        widths = max(self.shape.observations), max(self.shape.actions)
        seen, meant = (jnp.broadcast_to(jnp.arange(w), (size, n, w)) for w in widths)
        return Relabelled(state, seen, meant)

    def given(self, state: Relabelled) -> list[dict[str, Any]]:
        """Return how each game began, in the usual names."""
        return self.environment.given(state.state)

    def observe(self, state: Relabelled) -> Any:
        """Return what each player sees, in its own names."""
        import jax.numpy as jnp

        return jnp.take_along_axis(self.environment.observe(state.state), state.seen, axis=2)

    def legal(self, state: Relabelled) -> Any:
        """Return which actions each may take, in its own names."""
        import jax.numpy as jnp

        return jnp.take_along_axis(self.environment.legal(state.state), state.meant, axis=2)

    def acting(self, state: Relabelled) -> Any:
        """Return who is to move."""
        return self.environment.acting(state.state)

    def step(self, state: Relabelled, actions: Any) -> Step:
        """Return the step after what the actions mean."""
        import jax.numpy as jnp

        meant = jnp.take_along_axis(state.meant, actions[..., None], axis=2)[..., 0]
        step = self.environment.step(state.state, meant)
        return Step(state._replace(state=step.state), step.rewards, step.done)

    def renew(self, state: Relabelled, done: Any, rng: Any) -> Relabelled:
        """Return the state with fresh games, and fresh names, in place of those that are done."""
        import jax
        import jax.numpy as jnp

        first, second = jax.random.split(key_of(rng))
        renewed = self.environment.renew(state.state, done, first)
        fresh = self._named(renewed, second, len(done))
        over = done[:, None, None]
        return Relabelled(
            renewed,
            jnp.where(over, fresh.seen, state.seen),
            jnp.where(over, fresh.meant, state.meant),
        )

    def shaped(self, state: Relabelled) -> Any:
        """Return shaped rewards of the last step, 0 where the environment has none."""
        shaped = getattr(self.environment, "shaped", None)
        return shaped(state.state) if shaped else 0.0

    def describe(self, player: int, action: int) -> str:
        """Return an action in words, in the usual names."""
        return self.environment.describe(player, action)

    def _named(self, state: Any, key: Any, size: int) -> Relabelled:
        import jax
        import jax.numpy as jnp

        n = len(self.shape.players)
        seen = jnp.arange(max(self.shape.observations))
        meant = jnp.arange(max(self.shape.actions))
        keys = jax.random.split(key, (len(self.shape.symmetries), size, n))

        def drawn(keys: Any) -> tuple[Any, Any]:
            places, moves = seen, meant
            for k, symmetry in enumerate(self.shape.symmetries):
                order = jax.random.permutation(keys[k], symmetry.labels)
                places = places[exchanged(symmetry.observations, order, len(seen))]
                moves = moves[exchanged(symmetry.actions, order, len(meant))]
            return places, moves

        over_players = jax.vmap(drawn, in_axes=1)
        return Relabelled(state, *jax.vmap(over_players, in_axes=1)(keys))


def exchanged(slots: Any, order: Any, width: int) -> Any:
    """Return where each place comes from once label ``l`` is called ``order[l]``, shape (width,).

    Parameters
    ----------
    slots : places of each label, shape (labels, slots); see `Symmetry`.
    """
    import jax.numpy as jnp

    places = jnp.asarray(slots)
    return jnp.arange(width).at[places[order].ravel()].set(places.ravel())
