"""Powers and exponentials: formula, limits and slopes where series take over."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.explanations.motives.curvature import exponential, power
from comity.inference.numerics import x64


@pytest.mark.parametrize("exponent", [0.3, 1.0, 1.7])
def test_power(exponent):
    amounts = np.array([-8.0, -0.5, 0.0, 0.5, 1.0, 20.0])
    with x64():
        found = np.asarray(power(jnp.asarray(amounts), jnp.asarray(exponent)))
    expected = [np.sign(a) * abs(a) ** exponent for a in amounts]
    np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_power_has_slopes_at_nothing():
    with x64():
        slope = float(jax.grad(lambda e: power(jnp.asarray(0.0), e))(0.5))
        by_amount = float(jax.grad(lambda a: power(a, jnp.asarray(0.5)))(0.0))
    assert slope == 0
    assert np.isfinite(by_amount)


@pytest.mark.parametrize("aversion", [-0.3, 1e-4, 0.2, 2.0])
def test_exponential(aversion):
    amounts = np.array([-8.0, -0.5, 0.5, 1.0, 20.0])
    with x64():
        found = np.asarray(exponential(jnp.asarray(amounts), jnp.asarray(aversion)))
    expected = [(1 - np.exp(-aversion * a)) / aversion for a in amounts]
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_exponential_near_neutral():
    with x64():
        at = jax.jit(jax.value_and_grad(lambda a: exponential(jnp.asarray(3.0), a)))
        value, slope = map(float, at(0.0))
        beside = [float(at(a)[0]) for a in (3.3e-6, 3.4e-6)]
    assert value == 3.0
    assert slope == pytest.approx(-4.5)
    assert beside[1] - beside[0] == pytest.approx(-4.5e-7, rel=1e-4)


def test_exponential_does_not_overflow():
    with x64():
        value, slope = jax.value_and_grad(lambda a: exponential(jnp.asarray(-1e6), a))(1.0)
    assert np.isfinite([value, slope]).all()
