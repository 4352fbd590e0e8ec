"""See that comity's Overcooked does what overcooked_ai does, step by step.

    python benchmarks/learning_overcooked_evidence.py --oracle PYTHON [--steps N] [--record FILE]

PYTHON is one where `overcooked_ai==1.1.0` and scipy are installed. Six layouts under both dynamics,
at least so many steps each, by two greedy cooks who slip three times in ten: so soups are served in
every kitchen, and every odd deed occurs. Every position, both rewards and both pictures
are compared after every step, for both engines. `--record` writes the first games as evidence that
the tests replay. Five minutes.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from hashlib import blake2b
from pathlib import Path

import numpy as np

from comity.learning.environments.make import make
from comity.learning.environments.overcooked.layouts import CLASSIC
from comity.learning.partners.overcooked_greedy import GreedyCook
from comity.learning.policies.playing import play

LAYOUTS = (*CLASSIC, "counter_circuit_tomato")
WHAT = ("positions", "rewards", "pictures")
HORIZON = 400
RECORDED = 800


def brief(data):
    """Return eight bytes that stand for many, as hexadecimal."""
    return blake2b(data, digest_size=8).hexdigest()


def digests(kitchen, state, seen, rewards):
    """Return what the oracle returns for a step, for each game of a batch."""
    shaped, found = np.asarray(kitchen.shaped(state)), []
    for game, position in enumerate(kitchen.positions(state)):
        position["things"].sort(key=lambda thing: thing["at"])
        paid = [int(rewards[game, 0]), *map(int, shaped[game])]
        shown = (json.dumps(position, sort_keys=True).encode(), json.dumps(paid).encode())
        found.append([*map(brief, shown), brief(seen[game].tobytes())])
    return found


def played(rules, count, seed):
    """Return games of two greedy cooks who often slip, as bytes of joint actions."""
    cooks = [GreedyCook(slip=0.3), GreedyCook(slip=0.3)]
    actions = play(make("overcooked", **rules), cooks, count, seed).actions
    joint = (6 * actions[..., 0] + actions[..., 1]).astype(np.uint8)
    return [{**rules, "actions": joint[:, game].tobytes().hex()} for game in range(count)]


def methods(kitchen):
    """Return how to step and to see, compiled if the engine is JAX."""

    def step(state, actions):
        after = kitchen.step(state, actions)
        return after.state, after.rewards

    if kitchen.engine == "numba":
        return step, kitchen.observe
    import jax

    return jax.jit(step), jax.jit(kitchen.observe)


def replay(games, engine):
    """Return three digests for each step of some games of one kitchen, and their mean score."""
    rules = {name: games[0][name] for name in ("layout", "old_dynamics", "horizon")}
    kitchen = make("overcooked", engine, **rules)
    step, see = methods(kitchen)
    joint = np.stack([np.frombuffer(bytes.fromhex(game["actions"]), np.uint8) for game in games])
    state, score, found = kitchen.start([{}] * len(games)), 0.0, []
    for pairs in np.stack(np.divmod(joint, 6), axis=-1).swapaxes(0, 1):
        state, rewards = step(state, pairs)
        found.append(digests(kitchen, state, np.asarray(see(state)), np.asarray(rewards)))
        score += float(rewards[:, 0].mean())
    return [list(steps) for steps in zip(*found, strict=True)], score


def ask(oracle, games):
    """Return what the reference makes of the games."""
    script = Path(__file__).with_name("overcooked_oracle.py")
    lines = "".join(json.dumps(game) + "\n" for game in games)
    command = [oracle, str(script)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line)["steps"] for line in done.stdout.splitlines()]


def chain(steps):
    """Return one digest of many steps."""
    return brief(json.dumps(steps).encode())


def main():
    """Compare, print the table, and record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--oracle", required=True, help="a Python that has overcooked_ai")
    parser.add_argument("--steps", type=int, default=20_000, help="per layout and dynamics")
    parser.add_argument("--engines", nargs="+", default=["numba", "jax"])
    parser.add_argument("--record", type=Path)
    stated = parser.parse_args()
    rng, recorded, different, total = np.random.default_rng(2026), [], Counter(), 0
    print(f"{'layout':24} dynamics    steps  score  differences")
    for layout in LAYOUTS:
        for old in (False, True):
            rules = {"layout": layout, "old_dynamics": old, "horizon": HORIZON}
            count = -(-stated.steps // HORIZON)
            games = played(rules, count, int(rng.integers(2**31)))
            truth, found = ask(stated.oracle, games), Counter()
            for engine in stated.engines:
                mine, score = replay(games, engine)
                for game, reference in zip(mine, truth, strict=True):
                    for one, other in zip(game, reference, strict=True):
                        found.update(w for w, a, b in zip(WHAT, one, other, strict=True) if a != b)
            different += found
            total += count * HORIZON
            print(f"{layout:24} {'old' if old else 'new':8} {count * HORIZON:8} "
                  f"{score:6.1f}  {dict(found) or 0}", flush=True)  # fmt: skip
            for game, steps in list(zip(games, truth, strict=True))[: RECORDED // HORIZON]:
                marks = [chain(steps[at : at + 50]) for at in range(0, HORIZON, 50)]
                recorded.append({**game, "marks": marks})
    print(f"{total} steps, engines {', '.join(stated.engines)}: {dict(different) or 0} differences")
    if stated.record:
        source = {"source": "overcooked_ai 1.1.0", "every": 50, "games": recorded}
        stated.record.write_text(json.dumps(source, indent=0) + "\n", encoding="utf-8")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main())
