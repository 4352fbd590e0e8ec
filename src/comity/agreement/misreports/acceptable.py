"""The most a party could get over everything that the others would accept.

Whatever a party reports, the play is a lottery over outcomes that every other party accepts by its
own model, and some rules of acceptance are floors on what it is then worth to them. The best
lottery above the floors is a linear program over outcomes; its dual prices turn one `best_plan`
into a bound that no rounding of the solver can spoil.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from comity.agreement.acceptance import SLACK
from comity.agreement.defaults import default_payoffs, disagreement_point
from comity.agreement.models.divergence import decision_loss
from comity.agreement.settle import Table
from comity.agreement.solution import BARGAINING
from comity.cases import AcceptanceRule
from comity.core import Certified, InputError
from comity.games import Game, Negotiation, NormalForm, Plan
from comity.solutions.simplex import best_chances

MAX_COLUMNS = 200
PENALTY = 1e4
"""Price, in payoff ranges, at which the master may miss a floor; beyond it the bound is loose."""


def each_by_its_own(models: Mapping[str, Game]) -> Game:
    """Return the game in which every outcome is worth to each what its own model says."""
    first = next(iter(models.values()))
    if isinstance(first, NormalForm):
        tables = [m.table[i] for i, m in enumerate(models.values()) if isinstance(m, NormalForm)]
        return NormalForm.from_payoffs(np.stack(tables), first.players, first.actions)
    if not isinstance(first, Negotiation):
        raise InputError("no own-model payoffs for this kind of game", found=type(first).__name__)
    rows = first.values.copy()
    reservation = first.reservation.copy()
    for i, model in enumerate(models.values()):
        assert isinstance(model, Negotiation)
        rows[i], reservation[i] = model.values[i], model.reservation[i]
    return dataclasses.replace(
        first,
        states=("always",),
        quantities=(),
        prior=np.ones(1),
        facts=np.zeros((0, 1, rows.shape[1])),
        weights=np.zeros((len(rows), 0)),
        tastes=rows[:, None, :],
        reservation=reservation,
    )


def floors(table: Table, player: str) -> np.ndarray:
    """Return the least each other party accepts by its own model, -inf where nothing says.

    The gain rule and the decision divergence are such floors; a public one only while the report
    it is judged by stays the party's own. Where a party's own report settles what it can secure
    (own tastes, no shared facts or states), bargaining keeps to that as well.
    """
    found = np.full(len(table.models), -np.inf)
    for j, (name, model) in enumerate(table.models.items()):
        if name != player:
            limits = [_floor(table, rule, name, model) for rule in table.constitution.acceptance]
            found[j] = max([*limits, _secured(table, j, model)])
    return found


def _floor(table: Table, rule: AcceptanceRule, name: str, model: Game) -> float:
    j = table.names.index(name)
    room = rule.tolerance + SLACK * max(1.0, abs(rule.tolerance))
    if rule.rule == "gain":
        return float(default_payoffs(model, table.constitution)[j]) - room
    by_own_model = rule.rule == "private" or (rule.rule == "public" and not _swayed(table, model))
    if rule.divergence == "decision" and by_own_model:
        room += table.constitution.talk.tolerance_step * table.constitution.talk.rounds
        nothing = np.zeros(len(table.models))
        wanted = decision_loss(name, model, nothing, table.constitution, table.evidence)
        return wanted - room
    return -np.inf


def _swayed(table: Table, model: Game) -> bool:
    """Return whether talk moves a party's report towards those of others, so towards a liar's."""
    talk = table.constitution.talk
    revised = talk.revise > 0 or (talk.share_evidence and bool(table.evidence))
    return talk.rounds > 0 and revised and bool({"prior", "facts"} & set(model.blocks()))


def _secured(table: Table, j: int, model: Game) -> float:
    """Return what a party's own report secures it in bargaining, if nothing else bears on it."""
    rules = table.constitution
    alone = rules.tastes == "own" and not {"prior", "facts"} & set(model.blocks())
    bargains = all(notion in BARGAINING for notion in rules.solution)
    if not (alone and bargains) or rules.disagreement == "favourite-equilibrium":
        return -np.inf
    if rules.normalise and rules.disagreement == "point":
        return -np.inf
    point = float(disagreement_point(model, rules)[j])
    return point - SLACK * max(1.0, abs(point), float(np.abs(_range(model, j)).max()))


def _range(model: Game, player: int) -> np.ndarray:
    """Return the lowest and highest payoff of a player, shape (2,)."""
    unit = np.eye(len(model.players))[player]
    return np.array([-model.best_plan(-unit).upper_bound, model.best_plan(unit).upper_bound])


def best_acceptable(game: Game, player: int, limits: np.ndarray) -> Certified:
    """Return a bound on the player's payoff over lotteries that leave each other its floor.

    Column generation: a master program over the outcomes found so far gives prices; the outcome
    best at these prices is the next column and proves the bound (Dantzig and Wolfe 1960). The
    bound is -inf or very low where no lottery is acceptable.
    """
    n = len(game.players)
    bound_by = np.flatnonzero(np.isfinite(limits))
    if not len(bound_by):
        plan = game.best_plan(np.eye(n)[player])
        return Certified.upper(plan.upper_bound, "best outcome; nothing restrains it")
    scale = np.array([max(float(np.ptp(_range(game, i))), 1e-12) for i in range(n)])
    plans = [game.best_plan(np.eye(n)[i]) for i in (player, *bound_by)]
    bound = plans[0].upper_bound
    for _ in range(MAX_COLUMNS):
        value, prices = _master(plans, player, bound_by, limits, scale)
        weights = np.eye(n)[player] + prices
        plan = game.best_plan(weights)
        bound = min(bound, plan.upper_bound - float(prices[bound_by] @ limits[bound_by]))
        if bound - value <= 1e-10 * scale[player] or _known(plan, plans):
            break
        plans.append(plan)
    words = f"best lottery above the floors of the others, {len(plans)} columns, dual bound"
    return Certified.upper(bound, words)


def _known(plan: Plan, plans: list[Plan]) -> bool:
    return any(plan.outcome == other.outcome for other in plans)


def _master(
    plans: list[Plan], player: int, bound_by: np.ndarray, limits: np.ndarray, scale: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return the value of the best mixture of plans and the price of each floor, shape (n,)."""
    points = np.array([plan.payoffs for plan in plans])
    m, k = len(points), len(bound_by)
    goal = np.concatenate([points[:, player] / scale[player], np.full(k, -PENALTY)])
    above = (points[:, bound_by] - limits[bound_by]) / scale[bound_by]
    rows = -np.hstack([above.T, np.eye(k)])
    found = best_chances(goal, rows, np.zeros(k), m)
    value, duals = (float(goal @ found.x), found.prices) if found else _solver(goal, rows, m)
    prices = np.zeros(points.shape[1])
    prices[bound_by] = duals * scale[player] / scale[bound_by]
    return value * float(scale[player]), prices


def _solver(goal: np.ndarray, rows: np.ndarray, count: int) -> tuple[float, np.ndarray]:
    """Return value and prices by a general solver."""
    from scipy.optimize import linprog

    k, size = rows.shape
    found = linprog(
        -goal,
        A_ub=rows,
        b_ub=np.zeros(k),
        A_eq=(np.arange(size) < count).astype(float)[None],
        b_eq=[1.0],
        method="highs",
    )
    if found.x is None:
        return -np.inf, np.zeros(k)
    return float(-found.fun), np.maximum(-found.ineqlin.marginals, 0.0)
