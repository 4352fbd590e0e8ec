"""What learning does on a GPU: the engines, full Hanabi for two, and how its agents meet.

    python benchmarks/learning_gpu.py replay --out FOLDER
    python benchmarks/learning_gpu.py speed --out FOLDER
    python benchmarks/learning_gpu.py train --out FOLDER --total-steps 400000000
    python benchmarks/learning_gpu.py meet --out FOLDER

``replay`` plays the JAX engines against the compiled loops, ``speed`` times them by size of batch,
``train`` learns Hanabi by entropy-regularised PPO, several seeds side by side, and writes an agent
of each as it goes; ``meet`` plays these agents with themselves, with each other and with programs
(on the CPU, anywhere). Each leaves its figures in ``FOLDER/figures.json``, from which
`learning_training.py` makes its section on GPUs. All runs on a CPU, too, with smaller numbers.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

BATCHES = (1024, 8192, 65536, 262144)
POINTS = 50
"""Of a curve that are kept."""

SAY, KEEP = 5.0, 30.0
"""Seconds between words on the way, and between agents that are written."""


def replay(stated: argparse.Namespace) -> dict[str, Any]:
    """Return what was compared between the engines, and how much of it differs."""
    from learning_gpu_engines import GAMES, replayed

    found = {name: replayed(name, stated.replay_games, stated.replay_steps) for name in GAMES}
    print(found, flush=True)
    return {"games": found}


def speed(stated: argparse.Namespace) -> dict[str, Any]:
    """Return how fast each engine is at each size of batch."""
    from learning_gpu_engines import GAMES, speed

    found: dict[str, Any] = {name: [] for name in GAMES}
    for name in GAMES:
        for batch in BATCHES:
            found[name].append(speed(name, max(16, batch // stated.smaller), stated.moves))
            one = found[name][-1]
            print(f"{name}, {one['batch']:,} games: {one['rate']:,.0f} steps/s", flush=True)
    return {"games": found}


def train(stated: argparse.Namespace) -> dict[str, Any]:
    """Return the curves of all seeds; agents are written every half minute and at the end."""
    from comity.core.results import plain
    from comity.learning import Ppo, make, save
    from comity.learning.training.agents import settings_for
    from comity.learning.training.side_by_side import SideBySide

    settings = settings_for(
        "hanabi",
        total_steps=stated.total_steps,
        games=stated.games,
        steps=stated.steps,
        hidden=(stated.hidden, stated.hidden),
        learning_rate=stated.learning_rate,
        entropy_coefficient=stated.entropy,
        gae_lambda=0.9,
        discount=0.99,
    )
    together = SideBySide(Ppo(make("hanabi", "jax"), settings), range(stated.seeds), "ippo", None)
    began, clock = time.perf_counter(), []
    said, kept = -SAY, 0.0

    def write() -> None:
        for found in together.checkpoints():
            save(found.light(), stated.out / f"hanabi-{found.seed}.npz")

    def report(done: int, updates: int, told: dict[str, float]) -> None:
        nonlocal said, kept
        now = time.perf_counter() - began
        clock.append(now)
        if now > stated.seconds:
            raise KeyboardInterrupt
        if now - said > SAY:
            said = now
            words = ", ".join(f"{name} {value:.3g}" for name, value in told.items())
            print(f"{now:.0f} s, {done} of {updates}: {words}", flush=True)
        if now - kept > KEEP:
            kept = now
            write()

    try:
        together.learn(report)
    except KeyboardInterrupt:
        print("the time is over", flush=True)
    write()
    made = len(clock)
    each = settings.games * settings.steps
    half = made // 2
    rate = stated.seeds * each * (made - 1 - half) / (clock[-1] - clock[half]) if made > 2 else 0
    found = {
        "settings": plain(settings),
        "seeds": stated.seeds,
        "compile": clock[0],
        "seconds": clock[-1] - clock[0],
        "steps": made * each,
        "rate": rate,
        "curve": curve(together, clock, each),
    }
    print(f"{rate:,.0f} steps/s, {found['steps']:,} steps a seed", flush=True)
    return found


def curve(together: Any, clock: list[float], each: int) -> list[dict[str, Any]]:
    """Return steps, seconds and, by seed, score and entropy, in so many points."""
    points = []
    for part in np.array_split(np.arange(len(clock)), min(POINTS, len(clock))):
        point: dict[str, Any] = {"steps": int(part[-1] + 1) * each, "seconds": clock[part[-1]]}
        for name in ("score", "entropy"):
            told = [np.array(run.curve[name])[part] for run in together.runs]
            known = [values[np.isfinite(values)] for values in told]
            point[name] = [round(float(values.mean()), 4) if len(values) else 0 for values in known]
        points.append(point)
    return points


def meet(stated: argparse.Namespace) -> dict[str, Any]:
    """Return how the agents do with themselves, with each other and with programs."""
    from comity.learning import cross_play, make, policy_of
    from comity.learning.partners.catalogue import partner

    agents = [policy_of(path) for path in sorted(stated.out.glob("hanabi-*.npz"))]
    game = make("hanabi")
    programs = [partner(name, game) for name in ("smart", "hat")]
    found = cross_play({"ippo": agents}, programs, environment=game, games=stated.meetings)
    group = found.groups[0]
    scores = {"itself": group.self_play, "another seed": group.cross_play}
    scores |= {met.partner: met.score for met in group.met}
    for name, score in scores.items():
        print(f"{name}: {score}", flush=True)
    return {
        "games": stated.meetings,
        "names": found.names,
        "matrix": np.round(found.matrix, 3).tolist(),
        "errors": np.round(found.errors, 3).tolist(),
        "scores": {
            name: {"value": score.value, "low": score.low, "high": score.high}
            for name, score in scores.items()
        },
    }


PARTS = {"replay": replay, "speed": speed, "train": train, "meet": meet}


def machine() -> dict[str, str]:
    """Return the device and the versions."""
    import jax

    device = jax.devices()[0]
    return {
        "device": device.device_kind,
        "platform": device.platform,
        "python": platform.python_version(),
        **{name: version(name) for name in ("jax", "numpy", "numba", "optax")},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--out", type=Path, required=True, help="folder for figures and agents")
    parser.add_argument("--smaller", type=int, default=1, help="divide sizes of batches by this")
    parser.add_argument("--moves", type=int, default=200, help="steps of each game when timing")
    parser.add_argument("--replay-games", type=int, default=64)
    parser.add_argument("--replay-steps", type=int, default=400)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--total-steps", type=int, default=400_000_000, help="of each seed")
    parser.add_argument("--games", type=int, default=2048)
    parser.add_argument("--steps", type=int, default=32)
    parser.add_argument("--hidden", type=int, default=512)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--entropy", type=float, default=0.05)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop learning then")
    parser.add_argument("--meetings", type=int, default=1000)
    stated = parser.parse_args()
    stated.out.mkdir(parents=True, exist_ok=True)
    path = stated.out / "figures.json"
    figures = json.loads(path.read_text("utf-8")) if path.exists() else {}
    figures[stated.part] = {"machine": machine(), **PARTS[stated.part](stated)}
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
