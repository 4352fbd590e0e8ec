"""The search for types: it never descends, and its derivatives are those of small differences."""

import numpy as np
import pytest
from scipy import optimize

from comity.inference.estimation.blend import make_blend
from comity.inference.estimation.expectation import (
    climb_by_types,
    climb_directly,
    detail,
    expect,
    newton_step,
    value_at,
)
from comity.inference.estimation.likelihood import prepare
from comity.inference.explanations.simulate import simulate

POINT = np.array([0.1, 0.5, 0.4, 1.0, 0.3])


@pytest.fixture(scope="module")
def blend(allocations, altruism):
    truth = {
        "share": np.repeat([-0.2, 0.5], [10, 20]),
        "sensitivity": np.repeat([0.6, 0.3], [10, 20]),
    }
    table = simulate(altruism, truth, allocations(30, 20), 1)
    batch, _, scale = prepare(altruism, table)
    return make_blend((altruism, altruism), (), batch, scale)


def test_posteriors_are_bayes_rule(blend):
    by_type = blend.by_type(POINT[None, :4])
    people, posteriors = expect(blend, POINT[None], by_type)
    shares = np.array([1, np.exp(0.3)]) / (1 + np.exp(0.3))
    joint = shares * np.exp(by_type[0])
    np.testing.assert_allclose(people[0], np.log(joint.sum(axis=1)))
    np.testing.assert_allclose(posteriors[0], joint / joint.sum(axis=1, keepdims=True))


def test_impossible_people_keep_even_posteriors(blend):
    by_type = blend.by_type(POINT[None, :4])
    by_type[0, 3] = -np.inf
    by_type[0, 4, 0] = -np.inf
    people, posteriors = expect(blend, POINT[None], by_type)
    assert people[0, 3] == -np.inf
    np.testing.assert_array_equal(posteriors[0, 3:5], [[0.5, 0.5], [0.0, 1.0]])


def test_every_round_climbs(blend, rng):
    starts = np.tile(POINT, (5, 1)) + rng.normal(size=(5, 5))
    _, trace = climb_by_types(blend, starts, 25)
    assert (np.diff(trace, axis=0) >= -1e-9).all()
    assert (trace[-1] > trace[0] + 1).all()


def test_second_order_is_that_of_small_differences(blend):
    found = detail(blend, POINT)
    assert found.value == pytest.approx(value_at(blend, POINT))
    np.testing.assert_allclose(found.scores.sum(axis=0), found.gradient, atol=1e-9)
    for k, step in enumerate(np.eye(5) * 1e-5):
        above, below = detail(blend, POINT + step), detail(blend, POINT - step)
        slope = (above.value - below.value) / 2e-5
        assert found.gradient[k] == pytest.approx(slope, abs=1e-5)
        np.testing.assert_allclose(
            found.hessian[k], (above.gradient - below.gradient) / 2e-5, atol=1e-5
        )


def test_direct_search_ends_where_scipy_does(blend):
    points, _ = climb_by_types(blend, POINT[None], 20)
    end = climb_directly(blend, points[0], 100)
    assert end.settled
    expected = optimize.minimize(
        lambda x: -value_at(blend, x),
        points[0],
        jac=lambda x: -detail(blend, x).gradient,
        options={"gtol": 1e-6},
    )
    assert end.detail.value == pytest.approx(-expected.fun, abs=1e-8)
    np.testing.assert_allclose(end.point, expected.x, atol=1e-4)
    assert np.abs(end.detail.gradient).max() < 1e-4


def test_steps_lead_upwards_whatever_the_curvature():
    gradient = np.array([[1.0, -2.0], [0.0, 0.0]])
    hessian = np.array([np.diag([4.0, -1.0])] * 2)
    step = newton_step(gradient, hessian)
    np.testing.assert_allclose(step, [[0.25, -2.0], [0.0, 0.0]])
    assert np.abs(newton_step(1e6 * gradient, hessian)).max() == pytest.approx(4.0)
