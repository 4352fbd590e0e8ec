"""Fictitious co-play: learning beside a population, its beginners included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.learning.training.networks import Parameters
from comity.learning.training.ppo import Ppo
from comity.learning.training.rollout import Partners

STAGES = 3
"""Partners taken of each run of self-play: before learning, half as good as in the end, the end."""

WATCHED = 20
"""How often in the course of self-play the score is looked at."""


def stages(ppo: Ppo, seed: int) -> list[Parameters]:
    """Return a self-play learner at three stages: at first, half way in score, and at the end."""
    learner = ppo.begin(seed)
    updates = ppo.settings.updates
    every = max(1, updates // WATCHED)
    kept: list[tuple[float, Parameters]] = [(-np.inf, learner.parameters)]
    scores: list[float] = []
    for update in range(1, updates + 1):
        learner, statistics = ppo.update(learner)
        if float(statistics["finished"]):
            scores.append(float(statistics["score"]))
        if update % every == 0 or update == updates:
            kept.append(
                (float(np.mean(scores[-every:])) if scores else -np.inf, learner.parameters)
            )
    first, end = kept[1][0], kept[-1][0]
    half = (first + end) / 2 if np.isfinite(first) else end
    middle = next(parameters for score, parameters in kept[1:] if score >= half)
    return [kept[0][1], middle, kept[-1][1]]


def partners(ppo: Ppo, seeds: Sequence[int]) -> Partners:
    """Return the partners of fictitious co-play: self-play from each seed, at three stages.

    Source: Strouse, McKee, Botvinick, Hughes and Everett 2021, section 3.
    """
    import jax

    if not seeds:
        raise InputError("co-play needs partners", place="population", found=0)
    members = [parameters for seed in seeds for parameters in stages(ppo, seed)]
    stacked: Any = jax.tree.map(lambda *arrays: jax.numpy.stack(arrays), *members)
    return Partners(ppo.network, stacked, len(members))
