"""The JAX engines on a GPU: the same games as the compiled loops, and how fast."""

from __future__ import annotations

import time
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.learning import make
from comity.learning.environments.checks import random_choice

GAMES = ("hanabi", "overcooked")


def replayed(name: str, games: int, steps: int) -> dict[str, int]:
    """Play both engines side by side with random moves: how much was compared, and differs.

    The loops on the CPU lead; the other engine starts from the same decks or positions and is
    asked, at each step, what is seen and legal, and what the moves bring.
    """
    numba, batched = make(name), make(name, "jax")
    state = numba.begin(1, games)
    other = batched.start(numba.given(state))
    choose = random_choice(2)
    found = {"steps": games * steps, "numbers": 0, "differences": 0}
    for place in range(steps):
        legal = np.array(numba.legal(state))
        actions = choose(place, legal, legal)
        pairs = [(numba.observe(state), batched.observe(other)), (legal, batched.legal(other))]
        pairs.append((numba.acting(state), batched.acting(other)))
        pairs = [(np.array(one), np.asarray(two)) for one, two in pairs]
        one, two = numba.step(state, actions), batched.step(other, actions)
        pairs += [(np.array(one.rewards), np.asarray(two.rewards))]
        pairs += [(np.array(one.done), np.asarray(two.done))]
        found["numbers"] += sum(left.size for left, _ in pairs)
        found["differences"] += sum(int((left != right).sum()) for left, right in pairs)
        state, other = one.state, two.state
        if one.done.any():
            over = np.array(one.done)
            state = numba.renew(state, over, place)
            other = _with(other, batched.start(numba.given(state)), over)
    return found


def _with(state: Any, fresh: Any, over: np.ndarray) -> Any:
    """Return the games with fresh ones in place of those that are over."""

    def one(old: Any, new: Any) -> Any:
        return jnp.where(over.reshape(-1, *[1] * (old.ndim - 1)), new, old)

    return jax.tree.map(one, state, fresh)


def speed(name: str, batch: int, steps: int) -> dict[str, float]:
    """Return how fast random legal moves are played, with the observations of both players.

    ``kept`` are the bytes a step that cannot be spared: the state read and written, the
    observations written; ``moved`` is what the compiler counts for one step by itself.
    """
    game = make(name, "jax")

    def one(carry: Any, key: Any) -> tuple[Any, None]:
        state, _ = carry
        choose, again = jax.random.split(key)
        legal = game.legal(state)
        actions = jnp.argmax(jax.random.uniform(choose, legal.shape) * legal, axis=2)
        step = game.step(state, actions)
        state = game.renew(step.state, step.done, again)
        return (state, game.observe(state)), None

    def many(state: Any, seen: Any, key: Any) -> Any:
        return jax.lax.scan(one, (state, seen), jax.random.split(key, steps))[0]

    state = game.begin(0, batch)
    seen = game.observe(state)
    began = time.perf_counter()
    program = jax.jit(many).lower(state, seen, jax.random.key(0)).compile()
    compiled = time.perf_counter() - began
    seconds = []
    for seed in range(4):
        began = time.perf_counter()
        state, seen = jax.block_until_ready(program(state, seen, jax.random.key(seed)))
        seconds.append(time.perf_counter() - began)
    alone = jax.jit(lambda *given: one(given[:2], given[2])[0])
    analysed = alone.lower(state, seen, jax.random.key(0)).compile().cost_analysis()
    held = sum(leaf.nbytes for leaf in jax.tree.leaves(state))
    return {
        "batch": batch,
        "rate": batch * steps / min(seconds[1:]),
        "compile": compiled,
        "kept": (2 * held + seen.nbytes) / batch,
        "moved": float(analysed["bytes accessed"]) / batch,
    }
