"""The best an assistant can do, exactly: alpha-vectors by the generalised Bellman update."""

from __future__ import annotations

import dataclasses

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import RATIONAL, Procedure
from comity.assistance.solving.backup import Update, backup_depth, solve_layers
from comity.assistance.solving.hidden import Hidden, check_covered, one_person
from comity.assistance.solving.plans import PlanAssistant
from comity.assistance.solving.results import Solved
from comity.assistance.solving.steps import ERROR, reward_range, steps_for, tail
from comity.core import Certified, InputError, SizeError

TOLERANCE = 1e-10
"""What one pruning may lose, as a share of the range of rewards."""


def solve_assistance(
    game: AssistanceGame | Hidden,
    procedure: Procedure = RATIONAL,
    *,
    error: float = ERROR,
    prune: bool | None = None,
) -> Solved:
    """Return an assistant's best plan for a person who acts by a procedure.

    Parameters
    ----------
    game : a game, or the hidden types of one (`unsure`).
    procedure : how the person acts; the rational reply to the plan unless given.
    error : to which a game without end is solved, as a share of the range of values.
    prune : whether plans of no use at any belief are left out. For a noisy reply that is a short
        cut: the value then is a lower bound and that of a rational person the upper one. By default
        it is taken only where not all plans can be held.

    The assistant commits itself to the plan and the person knows it, where it replies to it at all.
    A plan draws no lots: only against a noisy reply could secret ones be worth more.
    Source: Malik et al. (2018), *An Efficient, Generalized Bellman Update for Cooperative Inverse
    Reinforcement Learning*. Exponential in the steps at worst, as every exact solution
    is. Raises `SizeError` where too many plans would be held.

    Examples
    --------
    >>> from comity.assistance.games import catalogue_game
    >>> solve_assistance(catalogue_game("cake-or-pie")).value.kind
    'exact'
    """
    hidden = game if isinstance(game, Hidden) else one_person(game, procedure)
    if not (np.isfinite(error) and error > 0):
        raise InputError("out of range", place="error", found=error, expected="above 0")
    check_covered(hidden)
    if hidden.exact or prune:
        return _solved(hidden, error, prune is not False)
    try:
        return _solved(hidden, error, prune=False)
    except SizeError:
        if prune is False:
            raise
        return _solved(hidden, error, prune=True)


def _solved(hidden: Hidden, error: float, prune: bool) -> Solved:
    game = hidden.game
    steps = steps_for(game, error)
    low, high = reward_range(hidden)
    tolerance = TOLERANCE * max(high - low, 1e-300)
    update = Update(hidden, tolerance, prune)
    layers = solve_layers(update, steps)
    assistant = PlanAssistant(hidden, layers, steps)
    at = assistant.begin()
    worth = layers[steps][game.start].vectors[at.plan]
    found = float(worth @ hidden.prior)
    lost = tolerance * backup_depth(hidden) * steps if prune else 0.0
    value, bound = _certified(hidden, found, lost, steps, prune, error)
    return Solved(
        game.title or "assistance game",
        ", ".join(dict.fromkeys(p.name for p in hidden.procedures)),
        value,
        bound,
        worth,
        sum(len(stage.useful) for layer in layers[1:] for stage in layer.values()),
        steps,
        "generalised Bellman update" + (", pruned with proofs" if prune else ", every plan kept"),
        assistant,
    )


def _certified(
    hidden: Hidden, found: float, lost: float, steps: int, prune: bool, error: float
) -> tuple[Certified, Certified]:
    """Return the value of the plan and the bound that holds for all plans."""
    if prune and not hidden.exact:
        better = _rational_bound(hidden, error)
        return (
            Certified.lower(found, "the best of the plans kept, its own value exact"),
            Certified.upper(better, "a person who never errs, under the best plan for it"),
        )
    rest = tail(hidden, steps)
    if rest == (0.0, 0.0):
        proof = f"alpha-vectors; what pruning may lose is below {lost:.1g}"
        return Certified.exact(found, proof), Certified.upper(found + lost, proof)
    covered = f"{steps} steps, and the most or least that all later ones can be worth"
    high = found + lost + rest[1]
    return Certified.lower(found + rest[0], covered), Certified.upper(high, covered)


def _rational_bound(hidden: Hidden, error: float) -> float:
    """Return what is best where every person that replies does so without error.

    The best action is worth at least as much as any average of actions, step by step.
    """
    sure = tuple(p if p.exact else RATIONAL for p in hidden.procedures)
    found = _solved(dataclasses.replace(hidden, procedures=sure), error, prune=True)
    return found.upper_bound.value
