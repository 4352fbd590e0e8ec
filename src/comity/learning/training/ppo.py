"""Proximal policy optimisation for any number of players, compiled once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.arrays import on_cpu
from comity.learning.environments.protocol import Environment
from comity.learning.training.advantages import advantages
from comity.learning.training.networks import Network, Parameters
from comity.learning.training.rollout import (
    Happened,
    Partners,
    Rollout,
    Samples,
    Table,
    pick,
    pick_last,
)
from comity.learning.training.settings import Settings

STATISTICS = ("score", "finished", "policy_loss", "value_loss", "entropy", "moved", "finite")
"""What an update reports: mean score of games that ended and their number, losses, entropy, the
share of samples whose ratio was clipped, and whether all is still a number."""


WIDE, FEW = 128, 0.375
"""Width from which observations are looked at for places that are 0 in a whole update, and the
share of all places up to which the others alone are multiplied."""


class Learner(NamedTuple):
    """All that an update changes: with it learning goes on exactly where it was.

    ``parameters`` of the network, the ``optimiser``'s moments, the ``table`` of games under way,
    a JAX ``key`` and how many ``updates`` were made.
    """

    parameters: Parameters
    optimiser: Any
    table: Table
    key: Any
    updates: Any


class Batch(NamedTuple):
    """Samples with what is learned from them: advantages, returns, weights (0: not counted).

    Where players remember, also what memory takes: that at the start, shape (1, B, n, 2,
    recurrent), who acted and which games ended, shapes (T, B, n) and (T, B).
    """

    samples: Samples
    advantage: Any
    target: Any
    weight: Any
    memory: Any = None
    acting: Any = None
    done: Any = None


@dataclass(frozen=True, eq=False)
class Ppo:
    """PPO on an environment of the JAX engine.

    All players share one network, which is told its seat. With ``partners`` the learner plays
    beside them instead of itself and learns from its own seat alone.

    Source: Schulman et al. 2017, equations 7 and 9; Yu et al. 2022 (IPPO, MAPPO).
    """

    environment: Environment
    settings: Settings
    partners: Partners | None = None

    def __post_init__(self) -> None:
        if self.environment.engine != "jax":
            raise InputError(
                "this engine cannot be compiled for learning",
                place="environment",
                found=self.environment.engine,
                expected="an environment made with engine='jax'",
            )
        if self.partners and self.settings.games % self.partners.count:
            raise InputError(
                "games do not divide evenly among partners",
                place="games",
                found=self.settings.games,
                expected=f"a multiple of {self.partners.count}",
            )

    @cached_property
    def network(self) -> Network:
        """The network that the settings describe."""
        return network_for(self.environment, self.settings)

    @cached_property
    def rollout(self) -> Rollout:
        """How the games are played."""
        return Rollout(self.environment, self.network, self.settings.games, self.partners)

    @cached_property
    def _optimiser(self) -> Any:
        import optax

        chosen = self.settings
        passes = chosen.updates * chosen.epochs * chosen.minibatches
        rate = (
            optax.linear_schedule(chosen.learning_rate, 0.0, passes)
            if chosen.anneal
            else chosen.learning_rate
        )
        return optax.chain(
            optax.clip_by_global_norm(chosen.max_gradient_norm), optax.adam(rate, eps=1e-5)
        )

    def begin(self, seed: int) -> Learner:
        """Return a learner that has learned nothing yet; the same for the same seed."""
        import jax
        import jax.numpy as jnp

        parameters = jax.tree.map(jnp.asarray, self.network.init(seed))
        key, fresh = jax.random.split(jax.random.key(seed))
        return Learner(
            parameters,
            self._optimiser.init(parameters),
            self.rollout.begin(fresh),
            key,
            jnp.zeros((), dtype="int32"),
        )

    @cached_property
    def update(self) -> Any:
        """The compiled update: from a learner to the next one and `STATISTICS`."""
        import jax

        return jax.jit(self._update)

    @cached_property
    def update_all(self) -> Any:
        """The same for learners side by side, all arrays with one more axis in front."""
        import jax

        return jax.jit(jax.vmap(self._update))

    def _update(self, learner: Learner) -> tuple[Learner, dict[str, Any]]:
        import jax
        import jax.numpy as jnp

        chosen = self.settings
        key, playing, learning = jax.random.split(learner.key, 3)
        table, samples, happened = self.rollout.play(
            learner.parameters, learner.table, playing, chosen.steps, self._shaping(learner.updates)
        )
        batch = self._batch(learner, table, samples, happened)
        parameters, optimiser, losses = self._learn(learner, batch, learning)
        finished = happened.done.sum()
        leaves = jax.tree.leaves((parameters, losses, happened.reward))
        statistics = losses | {
            "score": happened.score.sum() / finished,
            "finished": finished,
            "finite": jnp.all(jnp.stack([jnp.isfinite(leaf).all() for leaf in leaves])),
        }
        return Learner(parameters, optimiser, table, key, learner.updates + 1), statistics

    def _shaping(self, updates: Any) -> Any:
        """Return the weight of shaped rewards: it falls to 0 in a straight line."""
        import jax.numpy as jnp

        if not self.settings.shaping_steps:
            return 0.0
        played = updates * self.settings.games * self.settings.steps
        return jnp.maximum(0.0, 1.0 - played / self.settings.shaping_steps)

    def _batch(self, learner: Learner, table: Table, samples: Samples, happened: Happened) -> Batch:
        import jax.numpy as jnp

        values = self.rollout.spread(samples.value, samples.seat)
        gains, known = advantages(
            happened.reward,
            values,
            happened.acting,
            happened.done,
            self.rollout.values(learner.parameters, table),
            self.settings.discount,
            self.settings.gae_lambda,
        )
        if self.environment.shape.turns:
            gains, known = (jnp.take_along_axis(x, samples.seat, axis=-1) for x in (gains, known))
        weight = (known & samples.learns).astype("float32")
        batch = Batch(samples, gains, gains + samples.value, weight)
        if not self.network.recurrent:
            return batch
        memory = learner.table.memory[None]
        return batch._replace(memory=memory, acting=happened.acting, done=happened.done)

    def _learn(self, learner: Learner, batch: Batch, key: Any) -> tuple[Any, Any, dict[str, Any]]:
        """Return parameters and optimiser after all passes, and the mean losses of the last.

        Where most places of observations are 0 in all samples, a CPU multiplies the others alone:
        what is left out is exactly 0, in the first layer and in the gradient of its weights.
        """
        import jax

        if self.network.recurrent:
            return self._pass(learner, batch, key)
        size = batch.weight.size
        batch = jax.tree.map(lambda x: x.reshape(size, *x.shape[3:]), batch)
        width = self.network.observations
        few = round(width * FEW)
        if self.network.central or width < WIDE or not on_cpu():
            return self._pass(learner, batch, key)
        live = (batch.samples.observation != 0).any(axis=0)
        first = jax.numpy.argsort(~live, stable=True)[:few]
        return jax.lax.cond(
            live.sum() <= few,
            lambda: self._pass(learner, narrowed(batch, first), key, first),
            lambda: self._pass(learner, batch, key),
        )

    def _pass(
        self, learner: Learner, batch: Batch, key: Any, places: Any = None
    ) -> tuple[Any, Any, dict[str, Any]]:
        """Make all passes; with ``places`` observations hold these alone."""
        import jax

        axis = 1 if self.network.recurrent else 0
        count = batch.weight.shape[axis]
        parts = self.settings.minibatches

        def loss(parameters: Parameters, part: Batch) -> tuple[Any, dict[str, Any]]:
            if places is not None:
                parameters = self.network.looking_at(parameters, places)
            return self._loss(parameters, part)

        def minibatch(carry: Any, chosen: Any) -> tuple[Any, dict[str, Any]]:
            import optax

            parameters, optimiser = carry
            part = jax.tree.map(lambda x: x.take(chosen, axis=axis), batch)
            gradient, losses = jax.grad(loss, has_aux=True)(parameters, part)
            changes, optimiser = self._optimiser.update(gradient, optimiser)
            return (optax.apply_updates(parameters, changes), optimiser), losses

        def epoch(carry: Any, key: Any) -> tuple[Any, dict[str, Any]]:
            order = jax.random.permutation(key, count).reshape(parts, -1)
            return jax.lax.scan(minibatch, carry, order)

        start = (learner.parameters, learner.optimiser)
        keys = jax.random.split(key, self.settings.epochs)
        (parameters, optimiser), losses = jax.lax.scan(epoch, start, keys)
        return parameters, optimiser, jax.tree.map(lambda x: x[-1].mean(), losses)

    def _loss(self, parameters: Parameters, batch: Batch) -> tuple[Any, dict[str, Any]]:
        import jax
        import jax.numpy as jnp

        chosen, samples = self.settings, batch.samples
        odds, value = self._again(parameters, batch)
        chances = jax.nn.log_softmax(odds)
        total = jnp.maximum(batch.weight.sum(), 1.0)

        def mean(x: Any) -> Any:
            return (x * batch.weight).sum() / total

        centred = batch.advantage - mean(batch.advantage)
        gain = centred / (jnp.sqrt(mean(centred**2)) + 1e-8)
        ratio = jnp.exp(pick_last(chances, samples.action) - samples.log_chance)
        held = jnp.clip(ratio, 1 - chosen.clip, 1 + chosen.clip)
        policy_loss = -mean(jnp.minimum(ratio * gain, held * gain))
        near = samples.value + jnp.clip(value - samples.value, -chosen.clip, chosen.clip)
        errors = jnp.maximum((value - batch.target) ** 2, (near - batch.target) ** 2)
        value_loss = 0.5 * mean(errors)
        entropy = -mean(jnp.where(samples.legal, jnp.exp(chances) * chances, 0.0).sum(axis=-1))
        loss = (
            policy_loss
            + chosen.value_coefficient * value_loss
            - chosen.entropy_coefficient * entropy
        )
        return loss, {
            "policy_loss": policy_loss,
            "value_loss": value_loss,
            "entropy": entropy,
            "moved": mean(jnp.abs(ratio - 1) > chosen.clip),
        }

    def _again(self, parameters: Parameters, batch: Batch) -> tuple[Any, Any]:
        """Return log odds and values of samples under changed parameters.

        Without memory samples stand alone. With one they are gone through in order from what
        players remembered at the start, so gradients reach back that far and no further.
        """
        import jax

        if not self.network.recurrent:
            nothing = self.network.memory(*batch.weight.shape)
            return self._read(parameters, nothing, batch.samples)[:2]

        def one(memory: Any, step: Any) -> tuple[Any, tuple[Any, Any]]:
            samples, acting, done = step
            odds, value, moved = self._read(parameters, pick(memory, samples.seat), samples)
            return self.rollout.kept(memory, moved, acting, done[:, None]), (odds, value)

        steps = (batch.samples, batch.acting, batch.done)
        found: tuple[Any, Any] = jax.lax.scan(one, batch.memory[0], steps)[1]
        return found

    def _read(self, parameters: Parameters, memory: Any, samples: Samples) -> tuple[Any, Any, Any]:
        """Return log odds, values and memories of those who move."""
        import jax.numpy as jnp

        shown = samples.observation, samples.seen, samples.seat, samples.legal
        return self.network.both(parameters, memory, shown, jnp)


def narrowed(batch: Batch, places: Any) -> Batch:
    """Return the batch with these places of its observations alone."""
    seen = batch.samples.observation.take(places, axis=-1)
    return batch._replace(samples=batch.samples._replace(observation=seen, seen=seen))


def network_for(environment: Environment, settings: Settings) -> Network:
    """Return the network that plays an environment under these settings."""
    shape = environment.shape
    return Network(
        players=len(shape.players),
        observations=int(np.max(shape.observations)),
        actions=int(np.max(shape.actions)),
        hidden=settings.hidden,
        recurrent=settings.recurrent,
        central=settings.critic == "centralised",
        actor_scale=settings.actor_scale,
    )
