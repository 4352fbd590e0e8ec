"""Learned policies at play, on NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comity.core.errors import InputError, located
from comity.core.randomness import Rng, as_generator
from comity.learning.environments.make import make
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Kind, View
from comity.learning.training.checkpoints import Checkpoint, load
from comity.learning.training.networks import Network, Parameters
from comity.learning.training.ppo import network_for
from comity.learning.training.settings import Settings


class Recall(NamedTuple):
    """What a learned policy keeps: its network's memory, shape (B, recurrent), and its chance."""

    memory: np.ndarray
    random: np.random.Generator


@dataclass(frozen=True, eq=False)
class Learned:
    """A network that plays any seat.

    Attributes
    ----------
    name : in tables.
    environment, variant : the game it learned, and plays.
    greedy : whether it takes its likeliest action, or draws.

    A player's memory moves on when it decides, not while it waits, as it did in learning.
    """

    name: str
    network: Network
    parameters: Parameters = field(repr=False)
    environment: str
    variant: Mapping[str, Any]
    greedy: bool = True
    kind: Kind = "learned"

    @classmethod
    def of(cls, checkpoint: Checkpoint | str | Path, *, greedy: bool = True) -> Learned:
        """Return the agent of a checkpoint or of its file."""
        found = checkpoint if isinstance(checkpoint, Checkpoint) else load(checkpoint)
        with located(file=found.file or None):
            environment = make(found.environment, **found.variant)
            network = network_for(environment, Settings.read(found.settings))
            like = _like(network, found.policy)
        for name, array in found.policy.items():
            if array.dtype.kind != "f" or not np.isfinite(array).all():
                raise InputError(
                    "the network holds what is no number", file=found.file or None, place=name
                )
        parameters = filled(like, {k: a.astype(np.float32) for k, a in found.policy.items()})
        return cls(found.name, network, parameters, found.environment, dict(found.variant), greedy)

    def begin(self, environment: Environment, player: int, size: int, rng: Rng) -> Recall:
        """Return the memory for fresh games, or raise `InputError` for another game."""
        del player
        if (environment.name, dict(environment.variant)) != (self.environment, self.variant):
            raise InputError(
                f"{self.name} learned another game",
                found=f"{self.environment} {dict(self.variant)}",
                expected=f"{environment.name} {dict(environment.variant)}",
            )
        return Recall(self.network.memory(size)[:, 0], as_generator(rng))

    def act(self, memory: Recall, view: View) -> tuple[np.ndarray, Recall]:
        """Return its actions, shape (B,), and its memory after this step."""
        legal = np.asarray(view.legal)
        seat = np.full(len(legal), view.player)
        observation = np.asarray(view.observation, dtype=np.float32)
        odds, moved = self.network.act(self.parameters, memory.memory, observation, seat, legal, np)
        kept = np.where(np.asarray(view.acting)[:, None], moved, memory.memory)
        if not self.greedy:
            odds = odds + memory.random.gumbel(size=odds.shape)
        return odds.argmax(axis=1), memory._replace(memory=kept)

    def forget(self, memory: Recall, done: Any, rng: Rng) -> Recall:
        """Return the memory with none of the games that are done."""
        del rng
        return memory._replace(memory=np.where(np.asarray(done)[:, None], 0, memory.memory))

    def chances(self, view: View, memory: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the chance of each action, and the network's memory after it."""
        seat = np.full(len(view.legal), view.player)
        odds, moved = self.network.act(
            self.parameters, memory, view.observation, seat, view.legal, np
        )
        if self.greedy:
            return np.eye(odds.shape[1])[odds.argmax(axis=1)], moved
        raised = np.exp(odds - odds.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True), moved


def _like(network: Network, policy: Mapping[str, np.ndarray]) -> Parameters:
    """Return parameters of the network, once the arrays of a checkpoint are found to be its own.

    They are counted first: a forged head could describe a network that no memory holds.
    """
    words = "the arrays are not those of the network that the settings describe"
    count = sum(array.size for array in policy.values())
    if count != network.size:
        raise InputError(words, found=f"{count:,} numbers", expected=f"{network.size:,}")
    like = network.init(0)
    for name, array in flattened(like).items():
        shape = policy[name].shape if name in policy else None
        if shape != array.shape:
            raise InputError(words, place=name, found=shape, expected=array.shape)
    return like


def flattened(parameters: Any, name: str = "") -> dict[str, np.ndarray]:
    """Return arrays by their place in a tree of mappings and lists: ``actor/layers/0/bias``."""
    if isinstance(parameters, Mapping):
        items = [(str(key), parameters[key]) for key in sorted(parameters)]
    elif isinstance(parameters, (list, tuple)):
        items = [(str(k), item) for k, item in enumerate(parameters)]
    else:
        return {name: np.asarray(parameters)}
    return {
        place: array
        for key, item in items
        for place, array in flattened(item, f"{name}/{key}" if name else key).items()
    }


def filled(like: Any, arrays: Mapping[str, np.ndarray], name: str = "") -> Any:
    """Return a tree like another with the arrays that `flattened` named."""
    if isinstance(like, Mapping):
        return {
            key: filled(item, arrays, f"{name}/{key}" if name else str(key))
            for key, item in like.items()
        }
    if isinstance(like, list):
        return [
            filled(item, arrays, f"{name}/{k}" if name else str(k)) for k, item in enumerate(like)
        ]
    return np.asarray(arrays[name])
