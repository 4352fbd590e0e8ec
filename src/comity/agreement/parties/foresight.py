"""What a report would bring, as far as the one who makes it can foresee.

A party knows its own model and how unsure it is; it takes the others to report honestly what they
see, which is its own view plus noise, and to answer by the rules.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from comity.agreement.acceptance import decide
from comity.agreement.defaults import actual_default, play_payoffs
from comity.agreement.parties.protocol import Context
from comity.agreement.proposal import Proposal, propose
from comity.cases import Constitution
from comity.games import Game


def expected_payoff(
    context: Context,
    report: Game,
    others: Sequence[Mapping[str, Game]] | None = None,
    *,
    answer: bool = False,
) -> float:
    """Return what a report is worth to the party by its own model, averaged over ``others``.

    Each of ``others`` maps the other parties to what they see and say; by default all see what
    it sees. With ``answer`` they refuse by the constitution's rules, and so may the party where
    the play is worth less to it than its default.
    """
    cases = others if others is not None else [expected_others(context)]
    return float(np.mean([_payoff(context, report, models, answer) for models in cases]))


def expected_others(context: Context) -> dict[str, Game]:
    """Return what the others see if they see what the party sees."""
    return {name: context.model for name in context.model.players if name != context.name}


def sampled_others(context: Context, draws: int) -> list[dict[str, Game]]:
    """Return what the others may see: its own view plus the noise of both sides.

    If each estimate is the truth plus noise of standard deviation sd, the difference of two has
    sd * sqrt(2). Without stated uncertainty there is one case, its own view.
    """
    if not context.party.uncertainty:
        return [expected_others(context)]
    rng = context.rng()
    return [{name: _noisy(context, rng) for name in expected_others(context)} for _ in range(draws)]


def _noisy(context: Context, rng: np.random.Generator) -> Game:
    model = context.model
    for name, sd in context.party.uncertainty.items():
        if name == "prior":
            continue
        values = model.blocks()[name].values
        noise = _noise(values, np.asarray(sd, dtype=float), rng)
        model = model.replace(name, values + np.sqrt(2) * noise)
    return model


def _noise(values: np.ndarray, sd: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return one error per distinct estimate: cells that hold one number share its error."""
    _, same = np.unique(values, return_inverse=True)
    return rng.standard_normal(same.max() + 1)[same.ravel()] * np.broadcast_to(sd, values.shape)


def _payoff(context: Context, report: Game, others: Mapping[str, Game], answer: bool) -> float:
    reports = {**others, context.name: report}
    rules = context.constitution
    proposal = propose(reports, rules, context.evidence)
    models = {**others, context.name: context.model}
    default = play_payoffs(context.model, actual_default(models, rules))[context.place]
    play = proposal.solution.play
    if play is None:
        return float(default)
    worth = float(context.model.payoffs(play)[context.place])
    if not answer:
        return worth
    if worth < default or not _accepted(context, proposal_rules(rules), proposal, models):
        return float(default)
    return worth


def proposal_rules(constitution: Constitution) -> Constitution:
    """Return the constitution without talk, of which foresight looks at the first round only."""
    return dataclasses.replace(constitution, talk=type(constitution.talk)())


def _accepted(
    context: Context, rules: Constitution, proposal: Proposal, models: Mapping[str, Game]
) -> bool:
    return all(
        decide(name, model, proposal, rules, context.evidence).accepts
        for name, model in models.items()
        if name != context.name
    )
