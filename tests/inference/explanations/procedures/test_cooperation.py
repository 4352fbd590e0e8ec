"""Which options cooperate: by place unless marked, whatever the numbers of options."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.explanations.motives.own_payoff import OWN_PAYOFF
from comity.inference.explanations.procedure import View
from comity.inference.explanations.procedures.cooperation import (
    cooperative_contingencies,
    cooperative_options,
    log_cooperate,
    outcome,
)


def view(options, present=(True, True), **history):
    """A view of a situation of which only the marks matter."""
    marks = {name: jnp.asarray(value, float) for name, value in history.items()}
    shape = (len(options), len(present))
    return View(
        jnp.zeros((*shape, 2)),
        jnp.asarray(options),
        jnp.full(len(present), 0.5),
        jnp.asarray(present),
        (len(present),),
        marks,
        {},
        OWN_PAYOFF,
        {},
    )


def test_the_first_cooperates_unless_marked():
    assert cooperative_options(view([True, True])).tolist() == [True, False]
    assert cooperative_contingencies(view([True, True])).tolist() == [True, False]
    marked = view([True, True, False], cooperative=[[0], [1], [0]], others_cooperative=[[0, 1]])
    assert cooperative_options(marked).tolist() == [False, True, False]
    assert cooperative_contingencies(marked).tolist() == [False, True]


@pytest.mark.parametrize(
    ("own", "others", "expected"), [(0, 0, 0), (0, 1, 1), (1, 0, 2), (1, 1, 3)]
)
def test_outcomes(own, others, expected):
    assert int(outcome(view([True, True]), own, others)) == expected


@pytest.mark.parametrize(
    ("options", "marks", "expected"),
    [
        ([True, True], [1, 0], [0.7, 0.3]),
        ([True, True, True, False], [1, 1, 0, 0], [0.35, 0.35, 0.3, 0]),
        ([True, True], [1, 1], [0.5, 0.5]),
        ([True, False], [1, 0], [1, 0]),
    ],
)
def test_chances(options, marks, expected):
    seen = view(options, cooperative=np.array(marks)[:, None])
    np.testing.assert_allclose(np.exp(log_cooperate(seen, 0.7)), expected, rtol=1e-6)
