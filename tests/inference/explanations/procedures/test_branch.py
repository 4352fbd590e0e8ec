"""The principal branch on maps whose fixed points are known in closed form or by bisection."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import expit

from comity.inference.explanations.procedures.branch import follow
from comity.inference.numerics import x64


def coordination(weight, values, sensitivity):
    """Two alike people, who gain ``weight`` together on the left and 1 - weight on the right."""
    left = jax.nn.sigmoid(sensitivity * (values[0] - values[1]))
    return jnp.stack([weight * left, (1 - weight) * (1 - left)])


@jax.jit
def left_at(weight, sensitivity):
    values = follow(coordination, weight, 2, sensitivity)
    return jax.nn.sigmoid(sensitivity * (values[0] - values[1]))


def gap(left, weight, sensitivity):
    return left - expit(sensitivity * (weight * left - (1 - weight) * (1 - left)))


def root(weight, sensitivity):
    """The fixed point between chance and what is better against chance, where it is alone."""
    edges = (0.5, 1.0) if weight > 0.5 else (0.0, 0.5)
    return brentq(gap, *edges, args=(weight, sensitivity), xtol=1e-15) if sensitivity else 0.5


@pytest.mark.parametrize("sensitivity", [0.0, 0.7, 3.0, 12.0, 300.0, 1e6])
@pytest.mark.parametrize("weight", [0.55, 0.4])
def test_it_ends_where_bisection_ends(weight, sensitivity):
    with x64():
        found = float(left_at(weight, sensitivity))
    assert found == pytest.approx(root(weight, sensitivity), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("sensitivity", [1.0, 4.0, 30.0])
def test_where_branches_cross_it_goes_straight_on(sensitivity):
    # With even weights three equilibria exist from a sensitivity of 4 on.
    with x64():
        assert float(left_at(0.5, sensitivity)) == pytest.approx(0.5, abs=1e-9)


def test_slopes_are_those_of_the_fixed_point():
    with x64():
        first = jax.grad(left_at, argnums=(0, 1))(0.55, 3.0)
        second = float(jax.jacfwd(jax.grad(left_at, argnums=1), argnums=1)(0.55, 3.0))
    step = 1e-4
    lower, at, upper = (root(0.55, s) for s in (3 - step, 3.0, 3 + step))
    by_weight = root(0.55 + step, 3.0) - root(0.55 - step, 3.0)
    assert float(first[0]) == pytest.approx(by_weight / (2 * step), rel=1e-6)
    assert float(first[1]) == pytest.approx((upper - lower) / (2 * step), rel=1e-6)
    assert second == pytest.approx((upper - 2 * at + lower) / step**2, rel=1e-4)


def folding(shift, values, sensitivity):
    """A map whose branch turns back: s grows, shrinks and grows again along v."""
    v = values[0]
    return jnp.stack([v - (sensitivity - shift - _cubic(v))])


def _cubic(v):
    return 2 * (v - 1) ** 3 - 0.6 * (v - 1) + 1.4


def test_it_walks_around_a_fold_to_the_first_crossing():
    # v solves s = shift + cubic(v). From s = 0 the branch first reaches s = 1.45 on its low arm;
    # s = 1.7 only after the fold near 1.53.
    low, high = (
        brentq(lambda v, s: 2 * (v - 1) ** 3 - 0.6 * (v - 1) + 1.4 - s, a, b, args=(s,))
        for a, b, s in ((-1.0, 1 - 0.316, 1.45), (1 + 0.316, 3.0, 1.7))
    )
    start = brentq(lambda v: float(_cubic(v)), -1, 0.5)

    def begins(shift, values, sensitivity):
        away = jnp.where(sensitivity == 0, 1.0, 0.0)
        return away * start + (1 - away) * folding(shift, values, sensitivity)

    with x64():
        reach = jax.jit(lambda s: follow(begins, jnp.asarray(0.0), 1, s)[0])
        assert float(reach(1.45)) == pytest.approx(low, rel=1e-8)
        assert float(reach(1.7)) == pytest.approx(high, rel=1e-8)


def test_a_road_without_end_gives_no_number():
    def nowhere(_, values, sensitivity):
        return values + jnp.where(sensitivity > 1, 1.0, 0.0)

    with x64():
        assert np.isnan(float(jax.jit(lambda s: follow(nowhere, 0.0, 1, s)[0])(3.0)))
