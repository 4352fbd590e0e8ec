"""What training costs and reaches: PPO on Overcooked beside JaxMARL's IPPO, curves of small games.

    .venv/bin/python benchmarks/learning_training.py
    .venv/bin/python benchmarks/learning_training.py --rival PYTHON SCRIPT

``PYTHON`` is an interpreter that has JaxMARL, ``SCRIPT`` a copy of its
``baselines/IPPO/ippo_ff_overcooked.py``. Both learn the cramped room with the same network (two
towers of 64, 64), games, steps, epochs and minibatches, in turns, so that whatever else the machine
does falls on both alike; processor time is told beside time on the clock.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import statistics
import subprocess
import sys
import time

EQUAL = {"games": 16, "steps": 128, "epochs": 4, "minibatches": 4}
"""Those of JaxMARL's configuration for Overcooked."""

UPDATES = 60
ROUNDS = 3


def ours(updates: int) -> dict[str, float]:
    """Train for some updates once everything is compiled."""
    from comity.learning.environments.make import make
    from comity.learning.training.ppo import Ppo
    from comity.learning.training.settings import Settings

    total = updates * EQUAL["games"] * EQUAL["steps"]
    ppo = Ppo(make("overcooked", engine="jax"), Settings(total_steps=total, **EQUAL))
    start = time.perf_counter()
    learner, _ = ppo.update(ppo.begin(0))
    learner.updates.block_until_ready()
    compiled = time.perf_counter() - start
    clock, processor = time.perf_counter(), time.process_time()
    for _ in range(updates):
        learner, told = ppo.update(learner)
        float(told["score"])
    return _told(total, compiled, clock, processor)


def theirs(script: str, updates: int) -> dict[str, float]:
    """Run JaxMARL's own training function, for which what it does not need here is left out."""
    import jax

    _stand_in()
    specification = importlib.util.spec_from_file_location("rival", script)
    rival = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(rival)
    total = updates * EQUAL["games"] * EQUAL["steps"]
    config = {
        "LR": 2.5e-4,
        "NUM_ENVS": EQUAL["games"],
        "NUM_STEPS": EQUAL["steps"],
        "TOTAL_TIMESTEPS": total,
        "UPDATE_EPOCHS": EQUAL["epochs"],
        "NUM_MINIBATCHES": EQUAL["minibatches"],
        "GAMMA": 0.99,
        "GAE_LAMBDA": 0.95,
        "CLIP_EPS": 0.2,
        "ENT_COEF": 0.01,
        "VF_COEF": 0.5,
        "MAX_GRAD_NORM": 0.5,
        "ACTIVATION": "tanh",
        "ANNEAL_LR": True,
        "ENV_NAME": "overcooked",
        "ENV_KWARGS": {"layout": rival.overcooked_layouts["cramped_room"]},
    }
    start = time.perf_counter()
    train = jax.jit(rival.make_train(config)).lower(jax.random.PRNGKey(0)).compile()
    compiled = time.perf_counter() - start
    clock, processor = time.perf_counter(), time.process_time()
    jax.block_until_ready(train(jax.random.PRNGKey(0)))
    return _told(total, compiled, clock, processor)


def _told(total: int, compiled: float, clock: float, processor: float) -> dict[str, float]:
    return {
        "compiled": compiled,
        "clock": 1e6 * (time.perf_counter() - clock) / total,
        "processor": 1e6 * (time.process_time() - processor) / total,
    }


def _stand_in() -> None:
    """Stand in for libraries of the script that play no part in what is timed."""
    from types import ModuleType

    import jax
    import jax.numpy as jnp

    class Categorical:
        def __init__(self, logits):
            self.logits = jax.nn.log_softmax(logits)

        def sample(self, seed):
            return jax.random.categorical(seed, self.logits)

        def log_prob(self, action):
            return jnp.take_along_axis(self.logits, action[..., None], axis=-1)[..., 0]

        def entropy(self):
            return -(jnp.exp(self.logits) * self.logits).sum(axis=-1)

    wanted = {
        "distrax": {"Categorical": Categorical},
        "gymnax": {},
        "gymnax.wrappers": {},
        "gymnax.wrappers.purerl": {"LogWrapper": None, "FlattenObservationWrapper": None},
        "hydra": {"main": lambda **told: lambda run: run},
        "omegaconf": {"OmegaConf": None},
    }
    roots = {name.partition(".")[0] for name in wanted}
    missing = {root for root in roots if importlib.util.find_spec(root) is None}
    for name, members in wanted.items():
        if name.partition(".")[0] in missing:
            sys.modules[name] = ModuleType(name)
            vars(sys.modules[name]).update(members)
    if not hasattr(jax, "tree_map"):
        jax.tree_map = jax.tree.map


def measured(python: str, *arguments: str) -> dict[str, float]:
    """Run this file in another interpreter."""
    command = [python, __file__, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def speed(rival: list[str] | None) -> None:
    """Print microseconds a step of both, and their ratio, the median of rounds in turns."""
    sides = {"comity": [sys.executable, "--ours"]}
    if rival:
        sides["JaxMARL"] = [rival[0], "--theirs", rival[1]]
    found = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, command in sides.items():
            found[name].append(measured(*command))
    print(
        f"| Overcooked, cramped room, {EQUAL['games']} games x {EQUAL['steps']} steps | compile, s"
        " | clock, us a step | processor, us a step |\n|---|---:|---:|---:|"
    )
    medians = {}
    for name, rounds in found.items():
        row = {key: statistics.median(r[key] for r in rounds) for key in rounds[0]}
        medians[name] = row
        print(f"| {name} | {row['compiled']:.1f} | {row['clock']:.1f} | {row['processor']:.1f} |")
    if rival:
        ratios = [
            medians["JaxMARL"][key] / medians["comity"][key] for key in ("clock", "processor")
        ]
        print(
            f"\nJaxMARL / comity: {ratios[0]:.2f} on the clock, {ratios[1]:.2f} in processor time"
        )


def curves() -> None:
    """Print what learners of the small games reach beside the exact optimum."""
    from comity.learning.environments.make import make
    from comity.learning.exact.decentralised import optimum
    from comity.learning.exact.worth import worth
    from comity.learning.training.agents import learn, policy_of

    print(
        "\n| game | agent | seeds | optimum | mean, exact | best | worst |\n"
        "|---|---|---|---:|---:|---:|---:|"
    )
    games = [("lever", {})] + [("tiny hanabi", {"game": game}) for game in "ABCDEFG"]
    for name, variant in games:
        environment = make(name, **variant)
        best = optimum(environment).value.value
        for agent in ("ippo", "mappo"):
            worths = [
                worth(environment, [policy_of(learn(name, agent, variant=variant, seed=seed))] * 2)[
                    0
                ]
                for seed in range(5)
            ]
            label = f"{name} {variant.get('game', '')}".strip()
            print(
                f"| {label} | {agent} | 0-4 | {best:.3g} | {statistics.mean(worths):.3g} "
                f"| {max(worths):.3g} | {min(worths):.3g} |",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rival", nargs=2, metavar=("PYTHON", "SCRIPT"))
    parser.add_argument("--ours", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--theirs", help=argparse.SUPPRESS)
    parser.add_argument("--no-curves", action="store_true", help="only the speed")
    chosen = parser.parse_args()
    if chosen.ours:
        print(json.dumps(ours(UPDATES)))
    elif chosen.theirs:
        print(json.dumps(theirs(chosen.theirs, UPDATES)))
    else:
        print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
        speed(chosen.rival)
        if not chosen.no_curves:
            curves()


if __name__ == "__main__":
    main()
