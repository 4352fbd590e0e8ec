"""How fast JaxMARL plays Overcooked; `learning_overcooked.py` runs it.

    PYTHON benchmarks/overcooked_jaxmarl.py BATCH STEPS

PYTHON is one where `jaxmarl==0.2.0` is installed. Prints a line of JSON.
"""

import json
import sys
import time

import jax
import jaxmarl
from jaxmarl.environments.overcooked import overcooked_layouts


def main():
    """Play BATCH games at random for STEPS steps and show what both see at each."""
    batch, steps = map(int, sys.argv[1:])
    env = jaxmarl.make("overcooked", layout=overcooked_layouts["cramped_room"])

    def body(carry, _):
        state, key = carry
        key, one, two = jax.random.split(key, 3)
        moves = jax.random.randint(one, (2, batch), 0, 6)
        seen, state, reward, _, _ = jax.vmap(env.step)(
            jax.random.split(two, batch), state, {"agent_0": moves[0], "agent_1": moves[1]}
        )
        shown = seen["agent_0"].max() + seen["agent_1"].max()
        return (state, key), (reward["agent_0"].sum(), shown)

    def play(key):
        _, state = jax.vmap(env.reset)(jax.random.split(key, batch))
        return jax.lax.scan(body, (state, key), None, length=steps)[1]

    began = time.perf_counter()
    compiled = jax.jit(play).lower(jax.random.key(0)).compile()
    compile_seconds = time.perf_counter() - began
    seconds = []
    for seed in range(4):
        began = time.process_time()
        jax.block_until_ready(compiled(jax.random.key(seed)))
        seconds.append(time.process_time() - began)
    seen, state = jax.vmap(env.reset)(jax.random.split(jax.random.key(0), batch))
    sizes = [sum(leaf.nbytes for leaf in jax.tree.leaves(part)) / batch for part in (state, seen)]
    found = {"rate": batch * steps / min(seconds), "compile": compile_seconds,
             "state": sizes[0], "picture": sizes[1]}  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    main()
