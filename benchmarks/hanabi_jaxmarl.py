"""Random play of two-player Hanabi in JaxMARL, on one core.

Run by a Python that has `jaxmarl`, and nothing of comity; `learning_hanabi.py` starts it:

    python benchmarks/hanabi_jaxmarl.py BATCH STEPS

Legal moves are drawn at random; each step brings what both players see, games that end begin again.
All steps are one compiled loop. Prints JSON: moves, processor seconds, seconds of compilation.
"""

# ruff: noqa: E402 - what JAX reads when it is imported is set before.
from __future__ import annotations

import json
import os
import sys
import time

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import jaxmarl


def main() -> None:
    batch, steps = map(int, sys.argv[1:3])
    env = jaxmarl.make("hanabi")

    def one(state, key):
        choose, step = jax.random.split(key)
        legal = env.get_legal_moves(state)
        actions = {
            agent: jax.random.categorical(jax.random.fold_in(choose, seat), jnp.log(legal[agent]))
            for seat, agent in enumerate(env.agents)
        }
        seen, state, _, done, _ = env.step(step, state, actions)
        return state, jnp.stack([seen[agent] for agent in env.agents]), done["__all__"]

    def many(carry, key):
        state, _, ended = carry
        state, seen, done = jax.vmap(one)(state, jax.random.split(key, batch))
        return (state, seen, ended + done.sum()), None

    @jax.jit
    def run(state, seen, key):
        return jax.lax.scan(many, (state, seen, 0), jax.random.split(key, steps))[0]

    seen, state = jax.vmap(env.reset)(jax.random.split(jax.random.PRNGKey(0), batch))
    seen = jnp.stack([seen[agent] for agent in env.agents], axis=1)
    start = time.process_time()
    compiled = run.lower(state, seen, jax.random.PRNGKey(1)).compile()
    compiling = time.process_time() - start
    best, ended = float("inf"), 0
    for trial in range(3):
        start = time.process_time()
        out = jax.block_until_ready(compiled(state, seen, jax.random.PRNGKey(trial)))
        best, ended = min(best, time.process_time() - start), int(out[2])
    print(
        json.dumps({"moves": batch * steps, "seconds": best, "compile": compiling, "ended": ended})
    )


if __name__ == "__main__":
    main()
