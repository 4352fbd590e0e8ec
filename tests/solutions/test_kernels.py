"""The compiled kernels against the certified solvers, one game at a time."""

import numpy as np
import pytest

from comity.core import InputError
from comity.games import NormalForm
from comity.solutions import bargain, maximin_point
from comity.solutions.kernels import maximin_batch, nash_batch

SHAPES = [(5, 5), (2, 2), (3, 4), (1, 3), (2, 6), (1, 1)]


def draw(rng, shape, whole, count=25):
    return (
        rng.integers(0, 4, (count, 2, *shape)) * 1.0
        if whole
        else rng.normal(size=(count, 2, *shape))
    )


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("whole", [True, False])
def test_against_the_solvers(shape, whole, rng):
    games = draw(rng, shape, whole)
    levels, found = maximin_batch(games), nash_batch(games)
    for b, payoffs in enumerate(games):
        game = NormalForm.from_payoffs(payoffs)
        point = maximin_point(game)
        np.testing.assert_allclose(levels[b], point, atol=1e-9)
        expected = bargain(game, "nash", point)
        assert found.feasible[b] == (expected.status == "optimal")
        np.testing.assert_allclose(found.payoffs[b], expected.payoffs, atol=1e-7)


@pytest.mark.parametrize("whole", [True, False])
def test_profiles_and_chances_yield_the_payoffs(whole, rng):
    games = draw(rng, (4, 4), whole, 200)
    found = nash_batch(games, rng.normal(size=(200, 2)))
    flat = games.reshape(200, 2, -1)
    for b in np.flatnonzero(found.feasible):
        first, second = flat[b][:, found.profiles[b]].T
        chance = found.probability[b]
        np.testing.assert_allclose(chance * first + (1 - chance) * second, found.payoffs[b])
    lost = ~found.feasible
    assert lost.any()
    assert (found.profiles[lost] == -1).all()
    assert (found.probability[lost] == 0).all()


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_units_do_not_matter(unit, rng):
    games = draw(rng, (5, 5), False)
    plain, scaled = nash_batch(games), nash_batch(games * unit)
    assert (plain.feasible == scaled.feasible).all()
    np.testing.assert_allclose(scaled.payoffs / unit, plain.payoffs, atol=1e-7)


def test_degenerate_programs_end(rng):
    games = np.round(rng.normal(size=(300, 2, 6, 6)))
    games[:, :, :, 1] = games[:, :, :, 0]
    levels = maximin_batch(games)
    assert np.isfinite(levels).all()
    assert (levels[:, 0] <= games[:, 0].max(axis=1).min(axis=1) + 1e-9).all()


@pytest.mark.parametrize(
    ("payoffs", "point"),
    [
        (np.zeros((2, 2, 2)), None),
        (np.zeros((1, 3, 2, 2)), None),
        (np.full((1, 2, 2, 2), np.nan), None),
        (np.zeros((1, 2, 2, 2)), np.zeros((2, 2))),
        (np.zeros((1, 2, 2, 2)), np.full((1, 2), np.inf)),
    ],
)
def test_bad_input(payoffs, point):
    with pytest.raises(InputError):
        nash_batch(payoffs, point)
