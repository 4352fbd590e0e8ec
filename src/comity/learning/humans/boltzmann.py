"""People as noisy planners: the fewer steps an action costs, the likelier it is.

A cook pursues the errand of `errands`. With chance ``waiting`` it does nothing; otherwise it takes
an action with chance in proportion to ``exp(-rationality * steps)``, the steps its errand takes if
it begins so.

Source: Boltzmann rationality as in Luce 1959; Baker, Saxe and Tenenbaum 2009 for planning. The
waiting is ours: the cooks of 2019 moved in 42 of 100 steps of 150 milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.certified import Certified
from comity.core.errors import InputError, SolverError
from comity.core.randomness import Rng, as_generator
from comity.core.results import Result
from comity.learning.environments.overcooked.errands import Plan, costs_all, plan_of
from comity.learning.environments.overcooked.kitchen import Kitchen
from comity.learning.environments.overcooked.rules import ACTIONS, STAY, Position
from comity.learning.environments.protocol import Environment
from comity.learning.humans.cloning import drawn
from comity.learning.humans.held_out import HeldOut, hold_out
from comity.learning.humans.samples import Samples
from comity.learning.policies.protocol import Kind, View


@dataclass(eq=False)
class PlannerMemory:
    """The plan of the kitchen, and chance."""

    plan: Plan
    rng: np.random.Generator


@dataclass(frozen=True)
class BoltzmannCook:
    """A policy that plans as `GreedyCook` does, acts on it only so often, and waits now and then.

    Attributes
    ----------
    rationality : how much less likely a step more makes an action, in nats.
    waiting : chance to do nothing, whatever the plan.

    Unless stated, both are those of `fit_boltzmann` for the 16 pairs of Carroll et al. 2019.
    """

    rationality: float = 1.58
    waiting: float = 0.51
    kind: Kind = "human model"

    def __post_init__(self) -> None:
        if not 0 <= self.rationality < np.inf or not 0 <= self.waiting < 1:
            raise InputError(
                "not a planner",
                place="rationality, waiting",
                found=(self.rationality, self.waiting),
                expected="0 or more; 0 to below 1",
            )

    @property
    def name(self) -> str:
        """Name in tables."""
        return f"Boltzmann planner {self.rationality:.3g}, waits {self.waiting:.2f}"

    def begin(self, environment: Environment, player: int, size: int, rng: Any) -> PlannerMemory:
        """Return the plan of the kitchen, or raise `InputError` where there is none."""
        del player, size
        if not isinstance(environment, Kitchen):
            raise InputError("plays Overcooked only", place="environment", found=environment.name)
        return PlannerMemory(plan_of(environment.rules), as_generator(rng))

    def act(self, memory: PlannerMemory, view: View) -> tuple[np.ndarray, PlannerMemory]:
        """Return an action of each game."""
        now = Position(*(np.asarray(part) for part in view.state.now))
        costs = np.empty((len(now.cooks), len(ACTIONS)), np.int64)
        costs_all(now, view.player, memory.plan, costs)
        return drawn(chances(costs, self.rationality, self.waiting), memory.rng), memory

    def forget(self, memory: PlannerMemory, done: Any, rng: Any) -> PlannerMemory:
        """Return the memory as it is."""
        del done, rng
        return memory


@dataclass(frozen=True, eq=False)
class BoltzmannFit(Result):
    """A planner fitted to people.

    Attributes
    ----------
    cook : the policy.
    rationality, waiting : with intervals that resample pairs.
    log_likelihood : mean of a choice, in the data it was fitted to.
    held_out : how such planners foretell pairs they were not fitted to.
    """

    cook: BoltzmannCook
    rationality: Certified
    waiting: Certified
    log_likelihood: float
    held_out: HeldOut


def chances(costs: np.ndarray, rationality: float, waiting: float) -> np.ndarray:
    """Return the chance of each action, shape (N, 6), from the steps that each would cost."""
    weights = np.exp(-rationality * (costs - costs.min(axis=1, keepdims=True)))
    acts = (1 - waiting) * weights / weights.sum(axis=1, keepdims=True)
    acts[:, STAY] += waiting
    found: np.ndarray = acts
    return found


def fit_boltzmann(
    choices: Samples, folds: int = 4, resamples: int = 200, rng: Rng = 0
) -> BoltzmannFit:
    """Return the planner under which what people did is likeliest, and how sure that is.

    Intervals of 95% by resampling pairs; the likelihood depends on few patterns of costs, so each
    refit takes milliseconds.
    """
    random = as_generator(rng)
    table = _Patterns.of(choices)
    best = table.fit(table.counts.sum(axis=0))
    pairs = len(table.counts)
    again = np.array(
        [
            table.fit(table.counts[random.integers(pairs, size=pairs)].sum(axis=0))
            for _ in range(resamples)
        ]
    )
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    method = f"maximum likelihood; {resamples} resamples of {pairs} pairs"
    held = hold_out(choices, _foretell, folds, int(random.integers(2**31)))
    rationality, waiting = (
        Certified.estimate(best[place], low[place], high[place], method) for place in (0, 1)
    )
    return BoltzmannFit(
        BoltzmannCook(float(best[0]), float(best[1])),
        rationality,
        waiting,
        table.log_likelihood(best, table.counts.sum(axis=0)) / len(choices.actions),
        held,
    )


def _foretell(choices: Samples) -> Any:
    table = _Patterns.of(choices)
    best = table.fit(table.counts.sum(axis=0))
    return lambda others: np.log(chances(others.costs, *best) + 1e-12)


@dataclass(frozen=True, eq=False)
class _Patterns:
    """Different rows of relative costs, and how often each pair took each action at each."""

    costs: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, choices: Samples) -> _Patterns:
        relative = choices.costs - choices.costs.min(axis=1, keepdims=True)
        rows, place = np.unique(relative, axis=0, return_inverse=True)
        names, pair = np.unique(choices.pairs.astype(str), return_inverse=True)
        counts = np.zeros((len(names), len(rows), len(ACTIONS)))
        np.add.at(counts, (pair, place.ravel(), choices.actions), 1)
        return cls(rows, counts)

    def log_likelihood(self, parameters: np.ndarray, counts: np.ndarray) -> float:
        return float((counts * np.log(chances(self.costs, *parameters) + 1e-300)).sum())

    def fit(self, counts: np.ndarray) -> np.ndarray:
        from scipy.optimize import minimize

        def loss(free: np.ndarray) -> float:
            return -self.log_likelihood(_bounded(free), counts) / counts.sum()

        found = minimize(loss, np.zeros(2), method="Nelder-Mead", options={"fatol": 1e-10})
        if not found.success:
            raise SolverError(f"no planner found: {found.message}", place="choices")
        return _bounded(found.x)


def _bounded(free: np.ndarray) -> np.ndarray:
    """Return rationality above 0 and waiting between 0 and 1 from two free numbers."""
    bounded: np.ndarray = np.array([np.exp(free[0]), 1 / (1 + np.exp(-free[1]))])
    return bounded
