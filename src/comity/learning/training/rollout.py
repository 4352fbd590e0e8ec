"""Playing a batch of games for a while, and what is kept of it to learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from comity.learning.environments.protocol import Environment
from comity.learning.training.networks import Network, Parameters


class Table(NamedTuple):
    """A batch of games under way and those who play them: a JAX pytree.

    Attributes
    ----------
    state : of the environment.
    memory : of all players, shape (B, n, 2, recurrent).
    others : memory of partners, the same shape; empty without partners.
    returns : sum of rewards of the games under way, shape (B, n).
    """

    state: Any
    memory: Any
    others: Any
    returns: Any


class Samples(NamedTuple):
    """What was seen and done, steps first, shape (T, B, C, ...).

    Where players move in turn C is 1, the one who moves; otherwise all n. No sample is made of a
    player that waits for its turn; ``learns`` says which of the others count.
    """

    observation: Any
    seen: Any
    legal: Any
    seat: Any
    action: Any
    log_chance: Any
    value: Any
    learns: Any


class Happened(NamedTuple):
    """What each step brought: rewards, who acted (T, B, n); which games ended, scores (T, B)."""

    reward: Any
    acting: Any
    done: Any
    score: Any


@dataclass(frozen=True)
class Partners:
    """Fixed partners, whose parameters are stacked along a first axis of P.

    Game g of B is played with partner ``g * P // B``; the learner takes seat ``g mod n``.
    """

    network: Network
    parameters: Parameters
    count: int


@dataclass(frozen=True)
class Rollout:
    """How a batch of games is played: by one network in all seats, or beside fixed partners."""

    environment: Environment
    network: Network
    games: int
    partners: Partners | None = None

    def begin(self, key: Any) -> Table:
        """Return fresh games."""
        import jax.numpy as jnp

        n = self.network.players
        others = self.partners.network.memory(self.games, n) if self.partners else jnp.zeros(0)
        return Table(
            self.environment.begin(key, self.games),
            jnp.asarray(self.network.memory(self.games, n)),
            jnp.asarray(others),
            jnp.zeros((self.games, n), dtype="float32"),
        )

    def play(
        self, parameters: Parameters, table: Table, key: Any, steps: int, shaping: Any
    ) -> tuple[Table, Samples, Happened]:
        """Return the games after some steps, with samples and what happened."""
        import jax

        def one(table: Table, key: Any) -> tuple[Table, tuple[Samples, Happened]]:
            return self._step(parameters, table, key, shaping)

        table, (samples, happened) = jax.lax.scan(one, table, jax.random.split(key, steps))
        return table, samples, happened

    def values(self, parameters: Parameters, table: Table) -> tuple[Any, Any]:
        """Return values of those who are to move, 0 of others, and who is: shapes (B, n)."""
        import jax.numpy as jnp

        seat, acting = self._seats(table)
        seen = self._seen(self.environment.observe(table.state), seat)
        memory = pick(table.memory[:, :, 1], seat)
        value, _ = self.network.judge(parameters, memory, seen, seat, jnp)
        return self.spread(value, seat), acting

    def spread(self, columns: Any, seat: Any) -> Any:
        """Return what belongs to those who move in its place among all, shape (..., n)."""
        import jax.numpy as jnp

        if not self.environment.shape.turns:
            return columns
        return jnp.where(seat == jnp.arange(self.network.players), columns, 0)

    def _step(
        self, parameters: Parameters, table: Table, key: Any, shaping: Any
    ) -> tuple[Table, tuple[Samples, Happened]]:
        import jax
        import jax.numpy as jnp

        keys = jax.random.split(key, 3)
        seat, acting = self._seats(table)
        observations = self.environment.observe(table.state)
        observation, seen = pick(observations, seat), self._seen(observations, seat)
        legal, memory = pick(self.environment.legal(table.state), seat), pick(table.memory, seat)
        shown = observation, seen, seat, legal
        odds, value, moved = self.network.both(parameters, memory, shown, jnp)
        action = jax.random.categorical(keys[0], odds)
        log_chance = pick_last(jax.nn.log_softmax(odds), action)
        learns = pick(acting, seat)
        others, moves = table.others, action
        if self.partners:
            own = self._own()
            moves, others = self._partners_move(
                self.partners, table, observation, seat, legal, acting, keys[1]
            )
            moves = jnp.where(pick(own, seat), action, moves)
            learns = learns & pick(own, seat)
        step = self.environment.step(table.state, self.spread(moves, seat).astype("int32"))
        reward = step.rewards + shaping * self._shaped(step.state)
        returns = table.returns + step.rewards
        fresh = step.done[:, None]
        after = Table(
            self.environment.renew(step.state, step.done, keys[2]),
            self.kept(table.memory, moved, acting, fresh),
            jnp.where(fresh[..., None, None], 0.0, others) if self.partners else others,
            jnp.where(fresh, 0.0, returns),
        )
        samples = Samples(observation, seen, legal, seat, action, log_chance, value, learns)
        score = jnp.where(step.done, returns.mean(axis=1), 0.0)
        return after, (samples, Happened(reward, acting, step.done, score))

    def _partners_move(
        self,
        partners: Partners,
        table: Table,
        observation: Any,
        seat: Any,
        legal: Any,
        acting: Any,
        key: Any,
    ) -> tuple[Any, Any]:
        """Return what partners would do in each seat that moves, and their memory."""
        import jax
        import jax.numpy as jnp

        def grouped(x: Any) -> Any:
            return x.reshape(partners.count, self.games // partners.count, *x.shape[1:])

        def move(parameters: Parameters, memory: Any, told: tuple[Any, Any, Any]) -> Any:
            return partners.network.act(parameters, memory, *told, xp=jnp)

        memory = pick(table.others, seat)
        told = tuple(grouped(x) for x in (observation, seat, legal))
        odds, acted = jax.vmap(move)(partners.parameters, grouped(memory[..., 0, :]), told)
        odds, acted = (x.reshape(self.games, *x.shape[2:]) for x in (odds, acted))
        both = jnp.stack([acted, memory[..., 1, :]], axis=-2)
        kept = self.kept(table.others, both, acting, jnp.zeros((self.games, 1), bool))
        return jax.random.categorical(key, odds), kept

    def _own(self) -> Any:
        """Return which seats the learner takes, shape (B, n)."""
        import jax.numpy as jnp

        n = self.network.players
        return (jnp.arange(self.games) % n)[:, None] == jnp.arange(n)

    def _seats(self, table: Table) -> tuple[Any, Any]:
        """Return who moves, shape (B, C), and who acts, shape (B, n)."""
        import jax.numpy as jnp

        acting = self.environment.acting(table.state)
        if self.environment.shape.turns:
            return jnp.argmax(acting, axis=1)[:, None], acting
        return jnp.broadcast_to(jnp.arange(acting.shape[1]), acting.shape), acting

    def _seen(self, observations: Any, seat: Any) -> Any:
        """Return what the critic sees, shape (B, C, ...)."""
        import jax.numpy as jnp

        if not self.network.central:
            return pick(observations, seat)
        everyone = observations.reshape(len(observations), 1, -1)
        return jnp.broadcast_to(everyone, (*seat.shape, everyone.shape[-1]))

    def kept(self, memory: Any, moved: Any, acting: Any, fresh: Any) -> Any:
        """Return all memories after those who acted have changed theirs; empty in fresh games."""
        import jax.numpy as jnp

        if not self.network.recurrent:
            return memory
        kept = jnp.where(acting[..., None, None], moved, memory)
        return jnp.where(fresh[..., None, None], 0.0, kept)

    def _shaped(self, state: Any) -> Any:
        shaped = getattr(self.environment, "shaped", None)
        return shaped(state) if shaped else 0.0


def pick(everyone: Any, seat: Any) -> Any:
    """Return the rows of those who move: (B, n, ...) at seats (B, C) is (B, C, ...)."""
    import jax.numpy as jnp

    if seat.shape[1] == everyone.shape[1]:
        return everyone
    extra = everyone.ndim - seat.ndim
    return jnp.take_along_axis(everyone, seat.reshape(*seat.shape, *(1,) * extra), axis=1)


def pick_last(rows: Any, place: Any) -> Any:
    """Return one entry of each row: (..., k) at (...) is (...)."""
    import jax.numpy as jnp

    return jnp.take_along_axis(rows, place[..., None], axis=-1)[..., 0]
