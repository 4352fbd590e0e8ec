"""Coins: people of one parameter, of whom everything can be worked out by quadrature."""

from collections.abc import Callable

import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import Explanation, Parameter, Procedure, error_rate, explain


@pytest.fixture(scope="session")
def coin() -> Explanation:
    """The first of two options with a chance of its own: one parameter, and no motive."""

    def choose(view, heads):
        return jnp.log(jnp.stack([heads, 1 - heads]))

    heads = Parameter("heads", "chance of the first option", 0.0, 1.0, typical=(0.2, 0.8))
    return Explanation(explain().motive, Procedure("coin", choose, (heads,), uses_motive=False))


@pytest.fixture(scope="session")
def tosses() -> Callable[[list[tuple[int, int]]], Evidence]:
    """A table of people who took the first and the second of two options so many times."""

    def make(counts: list[tuple[int, int]]) -> Evidence:
        options = (Situation(("heads", "tails"), [[1.0], [0.0]]),)
        person = np.repeat(np.arange(len(counts)), [sum(pair) for pair in counts])
        choice = np.concatenate([np.repeat([0, 1], pair) for pair in counts])
        names = tuple(f"person {p}" for p in range(len(counts)))
        return Evidence(options, names, person, np.zeros(len(person), int), choice)

    return make


@pytest.fixture(scope="session")
def learner() -> Explanation:
    """Who does what the other did last, but for errors: one parameter, and it looks back."""

    def choose(view, state, error):
        first = jnp.where(state == 0, 1 - error, error)
        return jnp.log(jnp.stack([first, 1 - first]))

    copy = Procedure(
        "copy",
        choose,
        (error_rate(),),
        start=lambda view, error: jnp.asarray(0),
        update=lambda state, view, own, others, error: others,
        uses_motive=False,
    )
    return Explanation(explain().motive, copy)


@pytest.fixture(scope="session")
def sequences() -> Evidence:
    """Two people who play four sequences of three rounds each against somebody."""
    dilemma = Situation(("c", "d"), [[[3, 3], [0, 5]], [[5, 0], [1, 1]]], menus=(("c", "d"),))
    rng, rows = np.random.default_rng(2), np.arange(24)
    return Evidence(
        (dilemma,),
        ("a", "b"),
        rows // 12,
        np.zeros(24, int),
        rng.integers(2, size=24),
        sequence=rows // 3,
        order=rows,
        others=rng.integers(2, size=24),
    )
