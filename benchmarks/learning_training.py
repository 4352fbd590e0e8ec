"""What training costs and reaches, beside exact values and beside JaxMARL: the page of results.

    .venv/bin/python benchmarks/learning_training.py --report docs/results/learning.md
    .venv/bin/python benchmarks/learning_training.py --rival PYTHON SCRIPT ...

``PYTHON`` is an interpreter that has JaxMARL, ``SCRIPT`` a copy of its
``baselines/IPPO/ippo_ff_overcooked.py``. Both learn the cramped room with the same network (two
towers of 64, 64), games, steps, epochs and minibatches, in turns, so that whatever else the machine
does falls on both alike; processor time is told beside time on the clock. With ``--store FOLDER``
sections that are there are not measured again, and a training that was interrupted goes on. The
section on GPUs is made from `learning_gpu.json`, which holds the figures of `learning_gpu.py`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.learning import Policy

FIGURES = Path(__file__).with_name("learning_gpu.json")

EQUAL = {"games": 16, "steps": 128, "epochs": 4, "minibatches": 4}
"""Those of JaxMARL's configuration for Overcooked."""

UPDATES = 40
ROUNDS = 3
SEEDS = 3
LEVER_SEEDS = 10
CO_PLAY_STEPS = 1_500_000


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
        "gymnax.environments": {},
        "gymnax.environments.spaces": {"Box": object, "Discrete": object},
        "gymnax.wrappers": {},
        "gymnax.wrappers.purerl": {"LogWrapper": None, "FlattenObservationWrapper": None},
        "hydra": {"main": lambda **told: lambda run: run},
        "omegaconf": {"OmegaConf": None},
    }
    for name, members in wanted.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(members)
    if not hasattr(jax, "tree_map"):
        jax.tree_map = jax.tree.map


def measured(python: str, *arguments: str) -> dict[str, float]:
    """Run this file in another interpreter."""
    command = [python, __file__, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def speed(rival: list[str] | None) -> str:
    """Return microseconds a step of both, and their ratio, the median of rounds in turns."""
    load = os.getloadavg()[0]
    sides = {"comity": [sys.executable, "--ours"]}
    if rival:
        sides["JaxMARL"] = [rival[0], "--theirs", rival[1]]
    found = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, command in sides.items():
            found[name].append(measured(*command))
    lines = [
        "| learner | compile, s | clock, µs a step | processor, µs a step |",
        "|---|---:|---:|---:|",
    ]
    medians = {}
    for name, rounds in found.items():
        row = {key: statistics.median(r[key] for r in rounds) for key in rounds[0]}
        medians[name] = row
        lines.append(
            f"| {name} | {row['compiled']:.1f} | {row['clock']:.1f} | {row['processor']:.1f} |"
        )
    if rival:
        ratios = [
            medians["JaxMARL"][key] / medians["comity"][key] for key in ("clock", "processor")
        ]
        lines.append(
            f"\nJaxMARL's time over comity's: {ratios[0]:.2f} on the clock, "
            f"{ratios[1]:.2f} of the processor."
        )
    lines.append(f"\nThe machine's load was {load:.1f} when the first round began.")
    return "\n".join(lines)


def curves() -> str:
    """Return what learners of the small games reach beside the exact optimum."""
    from comity.learning.environments.make import make
    from comity.learning.exact.decentralised import optimum
    from comity.learning.exact.worth import worth
    from comity.learning.training.agents import learn, policy_of
    from comity.learning.training.off_belief import off_belief

    lines = [
        "| game | optimum | ippo, mean (worst to best) | mappo | off-belief, exact |",
        "|---|---:|---:|---:|---:|",
    ]
    games = [("lever", {})] + [("tiny hanabi", {"game": game}) for game in "ABCDEFG"]
    for name, variant in games:
        environment = make(name, **variant)
        row = [
            f"{name} {variant.get('game', '')}".strip(),
            f"{optimum(environment).value.value:.4g}",
        ]
        for agent in ("ippo", "mappo"):
            worths = [
                worth(environment, [policy_of(learn(name, agent, variant=variant, seed=seed))] * 2)[
                    0
                ]
                for seed in range(SEEDS)
            ]
            row.append(f"{statistics.mean(worths):.3g} ({min(worths):.3g} to {max(worths):.3g})")
        if name == "lever":
            row.append("not defined")
        else:
            row.append(f"{off_belief(environment).value.value:.3g}")
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines)


