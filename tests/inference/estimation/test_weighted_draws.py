import numpy as np
import pytest
from scipy import stats

from comity.inference.estimation.lanes import make_lanes
from comity.inference.estimation.likelihood import prepare
from comity.inference.estimation.population import Population
from comity.inference.estimation.weighted_draws import (
    Draws,
    Proposal,
    draw,
    effective,
    find_modes,
    log_mean,
    normalised,
    pool,
    quantiles,
)

POPULATION = Population(np.array([0.4]), np.array([[0.9]]))
TOSSES = [(9, 1), (2, 3), (0, 0), (0, 6)]
GRID = np.linspace(-9, 9, 20_001)


@pytest.fixture(scope="module")
def drawn(coin, tosses):
    batch, _, scale = prepare(coin, tosses(TOSSES))
    lanes = make_lanes(coin, batch, scale)
    modes = find_modes(lanes, POPULATION, np.full((4, 2, 1), [[0.0], [1.0]]))
    return modes, draw(lanes, modes, POPULATION, 4000, np.random.default_rng(0))


def log_posterior(heads: int, tails: int) -> np.ndarray:
    """Density on the grid times the chance of the tosses, by hand."""
    chance = 1 / (1 + np.exp(-GRID))
    return heads * np.log(chance) + tails * np.log1p(-chance) + stats.norm(0.4, 0.9).logpdf(GRID)


def test_modes_are_those_of_a_grid(drawn):
    modes, _ = drawn
    for place, counts in enumerate(TOSSES):
        density = log_posterior(*counts)
        top = int(np.argmax(density))
        assert modes.free[place, 0] == pytest.approx(GRID[top], abs=1e-3)
        curvature = -np.diff(density, 2)[top - 1] / (GRID[1] - GRID[0]) ** 2
        assert modes.precision[place, 0, 0] == pytest.approx(curvature, rel=1e-3)
    assert modes.converged.all()
    assert modes.information[2] == 0


def test_weights_turn_draws_into_posteriors(drawn):
    _, draws = drawn
    logs = draws.log_weights(POPULATION)
    weights = normalised(logs)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    for place, counts in enumerate(TOSSES):
        density = np.exp(log_posterior(*counts))
        mass = np.trapezoid(density, GRID)
        free, own = draws.free[place, :, 0], weights[place]
        worth = effective(own)
        assert worth > 2000
        mean = np.trapezoid(GRID * density, GRID) / mass
        spread = np.sqrt(np.trapezoid((GRID - mean) ** 2 * density, GRID) / mass)
        assert own @ free == pytest.approx(mean, abs=4 * spread / np.sqrt(worth))
        assert np.sqrt(own @ (free - mean) ** 2) == pytest.approx(spread, rel=0.1)
        assert log_mean(logs[place]) == pytest.approx(np.log(mass), abs=0.05)
        cumulative = np.cumsum(density) / density.sum()
        found = quantiles(free, own, np.array([0.1, 0.9]))
        np.testing.assert_allclose(np.interp(found, GRID, cumulative), [0.1, 0.9], atol=0.03)


def test_quantiles_of_even_weights_are_those_of_the_draws():
    values = np.random.default_rng(0).normal(size=(2, 3, 2001))
    even = np.full(values.shape, 1 / 2001)
    found = quantiles(values, even, np.array([0.05, 0.5]))
    wanted = np.moveaxis(np.quantile(values, [0.05, 0.5], axis=-1), 0, -1)
    np.testing.assert_allclose(found, wanted, atol=2e-2)


def test_impossible_draws_weigh_nothing():
    logs = np.array([[0.0, -np.inf, 0.0], [-np.inf] * 3])
    np.testing.assert_allclose(normalised(logs), [[0.5, 0, 0.5], [1 / 3] * 3])
    assert effective(normalised(logs))[0] == pytest.approx(2)


PROPOSALS = [
    Proposal(np.array([[middle]]), np.array([[[steep]]]), POPULATION)
    for middle, steep in ((0.0, 1.0), (2.0, 3.0))
]


def test_points_are_spread_as_the_density_says():
    grid = np.linspace(-300, 300, 600_001)
    for proposal in PROPOSALS:
        density = np.exp(proposal.log_density(grid[None, :, None]))[0]
        assert np.trapezoid(density, grid) == pytest.approx(1, abs=1e-5)
        points = np.sort(proposal.draw(500, np.random.default_rng(0))[0, :, 0])
        shares = np.interp(points, grid, np.cumsum(density) / density.sum())
        assert np.abs(shares - (np.arange(500) + 0.5) / 500).max() < 0.03


def test_people_have_points_of_their_own():
    twice = Proposal(np.zeros((2, 1)), np.ones((2, 1, 1)), POPULATION)
    first, second = twice.draw(50, np.random.default_rng(0))[..., 0]
    assert not np.isclose(first, second).any()


def test_pooled_draws_integrate_what_either_proposal_misses():
    """Two far bumps, one under each proposal: their whole mass, by weights of the pool."""

    def bumps(free):
        return np.exp(-(free**2) * 2) + np.exp(-((free - 2) ** 2) * 8)

    wanted = np.sqrt(np.pi / 2) + np.sqrt(np.pi / 8)
    parts = []
    for k, proposal in enumerate(PROPOSALS):
        free = proposal.draw(400, np.random.default_rng(k))
        parts.append((proposal, Draws(free, np.zeros(free.shape[:2]), proposal.log_density(free))))
    whole = pool(parts)
    assert whole.free.shape == (1, 800, 1)
    weights = np.exp(whole.log_likelihoods - whole.log_proposals)
    assert (weights * bumps(whole.free[..., 0])).mean() == pytest.approx(wanted, rel=0.02)
    both = np.logaddexp(*(p.log_density(whole.free) for p in PROPOSALS)) - np.log(2)
    np.testing.assert_allclose(whole.log_proposals, both)
