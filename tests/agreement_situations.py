"""Small situations with known answers, and random ones, for the tests of agreement."""

from __future__ import annotations

import numpy as np

from comity.cases import Case, Constitution, Party
from comity.games import Issue, Negotiation, NormalForm

CHICKEN = np.array([[[0.0, -1.5], [5.0, -5.0]], [[0.0, 2.0], [-1.0, -5.0]]])
"""Asymmetric chicken (Clifton 2020)."""


def chicken(table=CHICKEN, block="tastes"):
    """Asymmetric chicken; C is to swerve, D to go on."""
    return NormalForm.from_payoffs(table, ["A", "B"], [["C", "D"]] * 2, block=block)


def random_game(rng, shape=(3, 3), block="facts", bystanders=()):
    """A game with normal payoffs."""
    n = len(shape)
    names = ["A", "B", "C", "D"][:n]
    effects = rng.standard_normal((len(bystanders), *shape))
    table = rng.standard_normal((n, *shape))
    return NormalForm.from_payoffs(
        table, names, block=block, bystanders=bystanders, effects=effects
    )


def full_game(rng, players=2, states=2, bystanders=("Z",)):
    """A game with every kind of block: prior, two facts, weights, tastes, a bystander."""
    names = ("A", "B", "C", "D")[:players]
    affected, cells = players + len(bystanders), 2**players
    return NormalForm(
        players=names,
        bystanders=tuple(bystanders),
        actions=(("C", "D"),) * players,
        states=tuple(f"s{k}" for k in range(states)),
        quantities=("fish", "smoke"),
        prior=rng.dirichlet(np.ones(states)),
        facts=rng.standard_normal((2, states, cells)),
        weights=rng.standard_normal((affected, 2)),
        tastes=rng.standard_normal((affected, states, cells)),
    )


def random_negotiation(rng, counts=(3, 4), players=2, reservation=0.0):
    """An additive negotiation with uniform values."""
    issues = [Issue(f"issue {j}", tuple(map(str, range(c)))) for j, c in enumerate(counts)]
    values = {
        name: {issue.name: rng.random(len(issue.options)) for issue in issues}
        for name in "ABCD"[:players]
    }
    return Negotiation.additive(list("ABCD"[:players]), issues, values, reservation=reservation)


def case_of(models, **rules):
    """The Case of these models in the order of players, under these rules."""
    names = models[0].players
    if not isinstance(models[0], NormalForm):
        rules = {"default": "no-deal", "disagreement": "no-deal", **rules}
    evidence = rules.pop("evidence", ())
    parties = tuple(Party(name, model) for name, model in zip(names, models, strict=True))
    return Case("a test", parties, Constitution(**rules), evidence=tuple(evidence))
