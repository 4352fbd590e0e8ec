"""What motives are made of: own and others' payoffs, and features that may be absent."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.explanations.motive import average, feature, split


@pytest.mark.parametrize(
    ("role", "others"), [(0, [[2, 3], [5, 6]]), (1, [[1, 3], [4, 6]]), (2, [[1, 2], [4, 5]])]
)
def test_split(role, others):
    payoffs = jnp.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    own, rest = split(payoffs, role)
    np.testing.assert_array_equal(own, payoffs[:, role])
    np.testing.assert_array_equal(rest, others)


def test_the_mean_of_nobody_is_nothing():
    np.testing.assert_array_equal(average(jnp.array([[1.0, 3.0], [2.0, 2.0]])), [2, 2])
    np.testing.assert_array_equal(average(jnp.zeros((4, 0))), np.zeros(4))


def test_features_have_defaults():
    assert feature({"kind": jnp.array(2.0)}, "kind") == 2
    assert feature({}, "kind") == 0
    assert feature({}, "received", 1.5) == 1.5
