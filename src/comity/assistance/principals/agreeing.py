"""An assistant that acts by an agreement among its principals, and says who loses by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.assistance.games.game import WAIT
from comity.assistance.principals.norms import Norm, under
from comity.assistance.principals.plan_set import PlanSet, bystander_values, principal_values
from comity.assistance.principals.shared import SharedGame
from comity.assistance.solving.baselines import Idle
from comity.assistance.solving.evaluate import Assistant
from comity.core import Certified, InputError, Result
from comity.solutions import Solution, bargain

NEGLIGIBLE = 1e-9
"""Share of the largest change below which nobody gains or loses."""


@dataclass(frozen=True)
class Helping(Result):
    """How one way to act serves one principal, and how it treats everybody else.

    Attributes
    ----------
    plan : the agreement, or for whom alone the plan was made.
    principal : whose help is measured.
    helped : gain over the default as a share of what a plan for it alone would gain; ``nan`` where
        nothing can be gained.
    others : what all others gain over the default, principals and bystanders, summed.
    worst : the least that one of the others gains, and who.
    """

    plan: str
    principal: str
    helped: float
    others: float
    worst: tuple[str, float]


@dataclass(frozen=True)
class SharedPlan(Result):
    """What an assistant does for several principals.

    Attributes
    ----------
    title : of the game.
    solution : the bargaining solution over lotteries of plans, from the default.
    principals, bystanders : names.
    payoffs, effects : of the agreement, shapes (n,) and (b,).
    default, default_effects : without an assistant, which waits; same shapes.
    losers : who falls below the default, and by how much.
    helping : for the agreement, and for plans made for one principal alone, how each helps its
        principal and how it treats the others: two different things.
    norms : names of those kept.
    norm_costs : shape (n,), what each principal would gain by giving them up; ``None`` without any.
    gap : duality gap of the solution.
    """

    title: str
    solution: Solution
    principals: tuple[str, ...]
    bystanders: tuple[str, ...]
    payoffs: np.ndarray
    effects: np.ndarray
    default: np.ndarray
    default_effects: np.ndarray
    losers: dict[str, float]
    helping: tuple[Helping, ...]
    norms: tuple[str, ...]
    norm_costs: np.ndarray | None
    gap: Certified


def agree_on_assistance(
    shared: SharedGame, solution: str = "nash", *, norms: Sequence[Norm] = ()
) -> SharedPlan:
    """Return what an assistant does by agreement among its principals.

    Parameters
    ----------
    shared : the game.
    solution : ``nash``, ``kalai-smorodinsky``, ``egalitarian`` (leximin) or ``utilitarian``.
    norms : what the assistant must not do.

    The default is an assistant that waits: nobody owes it to anybody to be worse off than without
    it. Bystanders have no say; what happens to them is shown. With one principal the agreement is
    the plan for it alone. Each corner of the payoff set is one exact solution. Raises `InputError`
    where the assistant has no action of waiting.
    """
    if WAIT not in shared.game.assistant_actions:
        raise InputError(
            "the default is to wait, and the assistant cannot",
            place="assistant",
            found=", ".join(shared.game.assistant_actions),
            expected=f"an action called {WAIT!r}",
        )
    kept = under(shared, norms)
    idle = Idle(kept.game)
    default, untouched = principal_values(kept, idle), bystander_values(kept, idle)
    plans = PlanSet(kept)
    found = _settled(plans, solution, default)
    payoffs, effects = _reached(kept, plans, found, default, untouched)
    costs = None
    if norms:
        costs = agree_on_assistance(shared, solution).payoffs - payoffs
    return SharedPlan(
        shared.game.title,
        found,
        shared.principals,
        shared.bystanders,
        payoffs,
        effects,
        default,
        untouched,
        _losers(shared, payoffs - default, effects - untouched),
        _helping(kept, plans, payoffs, effects, default, untouched),
        tuple(norm.name for norm in norms),
        costs,
        found.gap,
    )


def _settled(plans: PlanSet, solution: str, default: np.ndarray) -> Solution:
    if plans.n > 1:
        return bargain(plans, solution, default)
    best = plans.maximise(np.ones(1))
    gap = Certified.upper(best.upper_bound - float(best.payoffs[0]), "the plan for one principal")
    if best.payoffs[0] <= default[0]:
        return Solution(solution, "no gain", None, default, default, 0.0, gap, np.ones(1))
    worth = float(best.payoffs[0] - default[0])
    return Solution(solution, "optimal", best.play, best.payoffs, default, worth, gap, np.ones(1))


def _reached(
    shared: SharedGame,
    plans: PlanSet,
    found: Solution,
    default: np.ndarray,
    untouched: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return payoffs and effects of the agreed lottery, worked out again from its plans."""
    if found.play is None:
        return default, untouched
    lottery = found.play
    pairs = list(zip(lottery.outcomes, lottery.probabilities, strict=True))  # type: ignore[union-attr]
    payoffs = sum(p * plans.payoffs[k] for (k,), p in pairs)
    effects = sum(p * bystander_values(shared, plans.plans[k].assistant) for (k,), p in pairs)
    return np.asarray(payoffs), np.asarray(effects)


def _losers(shared: SharedGame, gains: np.ndarray, changes: np.ndarray) -> dict[str, float]:
    both = np.concatenate([gains, changes])
    size = float(np.abs(both).max(initial=0.0))
    names = (*shared.principals, *shared.bystanders)
    pairs = zip(names, both, strict=True)
    return {name: float(-x) for name, x in pairs if x < -NEGLIGIBLE * max(1.0, size)}


def _helping(
    shared: SharedGame,
    plans: PlanSet,
    payoffs: np.ndarray,
    effects: np.ndarray,
    default: np.ndarray,
    untouched: np.ndarray,
) -> tuple[Helping, ...]:
    alone = []
    for row in np.eye(plans.n):
        plan: Assistant = plans.solve(row).assistant
        alone.append((principal_values(shared, plan), bystander_values(shared, plan)))
    best = np.array([worth[i] for i, (worth, _) in enumerate(alone)]) - default
    found = []
    for i, name in enumerate(shared.principals):
        ways = (("the agreement", payoffs, effects), (f"for {name} alone", *alone[i]))
        for plan_name, worth, change in ways:
            gains = np.concatenate([worth - default, change - untouched])
            found.append(_helped(shared, plan_name, i, gains, float(best[i])))
    return tuple(found)


def _helped(shared: SharedGame, plan: str, i: int, gains: np.ndarray, most: float) -> Helping:
    names = (*shared.principals, *shared.bystanders)
    rest = {n: float(g) for k, (n, g) in enumerate(zip(names, gains, strict=True)) if k != i}
    worst = min(rest.items(), key=lambda pair: pair[1]) if rest else ("nobody", 0.0)
    helped = float(gains[i]) / most if most > NEGLIGIBLE else float("nan")
    return Helping(plan, shared.principals[i], helped, sum(rest.values()), worst)
