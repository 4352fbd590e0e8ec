"""Behaviour cloning: a small network that says how likely people take each action.

It sees the numbers of `features`, so one clone plays every layout. It is a copy of habits: away
from what people met it has no reason to do well, and it does not notice who its partner is.

Source: Carroll et al. 2019, section 4.2, for cloning as a model of people.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator, spawn_seeds
from comity.learning.environments.overcooked.features import FEATURES, features
from comity.learning.environments.overcooked.kitchen import Kitchen
from comity.learning.environments.overcooked.rules import ACTIONS, Position, Rules
from comity.learning.environments.protocol import Environment
from comity.learning.humans.held_out import HeldOut, hold_out
from comity.learning.humans.samples import Samples
from comity.learning.policies.protocol import Kind, View

LEAST_SPREAD = 0.2
"""Inputs that hardly vary are not blown up: elsewhere they may vary more."""

Layers = list[tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class CloneSettings:
    """How a clone is trained.

    Attributes
    ----------
    hidden : widths of the layers between.
    epochs : how often each choice is seen.
    batch : choices a step.
    rate : of Adam; it falls to 0 along a cosine.
    decay : of the weights.
    """

    hidden: tuple[int, ...] = (64, 64)
    epochs: int = 8
    batch: int = 512
    rate: float = 3e-3
    decay: float = 1e-4


@dataclass(eq=False)
class CloneMemory:
    """The kitchen, and chance."""

    rules: Rules
    rng: np.random.Generator


class Clone:
    """A policy that acts as often in each way as people did in like positions.

    Parameters
    ----------
    layers : weights and offsets, with ReLU between; inputs are scaled by ``scale`` first.
    scale : mean and spread of each input, shape (2, len(FEATURES)).
    """

    name = "clone of people"
    kind: Kind = "human model"

    def __init__(self, layers: Layers, scale: np.ndarray) -> None:
        self.layers, self.scale = layers, scale

    def log_chances(self, seen: np.ndarray) -> np.ndarray:
        """Return the log chance of each action, shape (N, 6), from numbers (N, len(FEATURES))."""
        values = (np.asarray(seen) - self.scale[0]) / self.scale[1]
        for place, (weights, offsets) in enumerate(self.layers):
            values = (np.maximum(values, 0) if place else values) @ weights + offsets
        values = values - values.max(axis=1, keepdims=True)
        logs: np.ndarray = values - np.log(np.exp(values).sum(axis=1, keepdims=True))
        return logs

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> CloneMemory:
        """Return the kitchen, or raise `InputError` where there is none."""
        del player, size
        if not isinstance(environment, Kitchen):
            raise InputError("plays Overcooked only", place="environment", found=environment.name)
        return CloneMemory(environment.rules, as_generator(rng))

    def act(self, memory: CloneMemory, view: View) -> tuple[np.ndarray, CloneMemory]:
        """Return an action of each game, drawn as people would choose."""
        now = Position(*(np.asarray(part) for part in view.state.now))
        chances = np.exp(self.log_chances(features(memory.rules, now)[:, view.player]))
        return drawn(chances, memory.rng), memory

    def forget(self, memory: CloneMemory, done: Any, rng: Any) -> CloneMemory:
        """Return the memory as it is."""
        del done, rng
        return memory

    def save(self, path: str | Path) -> None:
        """Write the network to a file of NumPy."""
        arrays: dict[str, Any] = {"scale": self.scale}
        for place, (weights, offsets) in enumerate(self.layers):
            arrays |= {f"weights{place}": weights, f"offsets{place}": offsets}
        with Path(path).open("wb") as file:
            np.savez(file, **arrays)

    @classmethod
    def load(cls, path: str | Path) -> Clone:
        """Return a clone from its file, or raise `InputError`."""
        try:
            with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as stored:
                found = {name: stored[name] for name in stored.files}
            count = (len(found) - 1) // 2
            layers = [
                (found[f"weights{place}"], found[f"offsets{place}"]) for place in range(count)
            ]
            found_scale = found["scale"]
            if not layers or found_scale.shape != (2, len(FEATURES)):
                raise ValueError("no layers, or other inputs")
            clone_ = cls(layers, found_scale)
            clone_.log_chances(np.zeros((1, len(FEATURES))))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise InputError("not a clone", file=str(path), found=str(error)[:80]) from error
        return clone_


@dataclass(frozen=True, eq=False)
class CloneReport:
    """A clone of all pairs, and how clones of some foretell the others."""

    clone: Clone
    held_out: HeldOut


def clone(
    choices: Samples, settings: CloneSettings | None = None, folds: int = 4, rng: Rng = 0
) -> CloneReport:
    """Return a clone of people, with its certificate: how well such clones foretell others.

    Trains ``folds`` + 1 networks in JAX; same seed, same clone.
    """
    how, seeds = settings or CloneSettings(), spawn_seeds(rng, 2)

    def fit(some: Samples) -> Any:
        return lambda others: train(some, how, seeds[0]).log_chances(others.seen)

    return CloneReport(train(choices, how, seeds[0]), hold_out(choices, fit, folds, seeds[1]))


def train(choices: Samples, settings: CloneSettings, seed: int) -> Clone:
    """Return a network fitted to choices by Adam on the log-likelihood."""
    import jax
    import jax.numpy as jnp
    import optax

    rng = np.random.default_rng(seed)
    spread = np.maximum(choices.seen.std(axis=0), LEAST_SPREAD)
    scale = np.stack([choices.seen.mean(axis=0), spread])
    seen = ((choices.seen - scale[0]) / scale[1]).astype(np.float32)
    batches = max(1, len(seen) // settings.batch)
    rate = optax.cosine_decay_schedule(settings.rate, settings.epochs * batches)
    rule = optax.adamw(rate, weight_decay=settings.decay)

    def loss(layers: Any, some: Any, actions: Any) -> Any:
        values = some
        for place, (weights, offsets) in enumerate(layers):
            values = (jax.nn.relu(values) if place else values) @ weights + offsets
        return optax.softmax_cross_entropy_with_integer_labels(values, actions).mean()

    @jax.jit
    def epoch(layers: Any, memory: Any, some: Any, actions: Any) -> Any:
        def update(carry: Any, batch: Any) -> Any:
            slopes = jax.grad(loss)(carry[0], *batch)
            changes, after = rule.update(slopes, carry[1], carry[0])
            return (optax.apply_updates(carry[0], changes), after), None

        return jax.lax.scan(update, (layers, memory), (some, actions))[0]

    layers = jax.tree.map(jnp.asarray, _fresh((len(FEATURES), *settings.hidden, len(ACTIONS)), rng))
    memory, size = rule.init(layers), min(settings.batch, len(seen))
    for _ in range(settings.epochs):
        order = rng.permutation(len(seen))[: batches * size].reshape(batches, size)
        layers, memory = epoch(layers, memory, seen[order], choices.actions[order])
    return Clone([(np.asarray(w), np.asarray(b)) for w, b in layers], scale)


def drawn(chances: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return an action of each row of chances."""
    summed = chances.cumsum(axis=1)
    draws = rng.random((len(chances), 1)) * summed[:, -1:]
    return (draws >= summed).sum(axis=1).astype(np.int32)


def _fresh(widths: tuple[int, ...], rng: np.random.Generator) -> Layers:
    """Return layers drawn as He et al. 2015 do."""
    return [
        (
            (rng.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32),
            np.zeros(b, np.float32),
        )
        for a, b in pairwise(widths)
    ]
