"""Designs that the tests of inference share."""

from collections.abc import Callable

import numpy as np
import pytest

from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import Explanation, Motive, Parameter, explain


@pytest.fixture(scope="session")
def allocations() -> Callable[..., Evidence]:
    """A table in which each person chooses once in each of some random pairs of allocations."""

    def make(people: int, situations: int = 24, seed: int = 3, size: float = 10.0) -> Evidence:
        rng = np.random.default_rng(seed)
        pairs = rng.uniform(0, size, size=(situations, 2, 2)).round(2)
        seen = tuple(Situation(("x", "y"), pair) for pair in pairs)
        person = np.repeat(np.arange(people), situations)
        names = tuple(f"person {p}" for p in range(people))
        rounds = np.tile(np.arange(situations), people)
        return Evidence(seen, names, person, rounds, np.zeros(len(person), int))

    return make


@pytest.fixture(scope="session")
def altruism() -> Explanation:
    """One's own payoff and a share of the other's, chosen by logit: two parameters."""
    share = Parameter("share", "weight on the other")

    def utility(payoffs, role, history, beliefs, share):
        return payoffs[..., role] + share * payoffs[..., 1 - role]

    return Explanation(Motive("altruism", utility, (share,)), explain().procedure)
