import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from comity.inference.estimation.population import Prior, population_at
from comity.inference.estimation.population_search import settle
from comity.inference.estimation.whitened import place, potential, whiten
from comity.inference.numerics import x64

PRIOR = Prior(np.array([0.0]), np.array([1.5]), np.array([1.0]))
TOSSES = [(9, 1), (2, 5), (0, 0)]


@pytest.fixture(scope="module")
def white(coin, tosses):
    rng = np.random.default_rng(0)
    found = settle(coin, tosses(TOSSES), PRIOR, rng)
    with x64():
        return found, whiten(found, PRIOR, rng)


def coordinates(vector):
    return {"population": vector[:2], "people": vector[2:, None]}


def test_the_change_of_variables_is_exact(white, coin):
    """Density of population and people by SciPy, times the determinant of the change."""
    found, whitening = white
    vectors = np.random.default_rng(1).normal(size=(4, 5))

    def parts(vector):
        def flat(at):
            point, free = place(coordinates(at), whitening)
            return jnp.concatenate([point, free[:, 0]])

        energy = potential(coin, found.lanes.layout, whitening, coordinates(vector))
        return energy, flat(vector), jnp.linalg.slogdet(jax.jacfwd(flat)(vector))[1]

    with x64():
        energies, places, turns = jax.jit(jax.vmap(parts))(jnp.asarray(vectors))
        energies, places, turns = map(np.asarray, (energies, places, turns))
    wanted = []
    for (mean, log_spread, *free), turn in zip(places, turns, strict=True):
        chance = 1 / (1 + np.exp(-np.array(free)))
        tosses = sum(
            a * np.log(p) + b * np.log1p(-p) for (a, b), p in zip(TOSSES, chance, strict=True)
        )
        population = stats.norm(0, 1.5).logpdf(mean) + stats.halfnorm.logpdf(np.exp(log_spread))
        people = stats.norm(mean, np.exp(log_spread)).logpdf(free).sum()
        wanted.append(tosses + population + log_spread + people + turn)
    np.testing.assert_allclose(np.diff(-energies), np.diff(wanted), rtol=1e-9)


def test_a_person_without_decisions_is_written_without_a_centre(white):
    _, whitening = white
    at = np.array([0.3, -0.4, 0.0, 0.0, 1.7])
    with x64():
        point, free = place(coordinates(jnp.asarray(at)), whitening)
        point, free = np.asarray(point), np.asarray(free)
    population = population_at(point, 1)
    alone = population.mean[0] + population.factor[0, 0] * 1.7
    assert free[2, 0] == pytest.approx(alone, rel=0.05)


def test_draws_of_the_posterior_are_nearly_round(white, coin):
    """By a plain Metropolis chain; the spread of a population of three people is the least so."""
    found, whitening = white
    rng = np.random.default_rng(0)
    with x64():
        energy = jax.jit(
            lambda vector: potential(coin, found.lanes.layout, whitening, coordinates(vector))
        )

        def step(state, random):
            at, own = state
            noise, height = random
            there = at + noise
            other = energy(there)
            taken = jnp.log(height) < own - other
            state = jnp.where(taken, there, at), jnp.where(taken, other, own)
            return state, state[0]

        noise = jnp.asarray(rng.normal(scale=1.0, size=(20_000, 5)))
        heights = jnp.asarray(rng.random(20_000))
        start = jnp.zeros(5), energy(jnp.zeros(5))
        draws = np.asarray(jax.jit(lambda r: jax.lax.scan(step, start, r)[1])((noise, heights)))
    assert np.abs(draws[:, 2:].mean(axis=0)).max() < 0.15
    assert np.abs(draws.mean(axis=0)).max() < 0.6
    np.testing.assert_allclose(draws[:, 2:].std(axis=0), 1, atol=0.15)
    np.testing.assert_allclose(draws[:, :2].std(axis=0), 1, atol=0.5)
    assert np.abs(np.corrcoef(draws.T) - np.eye(5)).max() < 0.3
