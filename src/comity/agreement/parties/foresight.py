"""What a report would bring, as far as the one who makes it can foresee.

A party knows its own model, how unsure it is of it, and what it believes of the others' tastes. It
takes the others to report honestly what they see and to answer by the rules.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from comity.agreement.misreports.misreport import Scenario, lie_value
from comity.agreement.parties.protocol import Context
from comity.agreement.settle import Table
from comity.games import Game


def expected_payoff(context: Context, report: Game, *, refusals: bool = True) -> float:
    """Return what a report is worth to the party by its own model if others see what it sees.

    Without ``refusals`` nobody turns anything down, which tells which way a lie pays.
    """
    if not refusals:
        rules = dataclasses.replace(context.constitution, acceptance=())
        context = dataclasses.replace(context, constitution=rules)
    return lie_value(context.name, report, [_scenario(context, _same_view(context), 1.0)])


def imagined(context: Context, draws: int) -> list[Scenario]:
    """Return ways the others may be: its own view, with noise and beliefs where it states them.

    If each estimate is the truth plus noise of standard deviation sd, the difference of two has
    sd * sqrt(2). With neither noise nor beliefs there is one way.
    """
    if not context.party.uncertainty and not context.party.beliefs:
        return [_scenario(context, _same_view(context), 1.0)]
    rng = context.rng()
    return [
        _scenario(
            context, {name: _view(context, name, rng) for name in _others(context)}, 1 / draws
        )
        for _ in range(draws)
    ]


def _others(context: Context) -> list[str]:
    return [name for name in context.model.players if name != context.name]


def _same_view(context: Context) -> dict[str, Game]:
    return dict.fromkeys(_others(context), context.model)


def _scenario(context: Context, others: dict[str, Game], chance: float) -> Scenario:
    seen = {**others, context.name: context.model}
    models = {name: seen[name] for name in context.model.players}
    return Scenario(Table.seat(models, context.constitution, context.evidence), chance)


def _view(context: Context, other: str, rng: np.random.Generator) -> Game:
    """Return one way another may see the situation."""
    model = context.model
    for name, sd in context.party.uncertainty.items():
        if name in ("facts", f"tastes[{other}]"):
            values = model.blocks()[name].values
            noise = _noise(values, np.asarray(sd, dtype=float), rng)
            model = model.replace(name, values + np.sqrt(2) * noise)
    held = [belief for belief in context.party.beliefs if belief.about == other]
    if held:
        chances = np.array([belief.probability for belief in held])
        drawn = held[int(rng.choice(len(held), p=chances / chances.sum()))]
        model = model.replace(f"tastes[{other}]", drawn.values)
    return model


def _noise(values: np.ndarray, sd: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return one error per distinct estimate: cells that hold one number share its error."""
    _, same = np.unique(values, return_inverse=True)
    return rng.standard_normal(same.max() + 1)[same.ravel()] * np.broadcast_to(sd, values.shape)
