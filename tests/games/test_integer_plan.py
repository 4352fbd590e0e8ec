"""The integer program agrees with plain enumeration, and its bound holds."""

from itertools import product

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.games import Constraint
from comity.games.integer_plan import integer_plan


@pytest.mark.parametrize("seed", range(8))
def test_against_enumeration(seed):
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(1, 5, size=4).tolist())
    worth = rng.normal(size=sum(shape))
    limits = [
        Constraint(c := rng.integers(-3, 4, size=sum(shape)).astype(float), float(c.sum() / 2) + 2)
        for _ in range(2)
    ]
    first = np.concatenate([[0], np.cumsum(shape)[:-1]])
    values = {
        outcome: worth[first + outcome].sum()
        for outcome in product(*map(range, shape))
        if all(limit.kept(limit.coefficients[first + outcome].sum()) for limit in limits)
    }
    if not values:
        with pytest.raises(InputError, match="no deal keeps all constraints"):
            integer_plan(worth, shape, limits)
        return
    outcome, bound = integer_plan(worth, shape, limits)
    best = max(values.values())
    assert values[outcome] == pytest.approx(best, abs=1e-9)
    assert best - 1e-9 <= bound <= best + 1e-6


def test_constraints_that_exclude_each_other():
    limits = [Constraint([0, 1], 0), Constraint([0, -1], -1)]
    with pytest.raises(InputError, match="no deal keeps all constraints"):
        integer_plan(np.zeros(2), (2,), limits)
