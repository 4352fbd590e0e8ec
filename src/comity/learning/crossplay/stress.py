"""The fixed-policy stress test: what is lost with a partner that does not stay as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.certified import Certified
from comity.core.errors import InputError
from comity.core.randomness import spawn_seeds
from comity.core.results import Result
from comity.learning.crossplay.disturbed import Disturbance, Disturbed, standard_disturbances
from comity.learning.environments.protocol import Environment
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy

GAMES = 400


@dataclass(frozen=True)
class Strain(Result):
    """What one disturbance of a partner costs one agent.

    Attributes
    ----------
    agent, partner, disturbance : names.
    undisturbed, disturbed : the agent's mean scores; intervals over games.
    loss : the first less the second.
    """

    agent: str
    partner: str
    disturbance: str
    undisturbed: Certified
    disturbed: Certified
    loss: Certified


@dataclass(frozen=True, eq=False)
class Stress(Result):
    """Losses of all agents under all disturbances.

    Attributes
    ----------
    strains : one for each agent and disturbance.
    words : what each disturbance is.
    fixed : agents that take a partner's policy for fixed, as far as that is stated.
    """

    environment: str
    variant: Mapping[str, Any]
    strains: tuple[Strain, ...]
    words: Mapping[str, str]
    fixed: tuple[str, ...]
    games: int
    seed: int
    assumptions: tuple[str, ...] = (
        "The agent takes each seat in turn, the partner all others; scores are the agent's.",
        "Intervals are normal, over games; they say nothing of agents from other seeds.",
        "Agents start each game afresh: what is measured is adapting within a game.",
    )


def stress_test(
    agents: Sequence[Policy],
    partner: Policy,
    *,
    environment: Environment,
    other: Policy | None = None,
    disturbances: Sequence[Disturbance] | None = None,
    fixed: Sequence[str] = (),
    games: int = GAMES,
    seed: int = 0,
    level: float = 0.95,
) -> Stress:
    """Return what agents lose when a partner errs, drifts, hands over or is edited in a game.

    Put agents that take a partner's policy for fixed beside agents that do not: both may do as
    well with the partner as it is, and differ once it changes.

    Parameters
    ----------
    other : the policy that takes over in disturbances that hand over.
    disturbances : `standard_disturbances` unless given.
    fixed : names of agents that assume a fixed partner, to tell them apart in the result.

    Source: the question is that of Flint 2021: what becomes of methods that model another agent
    as one fixed policy, when it can be changed or replaced.
    """
    if not agents:
        raise InputError("nobody to test", place="agents", expected="an agent or more")
    typical = _typical_length(environment, partner, seed)
    chosen = disturbances or standard_disturbances(typical, other is not None)
    strains = []
    for agent in agents:
        calm = _scores(environment, agent, partner, games, seed)
        for disturbance in chosen:
            changed = Disturbed(partner, disturbance, other)
            rough = _scores(environment, agent, changed, games, seed)
            strains.append(_strain(agent, partner, disturbance, calm, rough, level))
    return Stress(
        environment=environment.name,
        variant=dict(environment.variant),
        strains=tuple(strains),
        words={one.name: one.words for one in chosen},
        fixed=tuple(fixed),
        games=games,
        seed=seed,
    )


def _typical_length(environment: Environment, partner: Policy, seed: int) -> int:
    """Return how long games of the partner with itself usually are."""
    seats = len(environment.shape.players)
    return int(np.median(play(environment, [partner] * seats, 32, seed).lengths))


def _scores(
    environment: Environment, agent: Policy, partner: Policy, games: int, seed: int
) -> np.ndarray:
    """Return the agent's scores, the same starts for every partner; over all seats."""
    seats = len(environment.shape.players)
    found = []
    for seat, draw in enumerate(spawn_seeds(seed, seats)):
        lineup = [agent if place == seat else partner for place in range(seats)]
        found.append(play(environment, lineup, games, draw).scores[:, seat])
    return np.concatenate(found)


def _strain(
    agent: Policy,
    partner: Policy,
    disturbance: Disturbance,
    calm: np.ndarray,
    rough: np.ndarray,
    level: float,
) -> Strain:
    return Strain(
        agent.name,
        partner.name,
        disturbance.name,
        _mean(calm, level),
        _mean(rough, level),
        _mean(calm - rough, level),
    )


def _mean(samples: np.ndarray, level: float) -> Certified:
    from scipy.stats import norm

    mean, count = float(samples.mean()), len(samples)
    error = float(samples.std(ddof=1)) / np.sqrt(count) if count > 1 else 0.0
    half = float(norm.ppf(0.5 + level / 2)) * error
    method = f"normal interval over {count} games"
    return Certified.estimate(mean, mean - half, mean + half, method, level)
