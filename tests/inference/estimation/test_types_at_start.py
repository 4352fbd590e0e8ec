"""Where searches for types set out."""

import numpy as np
import pytest

from comity.inference.estimation.blend import make_blend
from comity.inference.estimation.individuals import fit_individuals
from comity.inference.estimation.likelihood import prepare
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.types_at_start import opening_points
from comity.inference.explanations.simulate import simulate


@pytest.fixture(scope="module")
def chosen(allocations, altruism):
    shares = np.linspace(-0.2, 0.5, 9)
    return simulate(altruism, {"share": shares, "sensitivity": 0.4}, allocations(9, 40), 1)


def test_every_other_start_is_made_of_single_people(chosen, altruism):
    batch, _, scale = prepare(altruism, chosen)
    blend = make_blend((altruism, altruism), (), batch, scale)
    points, alone = opening_points(blend, 6, np.random.default_rng(0))
    assert points.shape == (6, 5)
    assert alone[altruism] == pytest.approx(fit(altruism, chosen).log_likelihood)
    people = fit_individuals(altruism, chosen).free
    for start in (0, 2, 4):
        for t in range(2):
            own = points[start, blend.positions[t]]
            assert np.abs(people - own).max(axis=1).min() < 1e-4
        assert not np.allclose(points[start, :2], points[start, 2:4])
    np.testing.assert_array_equal(points[:, 4], 0)


def test_same_seed_same_starts(chosen, altruism):
    batch, _, scale = prepare(altruism, chosen)
    blend = make_blend((altruism, altruism), (), batch, scale)
    first, second = (opening_points(blend, 4, np.random.default_rng(5))[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)
