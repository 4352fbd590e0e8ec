"""The differentiable figures, against the plain sums and against finite differences."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from comity.core import InputError, SizeError
from comity.inference.design.information import expected_information
from comity.inference.design.objective import aims_of, check_space, objective
from comity.inference.design.space import DesignSpace, Variable
from comity.inference.design.value import value_of_information
from comity.inference.explanations import Explanation, Motive, explain
from comity.inference.explanations.member import Member
from comity.inference.numerics import x64
from comity.inference.shift.predictions import predict_members

SOCIAL, RECIPROCAL = explain("charness-rabin", "logit"), explain("bruhin-fehr-schunk", "logit")
SPACE = DesignSpace(
    ("a", "b", "c"),
    lambda x: jnp.array([[8.0, 2.0], [8.0 - x[0], 2.0 + x[1]], [5.0, 5.0 - x[0]]]),
    (Variable("price", 0, 4, 0.5), Variable("gain", 0, 8, 1)),
    history=lambda x: {"kind": jnp.array([0.0, 1.0, 0.0]) * x[1] / 8, "unkind": 0.0},
)
MEMBERS = [
    Member(SOCIAL, {"alpha": 0.1, "beta": 0.3, "sensitivity": 1.0}, "social"),
    Member(
        RECIPROCAL,
        {"alpha": 0.0, "beta": 0.1, "gamma": 0.4, "delta": 0.0, "sensitivity": 0.7},
        "reciprocal",
    ),
]
DRAWS = [np.array([[0.1, 0.3, 1.0], [0.0, 0.5, 0.8]]), None]
POINTS = np.array([[0.5, 7.0], [3.3, 2.2]])
PAYOFFS = np.array([[1.0, 0.0], [0.3, 0.8]])


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("payoffs", [None, PAYOFFS])
def test_figures_are_the_plain_sums(people, payoffs):
    aims = aims_of(MEMBERS, [0.3, 0.7], DRAWS, payoffs, people)
    with x64():
        found = jax.jit(jax.vmap(objective(SPACE, aims)))(jnp.asarray(POINTS))
    for x, figure in zip(POINTS, found, strict=True):
        asked = predict_members(MEMBERS, [SPACE.question(x)], draws=DRAWS)
        tables = [drawn[:, 0] for drawn in asked.drawn]
        if payoffs is None:
            plain = expected_information(tables, [0.3, 0.7], people).about_members.value
        else:
            plain = value_of_information(tables, payoffs, [0.3, 0.7], people).value.value
        assert float(figure) == pytest.approx(plain, abs=1e-10)


def test_parameters_count_where_they_are_asked_for():
    aims = aims_of(MEMBERS, [0.3, 0.7], DRAWS, people=2, parameters=True)
    with x64():
        found = float(jax.jit(objective(SPACE, aims))(jnp.asarray(POINTS[1])))
    asked = predict_members(MEMBERS, [SPACE.question(POINTS[1])], draws=DRAWS)
    plain = expected_information([drawn[:, 0] for drawn in asked.drawn], [0.3, 0.7], 2)
    assert found == pytest.approx(plain.about_members.value + plain.about_parameters.value)
    assert plain.about_parameters.value > 1e-4


def test_what_no_question_can_tell_has_neither_height_nor_slope():
    twins = [MEMBERS[0], Member(SOCIAL, MEMBERS[0].parameters, "twin")]
    with x64():
        f = jax.jit(jax.value_and_grad(objective(SPACE, aims_of(twins))))
        value, slope = f(jnp.asarray(POINTS[0]))
    assert float(value) == pytest.approx(0, abs=1e-15)
    assert np.asarray(slope) == pytest.approx(np.zeros(2), abs=1e-12)


def test_gradients_are_those_of_finite_differences():
    aims = aims_of(MEMBERS, None, DRAWS, people=2)
    with x64():
        f = jax.jit(objective(SPACE, aims))
        slope = np.asarray(jax.grad(f)(jnp.asarray(POINTS[0])))
        for k in range(2):
            step = np.zeros(2)
            step[k] = 1e-5
            up, down = f(jnp.asarray(POINTS[0] + step)), f(jnp.asarray(POINTS[0] - step))
            assert slope[k] == pytest.approx(float(up - down) / 2e-5, rel=1e-6)
    assert np.abs(slope).min() > 1e-4


def test_options_that_are_never_chosen_leave_gradients_finite():
    steep = [
        Member(SOCIAL, {"alpha": 0.0, "beta": b, "sensitivity": 5000.0}, f"{b}") for b in (0, 0.4)
    ]
    with x64():
        f = objective(SPACE, aims_of(steep))
        value, slope = jax.jit(jax.value_and_grad(f))(jnp.asarray([1.0, 8.0]))
    assert np.isfinite(slope).all()
    assert 0 <= float(value) <= np.log(2) + 1e-12


def test_bad_input_is_refused():
    with pytest.raises(SizeError, match="answers"):
        objective(SPACE, aims_of(MEMBERS, people=500))
    needy = Explanation(
        Motive(
            "needy", lambda payoffs, role, history, beliefs: payoffs[..., role], needs=("hope",)
        ),
        SOCIAL.procedure,
    )
    with pytest.raises(InputError, match="that state hope"):
        objective(SPACE, aims_of([Member(needy, {"sensitivity": 1.0})]))
    with pytest.raises(InputError, match="not a prior"):
        aims_of(MEMBERS, [0.5, 0.6])
    with pytest.raises(InputError, match="payoffs do not fit"):
        aims_of(MEMBERS, payoffs=np.ones((2, 5)))
    with pytest.raises(InputError, match="1 of 3 questions"):
        check_space(SPACE, np.array([0.0, np.nan, 1.0]))
