"""Measure how fast Overcooked is played, beside JaxMARL and overcooked_ai.

    python benchmarks/learning_overcooked.py [--jaxmarl PYTHON] [--reference PYTHON]

Random play in cramped_room, both cooks' pictures at every step, one core; each engine at its best
batch size. Rates are steps of a game a second of processor time, the best of four runs, so that
other work on the machine weighs less. JaxMARL draws its actions and restarts games inside its
compiled loop, and so does comity's JAX engine. A minute or two.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
BATCHES = (64, 256, 1024)
STEPS = 100


def played_in_loops(batch, steps):
    """Play on the CPU's engine."""
    import numpy as np

    from comity.learning.environments.make import make

    began = time.perf_counter()
    kitchen, rng = make("overcooked"), np.random.default_rng(0)
    state = kitchen.begin(0, batch)
    seen = kitchen.observe(state)
    state = kitchen.step(state, np.zeros((batch, 2), np.int64)).state
    compile_seconds, seconds = time.perf_counter() - began, []
    for _ in range(4):
        state = kitchen.begin(0, batch)
        began = time.process_time()
        for _ in range(steps):
            after = kitchen.step(state, rng.integers(6, size=(batch, 2)))
            state = kitchen.renew(after.state, after.done, rng) if after.done.any() else after.state
            kitchen.observe(state, seen)
        seconds.append(time.process_time() - began)
    size = sum(part.nbytes for part in (*state.now, state.shaped, *state.origin)) / batch
    return {"rate": batch * steps / min(seconds), "compile": compile_seconds,
            "state": size, "picture": seen.nbytes / batch}  # fmt: skip


def played_in_jax(batch, steps):
    """Play on the JAX engine, whole games inside one compiled loop."""
    import jax

    from comity.learning.environments.make import make

    kitchen = make("overcooked", "jax")

    def body(carry, _):
        state, key = carry
        key, one, two = jax.random.split(key, 3)
        after = kitchen.step(state, jax.random.randint(one, (batch, 2), 0, 6))
        state = kitchen.renew(after.state, after.done, two)
        return (state, key), (after.rewards[:, 0].sum(), kitchen.observe(state).max())

    def play(key):
        return jax.lax.scan(body, (kitchen.begin(key, batch), key), None, length=steps)[1]

    began = time.perf_counter()
    compiled = jax.jit(play).lower(jax.random.key(0)).compile()
    compile_seconds, seconds = time.perf_counter() - began, []
    for seed in range(4):
        began = time.process_time()
        jax.block_until_ready(compiled(jax.random.key(seed)))
        seconds.append(time.process_time() - began)
    state = kitchen.begin(0, batch)
    size = sum(leaf.nbytes for leaf in jax.tree.leaves(state)) / batch
    return {"rate": batch * steps / min(seconds), "compile": compile_seconds,
            "state": size, "picture": kitchen.observe(state).nbytes / batch}  # fmt: skip


OURS = {"loops": played_in_loops, "jax": played_in_jax}


def run(command, cache=None):
    """Return the last line of a command on one core, as JSON."""
    settings = os.environ | ({"NUMBA_CACHE_DIR": cache} if cache else {})
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def best(commands):
    """Return the fastest of several batch sizes."""
    with tempfile.TemporaryDirectory() as cache:
        found = [run(command, f"{cache}/{number}") for number, command in enumerate(commands)]
    return max(found, key=lambda one: one["rate"])


def measured(stated):
    """Return the figures of every engine that can be had."""
    own = [sys.executable, str(Path(__file__).resolve()), "--only"]
    found = {
        name: best([[*own, engine, str(batch), str(STEPS)] for batch in BATCHES])
        for name, engine in (("comity, compiled loops", "loops"), ("comity, JAX", "jax"))
    }
    if stated.jaxmarl:
        script = str(HERE / "overcooked_jaxmarl.py")
        found["JaxMARL"] = best(
            [[stated.jaxmarl, script, str(batch), str(STEPS)] for batch in BATCHES]
        )
    if stated.reference:
        script = str(HERE / "overcooked_oracle.py")
        found["overcooked_ai"] = run([stated.reference, script, "--speed", "2000"])
    return found


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jaxmarl", help="a Python that has jaxmarl")
    parser.add_argument("--reference", help="a Python that has overcooked_ai")
    parser.add_argument("--only", nargs=3, help=argparse.SUPPRESS)
    stated = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if stated.only:
        engine, *numbers = stated.only
        print(json.dumps(OURS[engine](*map(int, numbers))))
        return
    found = measured(stated)
    print(f"{platform.platform()}, Python {platform.python_version()}, one core")
    print(f"{'':24}{'steps/s':>12}{'compile s':>11}{'state B':>9}{'pictures B':>12}")
    for name, one in found.items():
        print(f"{name:24}{one['rate']:12,.0f}{one['compile']:11.1f}"
              f"{one['state']:9.0f}{one['picture']:12.0f}")  # fmt: skip
    for rival in ("JaxMARL", "overcooked_ai"):
        for name in ("comity, compiled loops", "comity, JAX"):
            if rival in found:
                ratio = found[name]["rate"] / found[rival]["rate"]
                print(f"{name} / {rival}: {ratio:.1f}")


if __name__ == "__main__":
    main()
