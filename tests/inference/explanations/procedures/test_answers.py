"""Expected utilities of options against mixed strategies, profile by profile."""

from itertools import product

import numpy as np
import pytest

from comity.inference.explanations.procedures.answers import option_values
from explaining import games


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 4), (3,)])
def test_option_values(shape):
    tables, _ = games(shape, 1)
    rng = np.random.default_rng(1)
    mixed = [rng.dirichlet(np.ones(size)) for size in shape]
    expected = [np.zeros(size) for size in shape]
    for profile in product(*map(range, shape)):
        for j, own in enumerate(profile):
            chance = np.prod([mixed[i][a] for i, a in enumerate(profile) if i != j])
            expected[j][own] += chance * tables[0, j][profile]
    found = option_values(tuple(tables[0]), mixed)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5)
