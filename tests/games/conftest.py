"""Small games that every test of this room may ask for."""

import numpy as np
import pytest

from comity.games import Constraint, Issue, Negotiation, NormalForm


def full_game(rng: np.random.Generator) -> NormalForm:
    """A game with everything: two states, two quantities, three players, one bystander."""
    shape = (2, 3, 2)
    return NormalForm(
        players=("Ana", "Bo", "Cy"),
        bystanders=("Dee",),
        actions=tuple(tuple(f"{i}{k}" for k in range(a)) for i, a in enumerate(shape)),
        states=("dry", "wet"),
        quantities=("flow", "cost"),
        prior=[0.25, 0.75],
        facts=rng.normal(size=(2, 2, 12)),
        weights=rng.normal(size=(4, 2)),
        tastes=rng.normal(size=(4, 2, 12)),
    )


def full_negotiation(rng: np.random.Generator, constrained: bool = True) -> Negotiation:
    """A negotiation with everything: two states, a quantity, a bystander, two constraints."""
    issues = (
        Issue.integers("water", 0, 3),
        Issue("rent", ("low", "high")),
        Issue("t", tuple("abc")),
    )
    limits = (
        Constraint([0, 1, 2, 3, 0, 2, 0, 0, 0], 4, "budget"),
        Constraint([0, 0, 0, 0, -1, 0, 0, 0, 1], 0, "no c without low rent"),
    )
    return Negotiation(
        players=("Ana", "Bo"),
        bystanders=("Dee",),
        issues=issues,
        states=("dry", "wet"),
        quantities=("flow",),
        prior=[0.5, 0.5],
        facts=rng.normal(size=(1, 2, 9)),
        weights=rng.normal(size=(3, 1)),
        tastes=rng.normal(size=(3, 2, 9)),
        reservation=[0.1, -0.2],
        discount=[0.9, 0.8],
        constraints=limits if constrained else (),
    )


@pytest.fixture
def game(rng):
    return full_game(rng)


@pytest.fixture
def negotiation(rng):
    return full_negotiation(rng)
