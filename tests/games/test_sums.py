"""Outer sums against plain loops over outcomes."""

from itertools import product

import numpy as np
import pytest

from comity.core.errors import SizeError
from comity.games.sums import outer_sums

SHAPES = [(1,), (4,), (2, 3), (3, 1, 2), (2, 2, 2, 2, 2), (7, 2, 1, 3), (1, 1, 5)]


@pytest.mark.parametrize("shape", SHAPES)
def test_against_loops(shape, rng):
    rows = rng.normal(size=(3, sum(shape)))
    first = np.concatenate([[0], np.cumsum(shape)[:-1]])
    expected = [
        [sum(row[f + o] for f, o in zip(first, outcome, strict=True)) for row in rows]
        for outcome in product(*map(range, shape))
    ]
    np.testing.assert_allclose(outer_sums(rows, shape).T, expected, atol=1e-12)


def test_too_many_are_refused_before_they_are_made():
    with pytest.raises(SizeError, match="100,000,000,000,000,000,000 cells"):
        outer_sums(np.zeros((2, 200)), [10] * 20)
