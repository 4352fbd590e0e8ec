"""Parameters: maps to the whole line and back, units, starts, and what is refused."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.explanations.parameters import (
    Parameter,
    constrain_all,
    draw_starts,
    error_rate,
    sensitivity,
)
from comity.inference.numerics import x64

KINDS = {
    "weight": Parameter("weight", "any number"),
    "amount": Parameter("amount", "an amount", units=1, typical=(-2.0, 2.0)),
    "precision": sensitivity(),
    "above": Parameter("above", "beyond 1", 1.0, typical=(1.5, 3.0)),
    "share": error_rate(),
}
LINE = np.array([-2.0, 0.0, 1.5])


def expected(parameter, free, scale):
    unit = scale**parameter.units
    if np.isinf(parameter.low):
        return free * unit
    if np.isinf(parameter.high):
        return parameter.low + np.exp(free) * unit
    return parameter.low + (parameter.high - parameter.low) / (1 + np.exp(-free))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("scale", [1.0, 250.0])
def test_there_and_back(name, scale):
    parameter = KINDS[name]
    with x64():
        values = np.asarray(parameter.constrain(jnp.asarray(LINE), scale))
    np.testing.assert_allclose(values, expected(parameter, LINE, scale), rtol=1e-14)
    np.testing.assert_allclose(parameter.unconstrain(values, scale), LINE, rtol=1e-10)


def test_a_sensitivity_follows_the_currency():
    # Payoffs in cents are a hundred times those in euros: the same point of the line means a
    # sensitivity that is a hundredth.
    with x64():
        euros, cents = (float(sensitivity().constrain(jnp.asarray(1.0), s)) for s in (1.0, 100.0))
    assert euros == pytest.approx(100 * cents)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "two words"}, "not a name"),
        ({"low": 0.0, "high": 1.0, "typical": (0.5, 2.0)}, "not inside the bounds"),
        ({"low": 2.0, "high": 1.0}, "not inside the bounds"),
        ({"high": 1.0, "typical": (-1.0, 0.5)}, "an upper bound alone"),
    ],
)
def test_what_is_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        Parameter(**{"name": "x", "meaning": "a number", **arguments})


@pytest.mark.parametrize(("name", "value"), [("share", 0.0), ("share", 1.2), ("precision", -1.0)])
def test_values_outside_have_no_place_on_the_line(name, value):
    with pytest.raises(InputError, match="outside its bounds"):
        KINDS[name].unconstrain(value)


def test_starts_are_around_what_is_typical():
    parameters = [KINDS["weight"], KINDS["precision"]]
    starts = draw_starts(parameters, 400, np.random.default_rng(0))
    edges = np.array([p.free_interval() for p in parameters])
    middle, width = edges.mean(axis=1), np.ptp(edges, axis=1)
    np.testing.assert_allclose(starts[0], middle)
    assert (np.abs(starts - middle) <= width).all()
    np.testing.assert_allclose(np.ptp(starts, axis=0), 2 * width, rtol=0.05)


def test_all_at_once_with_slopes():
    parameters = tuple(KINDS.values())
    with x64():
        free = jnp.zeros((3, len(parameters)))
        found = constrain_all(parameters, free, 2.0)
        slope = jax.grad(lambda f: sum(constrain_all(parameters, f, 2.0).values()))(free[0])
    assert list(found) == [p.name for p in parameters]
    assert all(value.shape == (3,) for value in found.values())
    np.testing.assert_allclose(slope, [1.0, 2.0, 0.5, 1.0, 0.25])
