"""How fast Hanabi is, beside JaxMARL and the C++ core of the reference, in one run.

    python benchmarks/learning_hanabi.py --jaxmarl PYTHON --reference FOLDER [--quick]

PYTHON is an interpreter that has `jaxmarl`; FOLDER is the installed package of
hanabi-learning-environment, which holds `libpyhanabi.so` and `pyhanabi.h` (a C++ compiler is
needed too). Without one of them its lines are left out. Two players, random legal moves, games that
end begin again, all on one core. Times are processor time, the best of several runs; programs are
compiled before, and what that takes is a line of its own. JaxMARL runs in its own process, with the
size of batch that is best for it.
"""

# ruff: noqa: E402 - what JAX reads when it is imported is set before.
from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import Any

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import numpy as np

from comity.learning import make
from comity.learning.environments.hanabi import loops
from comity.learning.partners.hanabi_cross import rule_cross_play
from comity.learning.partners.hanabi_rules import rule_family

HERE = Path(__file__).parent
BATCHES = (64, 256, 1024, 4096)
RIVAL_BATCHES = (16, 64, 256, 1024)
NAMES = {"numba": "comity, compiled loops", "jax": "comity, JAX"}


def compiled_loops(batch: int, moves: int, look: bool) -> float:
    """Return seconds a move of the engine on the CPU."""
    game = make("hanabi")
    words = game.begin(0, batch)
    out = np.empty((batch, 2, -(-game.length // 8)), dtype=np.uint64)
    given = (out, look, game._sorted, game.facts)
    loops.roam(words, 1, *given, np.uint64(1))
    return fastest(lambda: loops.roam(words, moves // batch, *given, np.uint64(1))) / moves


def fastest(run: Any, times: int = 5) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def batched(batch: int, moves: int) -> dict[str, float]:
    """Return seconds a move, seconds of compilation and bytes a move of the engine in JAX."""
    game = make("hanabi", "jax")
    steps = max(1, moves // batch)

    def one(carry: Any, key: Any) -> tuple[Any, None]:
        state, _ = carry
        choose, again = jax.random.split(key)
        player = game.acting(state).argmax(axis=1)
        legal = game.legal(state)[jnp.arange(batch), player]
        action = jnp.argmax(jax.random.uniform(choose, legal.shape) * legal, axis=1)
        step = game.step(state, jnp.repeat(action[:, None], 2, axis=1))
        state = game.renew(step.state, step.done, again)
        return (state, game.observe(state)), None

    @jax.jit
    def run(state: Any, seen: Any, key: Any) -> Any:
        return jax.lax.scan(one, (state, seen), jax.random.split(key, steps))[0]

    state = game.begin(0, batch)
    given = (state, game.observe(state), jax.random.key(1))
    start = time.process_time()
    program = run.lower(*given).compile()
    compiling = time.process_time() - start
    seconds = fastest(lambda: jax.block_until_ready(program(*given)), 3) / (steps * batch)
    once = jax.jit(lambda *given: one(given[:2], given[2])[0]).lower(*given).compile()
    moved = once.cost_analysis()["bytes accessed"] / batch
    return {"seconds": seconds, "compile": compiling, "bytes": moved}


def jaxmarl(python: str, batch: int, moves: int) -> dict[str, float]:
    call = [python, str(HERE / "hanabi_jaxmarl.py"), str(batch), str(max(1, moves // batch))]
    text = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    found = json.loads(text.splitlines()[-1])
    return {"seconds": found["seconds"] / found["moves"], "compile": found["compile"]}


def reference(folder: Path, moves: int) -> float:
    """Return seconds a move of the reference's C++ core, called from C++."""
    with tempfile.TemporaryDirectory() as work:
        program = Path(work) / "loop"
        build = ["g++", "-O2", "-I", str(folder), str(HERE / "hanabi_reference_loop.cc")]
        build += [str(folder / "libpyhanabi.so"), f"-Wl,-rpath,{folder}", "-o", str(program)]
        subprocess.run(build, check=True)
        runs = [
            subprocess.run([program, str(moves)], check=True, capture_output=True, text=True)
            for _ in range(3)
        ]
    return min(float(run.stdout.split()[1]) for run in runs) / moves


def line(what: str, seconds: float, against: float | None = None, note: str = "") -> None:
    ratio = "" if against is None else f"{against / seconds:8.1f} x"
    print(f"{what:58}{1e9 * seconds:10.0f} ns {1 / seconds:14,.0f}/s {ratio} {note}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jaxmarl")
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--quick", action="store_true")
    stated = parser.parse_args()
    moves = 20_000 if stated.quick else 200_000
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("jax", "numba", "numpy"))
    machine = platform.processor() or platform.machine()
    print(f"{machine}, Python {platform.python_version()}, {versions}", flush=True)
    rival = None
    if stated.jaxmarl:
        found = {batch: jaxmarl(stated.jaxmarl, batch, moves // 4) for batch in RIVAL_BATCHES}
        for batch, result in found.items():
            line(
                f"JaxMARL, batch {batch}",
                result["seconds"],
                note=f"compiled in {result['compile']:.1f} s",
            )
        rival = min(result["seconds"] for result in found.values())
    line("compiled loops, both players' observations", compiled_loops(256, moves, True), rival)
    for batch in BATCHES:
        result = batched(batch, moves)
        note = f"compiled in {result['compile']:.1f} s, {result['bytes']:,.0f} bytes a move"
        line(f"JAX, both players' observations, batch {batch}", result["seconds"], rival, note)
    core = reference(stated.reference, moves) if stated.reference else None
    if core:
        line("reference, C++ core, no observations", core)
    line("compiled loops, no observations", compiled_loops(256, moves, False), core)
    family = rule_family(100, rng=1)
    rule_cross_play(family[:2], games=2)
    games = 2 if stated.quick else 20
    seconds = fastest(lambda: rule_cross_play(family, games=games), 1) / (games * 100 * 100)
    whole = seconds * 1_000 * 100 * 100 / 60
    line("100 x 100 rule lists, a game", seconds, note=f"1,000 a pair: {whole:.1f} core minutes")


if __name__ == "__main__":
    sys.exit(main())
