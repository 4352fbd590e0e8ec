"""Choices among options, against sums written out and exact fractions."""

import math
from fractions import Fraction

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.numerics import best_options, log_mix, log_softmax, log_uniform, x64

OPTIONS = np.array([[True, True, False, True], [False, True, False, False]])
VALUES = np.array([[1.0, -2.0, 99.0, 0.5], [3.0, 7.0, np.inf, -np.inf]])


def test_double_precision_only_inside():
    with x64():
        inside = jnp.array([1.0]).dtype
    assert (inside, jnp.array([1.0]).dtype) == (jnp.float64, jnp.float32)


def test_softmax_by_hand():
    with x64():
        found = np.asarray(log_softmax(jnp.array(VALUES), jnp.array(OPTIONS)))
    total = sum(math.exp(v) for v in (1, -2, 0.5))
    assert found[0, [0, 1, 3]] == pytest.approx(
        [v - math.log(total) for v in (1, -2, 0.5)], abs=1e-14
    )
    assert found[0, 2] == -np.inf
    assert found[1].tolist() == [-np.inf, 0, -np.inf, -np.inf]


@pytest.mark.parametrize("scale", [1.0, 1e3, 1e8])
def test_softmax_stays_finite_for_large_values_and_shifts_away(scale):
    with x64():
        values = jnp.array([0.0, scale, scale - 1, -scale])
        options = jnp.array([True, True, True, True])
        found = np.asarray(log_softmax(values, options))
        moved = np.asarray(log_softmax(values + 12.5, options))
    assert np.isfinite(found).all()
    assert np.exp(found).sum() == pytest.approx(1, abs=1e-14)
    assert found[1] - found[2] == pytest.approx(1, abs=1e-7)
    assert moved == pytest.approx(found, abs=1e-7)


def test_gradients_beside_options_that_are_not_there():
    options = jnp.array([True, True, False])
    with x64():

        def first(values):
            return log_softmax(values, options)[0]

        values = jnp.array([0.3, -0.1, -jnp.inf])
        gradient = np.asarray(jax.grad(first)(values))
        second = np.asarray(jax.hessian(first)(values))
        p = np.asarray(jnp.exp(log_softmax(values, options)))
    assert gradient == pytest.approx([1 - p[0], -p[1], 0], abs=1e-14)
    curvature = -np.diag(p) + np.outer(p, p)
    assert second == pytest.approx(curvature, abs=1e-14)


def test_choosing_at_random():
    with x64():
        found = np.exp(np.asarray(log_uniform(jnp.array(OPTIONS))))
    assert found == pytest.approx(np.array([[1 / 3, 1 / 3, 0, 1 / 3], [0, 1, 0, 0]]), abs=1e-15)


def test_mixing_in_fractions():
    weights = [Fraction(0), Fraction(1, 3), Fraction(1)]
    pairs = [
        (Fraction(1, 4), Fraction(1, 2)),
        (Fraction(0), Fraction(1, 2)),
        (Fraction(0), Fraction(0)),
    ]
    for weight in weights:
        for first, second in pairs:
            expected = (1 - weight) * first + weight * second
            logs = [math.log(p) if p else -math.inf for p in (first, second)]
            with x64():
                found = float(log_mix(jnp.array(float(weight)), *map(jnp.array, logs)))
            assert math.exp(found) == pytest.approx(float(expected), abs=1e-15)


def test_mixing_has_gradients_at_its_edges():
    with x64():
        slope = jax.grad(lambda w: log_mix(w, jnp.log(jnp.array(0.25)), jnp.array(-jnp.inf)))
        at_zero = float(slope(0.0))
        logs = (jnp.array(-jnp.inf), jnp.array(-jnp.inf))
        nowhere = float(jax.grad(lambda w: jnp.exp(log_mix(w, *logs)))(0.5))
    assert at_zero == pytest.approx(-1)
    assert nowhere == 0


@pytest.mark.parametrize(
    ("values", "options", "expected"),
    [
        ([1, 3, 3], [1, 1, 1], [0, 0.5, 0.5]),
        ([1, 3, 9], [1, 1, 0], [0, 1, 0]),
        ([0.1 + 0.2, 0.3, 0], [1, 1, 1], [0.5, 0.5, 0]),
        ([1e6, 1e6 + 1, 0], [1, 1, 1], [0, 1, 0]),
        ([-5, -5, -5], [1, 0, 1], [0.5, 0, 0.5]),
        ([0.001, 0.002, 0], [1, 1, 1], [0, 1, 0]),
    ],
)
def test_the_best_options_share(values, options, expected):
    with x64():
        found = best_options(jnp.array(values, float), jnp.array(options, bool))
    assert np.asarray(found).tolist() == expected
