"""Ways to learn by name, and settings that suit the environments in the box."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.canonical import canonical_json
from comity.core.choices import check_choice
from comity.core.errors import located
from comity.core.randomness import spawn_seeds
from comity.core.results import plain
from comity.learning.environments.make import make
from comity.learning.environments.protocol import Environment
from comity.learning.exact.plays import enumerate_plays
from comity.learning.policies.protocol import Policy
from comity.learning.training.checkpoints import Checkpoint, load, save
from comity.learning.training.co_play import STAGES, partners
from comity.learning.training.learned import Learned
from comity.learning.training.off_belief import off_belief
from comity.learning.training.other_play import OtherPlay
from comity.learning.training.ppo import Ppo
from comity.learning.training.settings import Settings
from comity.learning.training.tabular import Tabular, tables
from comity.learning.training.training import Report, train, train_best

AGENTS = {
    "ippo": "each learns from what it sees; one network for all seats",
    "mappo": "the same with a critic that sees what all see",
    "other-play": "self-play under shuffled names: no symmetry is broken by chance",
    "co-play": "learning beside a population of self-play agents, its beginners included",
    "off-belief": "exact, for small games of turns: nothing is read into what others did",
}
"""What `learn` knows, in words."""

PRESETS: dict[str, dict[str, Any]] = {
    "hanabi": {
        "total_steps": 100_000_000,
        "games": 1024,
        "steps": 128,
        "learning_rate": 0.0005,
        "hidden": (512, 512),
        "discount": 0.999,
    },
    "lever": {
        "total_steps": 6_400,
        "games": 64,
        "steps": 1,
        "minibatches": 1,
        "learning_rate": 0.01,
        "hidden": (16,),
        "actor_scale": 2.0,
    },
    "overcooked": {
        "total_steps": 3_000_000,
        "steps": 100,
        "minibatches": 8,
        "learning_rate": 0.001,
        "shaping_steps": 2_000_000,
    },
    "tiny hanabi": {
        "total_steps": 204_800,
        "games": 256,
        "steps": 8,
        "learning_rate": 0.003,
        "entropy_coefficient": 0.05,
        "discount": 1.0,
        "hidden": (32, 32),
    },
}
"""Settings by environment where they differ from the usual ones."""

RESTARTS = {"lever": 16}
"""Starts of which the best is kept, where learning has bad local optima; see `train_best`."""


def settings_for(environment: str, agent: str = "ippo", **changes: Any) -> Settings:
    """Return the settings that suit an environment and a way to learn, with changes."""
    known = environment.replace("-", " ").replace("_", " ").lower()
    critic = {"critic": "centralised"} if agent == "mappo" else {}
    return Settings(**PRESETS.get(known, {})).changed(**critic, **changes)


def learn(
    name: str,
    agent: str = "ippo",
    *,
    variant: Mapping[str, Any] | None = None,
    seed: int = 0,
    path: str | Path | None = None,
    resume: bool = False,
    population: int = 4,
    report: Report | None = None,
    **settings: Any,
) -> Checkpoint:
    """Return an agent that learned an environment, by names alone.

    Parameters
    ----------
    name, variant : for `make`.
    agent : one of `AGENTS`.
    path, resume, report : as of `train`.
    population : self-play runs that a co-play learner meets, at three stages each.
    settings : see `Settings`; others are taken from `PRESETS`. Off-belief learning takes the
        ``level`` and ``temperature`` of `off_belief` instead.

    Examples
    --------
    >>> checkpoint = learn("tiny hanabi", "off-belief", variant={"game": "A"})
    >>> policy_of(checkpoint).kind
    'learned'
    """
    check_choice(agent, tuple(AGENTS), "unknown way to learn", "agent")
    if agent == "off-belief":
        return _off_belief(make(name, **dict(variant or {})), seed, path, settings)
    rules = canonical_json(plain(make(name, engine="jax", **dict(variant or {})).variant))
    told: dict[str, Any] = {"agent": agent, "seed": seed, "path": path, "report": report}
    if agent == "co-play":
        return train(_co_play(name, rules, settings, seed, population), resume=resume, **told)
    ppo = _ppo(name, rules, agent, settings_for(name, agent, **settings))
    restarts = RESTARTS.get(ppo.environment.name, 1)
    if restarts == 1:
        return train(ppo, resume=resume, **told)
    return train_best(ppo, restarts=restarts, resume=resume, **told)


@lru_cache(maxsize=2)
def _ppo(name: str, rules: str, agent: str, settings: Settings) -> Ppo:
    """Return PPO on an environment; what was compiled for one seed serves the next."""
    environment = make(name, engine="jax", **json.loads(rules))
    return Ppo(OtherPlay(environment) if agent == "other-play" else environment, settings)


def _co_play(name: str, rules: str, changes: Mapping[str, Any], seed: int, population: int) -> Ppo:
    """Return PPO beside partners that the seed alone determines, so that it can be resumed."""
    settings = settings_for(name, **changes)
    games = settings.games + -settings.games % (STAGES * population)
    alone = _ppo(name, rules, "ippo", settings.changed(games=games))
    seeds = [seed % 2**31 for seed in spawn_seeds(seed, population)]
    return Ppo(alone.environment, alone.settings, partners(alone, seeds))


def _off_belief(
    environment: Environment, seed: int, path: str | Path | None, options: Mapping[str, Any]
) -> Checkpoint:
    for option in options:
        check_choice(option, ("level", "temperature"), "unknown setting", "settings")
    plays = enumerate_plays(environment)
    found = off_belief(plays, **options)
    checkpoint = Checkpoint(
        agent="off-belief",
        environment=environment.name,
        variant=dict(environment.variant),
        settings={"level": found.level, "temperature": found.temperature},
        seed=seed,
        steps=0,
        policy=tables(plays, found.policies),
        curve={"score": np.array([found.value.value]), "finished": np.ones(1)},
    )
    if path is not None:
        save(checkpoint, path)
    return checkpoint


def learn_population(
    name: str,
    agent: str = "ippo",
    *,
    seeds: Sequence[int],
    folder: str | Path | None = None,
    jobs: int = 1,
    resume: bool = False,
    **told: Any,
) -> list[Checkpoint]:
    """Return one agent for each seed, learned side by side in ``jobs`` processes of joblib.

    Each is that of `learn` with its seed, whatever the number of processes; with a joblib backend
    for a cluster they are learned there. ``resume`` goes on with those whose file is there.
    """
    from joblib import Parallel, delayed

    paths = [None if folder is None else file_of(folder, name, agent, seed) for seed in seeds]
    one = delayed(learn)
    found: list[Checkpoint] = Parallel(n_jobs=jobs)(
        one(name, agent, seed=seed, path=path, resume=resume and there(path), **told)
        for seed, path in zip(seeds, paths, strict=True)
    )
    return found


def there(path: Path | None) -> bool:
    """Return whether there is a file."""
    return path is not None and path.exists()


def file_of(folder: str | Path, name: str, agent: str, seed: int) -> Path:
    """Return the file of an agent: ``lever-other-play-3.npz``."""
    return Path(folder) / f"{'-'.join(name.replace('_', ' ').split())}-{agent}-{seed}.npz"


def policy_of(checkpoint: Checkpoint | str | Path, *, greedy: bool = True) -> Policy:
    """Return the policy of a checkpoint or its file, which plays any seat.

    Parameters
    ----------
    greedy : whether it takes its likeliest action, or draws from its chances.
    """
    found = checkpoint if isinstance(checkpoint, Checkpoint) else load(checkpoint)
    if found.agent != "off-belief":
        return Learned.of(found, greedy=greedy)
    policy = {key: np.asarray(array) for key, array in found.policy.items()}
    with located(file=found.file or None):
        return Tabular(found.name, found.environment, plain(found.variant), policy, greedy)
