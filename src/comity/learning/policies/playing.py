"""Games between policies, played to the end in batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator, spawn_seeds
from comity.learning.environments.protocol import Environment, Start
from comity.learning.policies.protocol import Policy, View


class Left(Exception):
    """Raised by a policy that plays no further: `play` returns what was played until then."""


@dataclass(frozen=True, eq=False)
class Played:
    """B games of n players, the longest of T steps.

    Attributes
    ----------
    given : how each began, for `Environment.start`.
    actions : shape (T, B, n), int32; -1 where a player waited or the game was over.
    rewards : shape (T, B, n), float32; 0 after the end.
    lengths : steps of each game, shape (B,).
    finished : which were played to their end, shape (B,); the others were left early.
    """

    given: list[dict[str, Any]]
    actions: np.ndarray
    rewards: np.ndarray
    lengths: np.ndarray
    finished: np.ndarray

    @property
    def scores(self) -> np.ndarray:
        """Sum of rewards of each player in each game, shape (B, n)."""
        return self.rewards.sum(axis=0, dtype=np.float64)


def play(
    environment: Environment,
    policies: Sequence[Policy],
    size: int = 1,
    rng: Rng = 0,
    *,
    given: Start | Sequence[Start] | None = None,
) -> Played:
    """Return ``size`` games with one policy in each seat, each game played once to its end.

    With ``given`` it is one game from each of these starts, as of `Environment.start`.

    A game that is over is renewed so that the batch stays whole; what is played after the end is
    not part of the answer. A policy that raises `Left` ends all games that still run. O(longest
    game) steps of the batch.
    """
    seats = len(environment.shape.players)
    if len(policies) != seats:
        raise InputError("one policy a seat", place="policies", found=len(policies), expected=seats)
    random = as_generator(rng)
    state, begun = _begun(environment, size, given, spawn_seeds(random, 1)[0])
    size = len(begun)
    memories = [
        policy.begin(environment, seat, size, spawn_seeds(random, 1)[0])
        for seat, policy in enumerate(policies)
    ]
    running = np.ones(size, dtype=bool)
    actions, rewards = [], []
    lengths = np.zeros(size, dtype=np.int64)
    blind = all(getattr(policy, "reads_state", False) for policy in policies)
    while running.any():
        views = _views(environment, state, blind)
        try:
            chosen = _chosen(policies, memories, views)
        except Left:
            break
        taken = running[:, None] & np.stack([view.acting for view in views], axis=1)
        step = environment.step(state, chosen)
        done = np.array(step.done)
        actions.append(np.where(taken, chosen, -1))
        rewards.append(np.where(running[:, None], np.asarray(step.rewards), 0))
        lengths += running
        running = running & ~done
        state = step.state
        if done.any() and running.any():
            state = environment.renew(state, done, spawn_seeds(random, 1)[0])
            memories = [
                policy.forget(memory, done, spawn_seeds(random, 1)[0])
                for policy, memory in zip(policies, memories, strict=True)
            ]
    shape = (len(actions), size, seats)
    return Played(
        begun,
        np.array(actions, dtype=np.int32).reshape(shape),
        np.array(rewards, dtype=np.float32).reshape(shape),
        lengths,
        ~running,
    )


def _begun(
    environment: Environment, size: int, given: Start | Sequence[Start] | None, seed: int
) -> tuple[Any, list[dict[str, Any]]]:
    """Return the games at their start, and how each began."""
    if given is None:
        state = environment.begin(seed, size)
        return state, environment.given(state)
    state = environment.start(given)
    return state, [dict(start) for start in ([given] if isinstance(given, Mapping) else given)]


def _chosen(policies: Sequence[Policy], memories: list[Any], views: Sequence[View]) -> np.ndarray:
    """Return what all do, shape (B, n), and put what they remember in place of their memories."""
    chosen = np.zeros((len(views[0].acting), len(policies)), dtype=np.int32)
    for seat, policy in enumerate(policies):
        chosen[:, seat], memories[seat] = policy.act(memories[seat], views[seat])
    return chosen


def _views(environment: Environment, state: Any, blind: bool) -> list[View]:
    """Return what each seat is shown; programs that read the state are shown nothing else."""
    acting = np.array(environment.acting(state))
    seats = range(len(environment.shape.players))
    if blind:
        nothing = np.empty((len(acting), 0))
        return [View(nothing, nothing, acting[:, seat], state, seat) for seat in seats]
    observation = np.asarray(environment.observe(state))
    legal = np.asarray(environment.legal(state))
    return [
        View(observation[:, seat], legal[:, seat], acting[:, seat], state, seat) for seat in seats
    ]