def levers() -> str:
    """Return self-play and cross-play in the lever game, learned with and without other-play."""
    from comity.learning.crossplay.cross_play import cross_play
    from comity.learning.environments.make import make
    from comity.learning.training.agents import learn, policy_of

    groups = {
        agent: [policy_of(learn("lever", agent, seed=seed)) for seed in range(LEVER_SEEDS)]
        for agent in ("ippo", "other-play")
    }
    found = cross_play(groups, environment=make("lever"), games=1)
    lines = [
        "| learned by | seeds | with itself | with siblings | published |",
        "|---|---:|---:|---:|---:|",
    ]
    published = {"ippo": "1/9", "other-play": "0.9"}
    for group in found.groups:
        cross = group.cross_play
        lines.append(
            f"| {group.name} | {len(group.members)} | {group.self_play.value:.3g} "
            f"| {cross.value:.3f} ({cross.low:.3f} to {cross.high:.3f}) | {published[group.name]} |"
        )
    return "\n".join(lines)


def dilemma() -> str:
    """Return where naive and LOLA learners of the iterated prisoner's dilemma end."""
    import numpy as np

    from comity.learning.exact.lola import lola

    payoffs = np.array([[[-1.0, -3.0], [0.0, -2.0]], [[-1.0, 0.0], [-3.0, -2.0]]])
    lines = [
        "| rule | return a step (95%, over 1,000 runs) | cooperates after CC, CD, DC, DD |",
        "|---|---:|---|",
    ]
    for rule in ("naive", "lola"):
        found = lola(payoffs, rule=rule, runs=1000)
        after = ", ".join(f"{chance:.2f}" for chance in found.cooperation.mean(axis=(0, 1))[1:])
        value = found.value
        lines.append(
            f"| {rule} | {value.value:.3f} ({value.low:.3f} to {value.high:.3f}) | {after} |"
        )
    return "\n".join(lines)


def kitchen(store: Path) -> str:
    """Return how PPO learns the cramped room, from one seed, and how it meets the box."""
    import numpy as np

    from comity.learning.crossplay.cross_play import cross_play
    from comity.learning.environments.make import make
    from comity.learning.partners.catalogue import partner, partners_for
    from comity.learning.training.agents import file_of, learn, policy_of

    path = file_of(store, "overcooked", "ippo", 0)
    found = learn("overcooked", seed=0, path=path, resume=path.exists())
    scores = found.curve["score"][found.curve["finished"] > 0]
    steps = (np.flatnonzero(found.curve["finished"] > 0) + 1) * (
        found.steps // len(found.curve["score"])
    )
    lines = ["| team score, with itself, reaches | after steps |", "|---:|---:|"]
    for level in (100, 150, 200, 230):
        lines.append(f"| {level} | {int(steps[np.argmax(scores >= level)]):,} |")
    room = make("overcooked")
    outside = [partner(name, room) for name in partners_for(room)]
    met = cross_play([policy_of(found)], outside, environment=room, games=100)
    group = met.groups[0]
    lines += ["", "| with | team score (95%, over games) |", "|---|---:|"]
    lines.append(f"| itself | {group.self_play.value:.1f} |")
    for one in group.met:
        score = one.score
        lines.append(f"| {one.partner} | {score.value:.1f} ({score.low:.1f} to {score.high:.1f}) |")
    return "\n".join(lines)


def strangers(store: Path) -> str:
    """Return how self-play and co-play agents of the cramped room do with partners they never met.

    Co-play learns beside self-play runs of its own seeds; the held-out partner is the self-play
    agent of another seed.
    """
    from comity.learning.crossplay.cross_play import cross_play
    from comity.learning.environments.make import make
    from comity.learning.partners.catalogue import partner, partners_for
    from comity.learning.training.agents import file_of, learn, policy_of

    def learned(agent: str, seed: int, **told: int) -> Policy:
        path = file_of(store, "overcooked", agent, seed)
        return policy_of(
            learn("overcooked", agent, seed=seed, path=path, resume=path.exists(), **told)
        )

    room = make("overcooked")
    groups = {
        "self-play": [learned("ippo", 0)],
        "co-play": [learned("co-play", 1, population=2, total_steps=CO_PLAY_STEPS)],
    }
    outside = [learned("ippo", 2, total_steps=CO_PLAY_STEPS)]
    outside += [partner(name, room) for name in partners_for(room)]
    found = cross_play(groups, outside, environment=room, games=100)
    lines = ["| with | self-play | co-play |", "|---|---:|---:|"]
    own = " | ".join(f"{group.self_play.value:.0f}" for group in found.groups)
    lines.append(f"| itself | {own} |")
    for place, one in enumerate(outside):
        met = [group.met[place].score for group in found.groups]
        shown = " | ".join(
            f"{score.value:.0f} ({score.low:.0f} to {score.high:.0f})" for score in met
        )
        name = "self-play of another seed" if place == 0 else one.name
        lines.append(f"| {name} | {shown} |")
    return "\n".join(lines)


