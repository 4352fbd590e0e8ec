"""Likelihoods of people by type, against the explanations themselves and small differences."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.blend import make_blend
from comity.inference.estimation.likelihood import natural, prepare
from comity.inference.explanations import Explanation, Parameter, Procedure, error_rate, explain
from comity.inference.explanations.simulate import simulate

SELFISH = explain("own-payoff", "logit")
STEADY = Explanation(
    SELFISH.motive,
    Procedure(
        "steady",
        lambda view, state, error: jnp.log(jnp.where(jnp.arange(2) == state, 1 - error, error)),
        (error_rate(),),
        start=lambda view, error: jnp.asarray(0),
        update=lambda state, view, own, others, error: own,
        uses_motive=False,
    ),
)
"""Do as before, but for errors: a procedure that looks back."""


@pytest.fixture(scope="module")
def chosen(allocations, altruism):
    """Six people, of whom the last decided nothing."""
    table = simulate(altruism, {"share": 0.2, "sensitivity": 0.3}, allocations(6, 10), 1)
    return table.subset(table.person < 5)


@pytest.fixture(scope="module")
def blend(chosen, altruism):
    batch, _, scale = prepare(altruism, chosen)
    types = (altruism, SELFISH.with_fixed(sensitivity=0.2), STEADY, altruism)
    return make_blend(types, ("share",), batch, scale)


VALUES = np.array([[0.1, 0.5, -1.0, 0.9], [0.4, 0.0, -2.0, 0.2], [0.0, 1.0, 0.3, 0.1]])


def test_parameters_that_types_share_stand_once(blend):
    assert [p.name for p in blend.parameters] == ["share", "sensitivity", "error", "sensitivity"]
    assert blend.owners == (-1, 0, 2, 3)
    assert [list(p) for p in blend.positions] == [[0, 1], [], [2], [0, 3]]
    np.testing.assert_array_equal(blend.live, [True] * 5 + [False])


def test_every_person_as_every_type_is_what_the_explanation_says(blend, chosen):
    found = blend.by_type(VALUES)
    assert found.shape == (3, 6, 4)
    rows = np.arange(len(chosen))
    for s, point in enumerate(VALUES):
        for t, explanation in enumerate(blend.explanations):
            own = natural(explanation, point[blend.positions[t]], blend.scale)
            chances = explanation.predict(own, chosen)[rows, chosen.choice]
            sums = np.bincount(chosen.person, np.log(chances), minlength=6)
            np.testing.assert_allclose(found[s, :, t], sums, rtol=1e-10)


def test_slopes_are_those_of_small_differences(blend):
    found = blend.slopes(VALUES)
    assert found.shape == (3, 6, 4, 4)
    for k, step in enumerate(np.eye(4) * 1e-5):
        change = (blend.by_type(VALUES + step) - blend.by_type(VALUES - step)) / 2e-5
        np.testing.assert_allclose(found[..., k], change, atol=1e-7)


def test_weighed_sums_have_the_curvature_of_small_differences(blend, rng):
    weights = rng.dirichlet(np.ones(4), size=(3, 6))
    gradient, hessian = blend.weighed(VALUES, weights)
    slopes = np.einsum("spt,sptk->sk", weights, blend.slopes(VALUES))
    np.testing.assert_allclose(gradient, slopes, atol=1e-10)
    for k, step in enumerate(np.eye(4) * 1e-5):
        above, below = (blend.slopes(VALUES + side * step) for side in (1, -1))
        change = np.einsum("spt,sptk->sk", weights, above - below) / 2e-5
        np.testing.assert_allclose(hessian[:, k], change, atol=1e-6)


def test_log_shares_are_those_of_the_log_odds(blend):
    points = np.concatenate([VALUES, np.log([[2.0, 3.0, 4.0]] * 3)], axis=1)
    values, shares = blend.split(points)
    np.testing.assert_array_equal(values, VALUES)
    np.testing.assert_allclose(np.exp(shares[0]), [0.1, 0.2, 0.3, 0.4])


def test_only_what_types_have_can_be_shared(chosen, altruism):
    batch, _, scale = prepare(altruism, chosen)
    with pytest.raises(InputError, match="no type has this parameter"):
        make_blend((altruism, altruism), ("greed",), batch, scale)
    share = Parameter("share", "chance", 0.0, 1.0, typical=(0.1, 0.2))
    odd = Explanation(SELFISH.motive, Procedure("odd", lambda view, share: 0.0, (share,)))
    with pytest.raises(InputError, match="one name for different things"):
        make_blend((altruism, odd), ("share",), batch, scale)