def page(rival: list[str] | None, store: Path) -> str:
    """Return the page; sections that the store holds are taken from it."""
    from learning_gpu_page import section

    made = {
        "speed": lambda: speed(rival),
        "dilemma": dilemma,
        "levers": levers,
        "curves": curves,
        "kitchen": lambda: kitchen(store),
        "strangers": lambda: strangers(store),
    }
    figures = json.loads(FIGURES.read_text("utf-8"))
    told = {"gpu": section(figures)}
    for name, make_section in made.items():
        kept = store / f"{name}.md"
        if not kept.exists():
            kept.write_text(make_section(), encoding="utf-8")
        told[name] = kept.read_text("utf-8")
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    versions = ", ".join(f"{name} {version(name)}" for name in ("jax", "numpy", "optax"))
    steps = f"{CO_PLAY_STEPS:,}"
    return WORDS.format(**told, machine=machine, versions=versions, seeds=SEEDS, steps=steps)


WORDS = """# Learning against exact values

Every learner here is checked against something exact, or against a partner it never met. Made by
`benchmarks/learning_training.py` on {machine}, with {versions}; seeds are counted from 0.

## Lever game: strangers

Nine levers pay 1 and one pays 0.9, if both pull the same. Who learns alone settles on one of the
nine, and meets a stranger who settled on it one time in nine; other-play finds the odd lever.
Agents take their likeliest action. Intervals of 95% are over seeds.

{levers}

The gradient of other-play leads away from the odd lever where all are about as likely: with chance
q for the odd lever its slope is 1.8 q - 2 (1 - q) / 9, below 0 for q < 0.11. So `comity train
lever` starts 16 times and keeps the run that scores best in its own training.

## Small games: the exact optimum

Mean return of greedy policies over {seeds} seeds, exact by playing every deal, beside the best that
any pair of policies can get, by enumeration. Self-play is caught by local optima in some of these
games; the figures say how far below the optimum.

{curves}

## Iterated prisoner's dilemma: exact gradients

Payoffs -1, -1 / -3, 0 / 0, -3 / -2, -2; discount 0.96. The return a step is (1 - discount) times
the exact discounted sum. Log odds start standard normal; learning rate 1, supposed step of the
other 1, 200 updates. Naive learners end at mutual defection, -2, and LOLA learners near mutual
cooperation, -1, as Foerster et al. 2018 report.

{dilemma}

## Overcooked, cramped room

PPO in self-play, `comity train overcooked`, seed 0: 3,000,000 steps. A soup brings the team 20.
What a pair of copies earns says little of what the agent earns with others.

{kitchen}

JaxMARL publishes what its IPPO reaches in this room as curves; no number to set beside ours was
found in its paper (arXiv 2311.10090), its documentation or its repository.

### Strangers in the kitchen

The agent above beside one that learned by fictitious co-play: {steps} steps beside two self-play
runs of as many steps, each met as a beginner, half way and at its end. Neither met any of these;
the self-play agent of another seed learned for {steps} steps. One run of each, so intervals of 95%
are over games alone: they say how sure the scores of these two agents are, not of the methods.

{strangers}

Agents take their likeliest action here. Co-play never met itself, and is not asked to play well
with a copy.

## On a GPU

{gpu}

## Speed

Both train the cramped room with equal networks, 16 games, 128 steps an update, 4 epochs and 4
minibatches: the setting of JaxMARL's configuration. Medians of three rounds, in turns. JaxMARL
compiles a whole training into one call; comity comes back to Python after each update, to report
and to keep checkpoints. Of the 520 numbers that a cook sees here 142 are ever other than 0; comity
multiplies at most 195, with the same result.

{speed}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rival", nargs=2, metavar=("PYTHON", "SCRIPT"))
    parser.add_argument("--report", type=Path, help="write the page here")
    parser.add_argument("--store", type=Path, help="keep finished sections in this folder")
    parser.add_argument("--ours", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--theirs", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ours:
        print(json.dumps(ours(UPDATES)))
    elif chosen.theirs:
        print(json.dumps(theirs(chosen.theirs, UPDATES)))
    else:
        store = chosen.store or Path(tempfile.mkdtemp())
        store.mkdir(parents=True, exist_ok=True)
        text = page(chosen.rival, store)
        print(text)
        if chosen.report:
            chosen.report.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
