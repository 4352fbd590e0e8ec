import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from comity.core.errors import InputError
from comity.inference.estimation.population import (
    Population,
    Prior,
    check_prior,
    coefficients,
    default_prior,
    log_normal,
    log_prior,
    natural_moments,
    pack,
    quadratic,
    unpack,
)
from comity.inference.explanations.parameters import Parameter, error_rate, sensitivity
from comity.inference.numerics import x64

LINE = Parameter("alpha", "a weight", typical=(-1.0, 3.0))


@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_normal_density_is_one_product(size):
    rng = np.random.default_rng(size)
    root = np.tril(rng.normal(size=(size, size)), -1) + np.diag(rng.uniform(0.5, 2, size))
    mean, points = rng.normal(size=size), rng.normal(size=(5, 3, size))
    with x64():
        population = Population(jnp.asarray(mean), jnp.asarray(root))
        found = quadratic(jnp.asarray(points)) @ coefficients(population)
    expected = stats.multivariate_normal(mean, root @ root.T).logpdf(points)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_packing_undoes_unpacking():
    rng = np.random.default_rng(0)
    for size in (1, 3):
        root = rng.normal(size=(size, size))
        mean, covariance = rng.normal(size=size), root @ root.T + 0.1 * np.eye(size)
        point = pack(mean, covariance)
        assert point.shape == (2 * size + size * (size - 1) // 2,)
        with x64():
            found = jax.jit(unpack, static_argnums=1)(jnp.asarray(point), size)
        np.testing.assert_allclose(found.mean, mean)
        factor = np.asarray(found.factor)
        np.testing.assert_allclose(factor @ factor.T, covariance, atol=1e-10)


@pytest.mark.parametrize("concentration", [1.0, 3.0])
def test_the_prior_is_that_of_numpyro_with_its_change_of_variables(concentration):
    dist = pytest.importorskip("numpyro.distributions")
    prior = Prior(np.array([0.0, 1.0, -1.0]), np.array([1.0, 2.0, 0.5]), np.ones(3), concentration)
    points = np.random.default_rng(1).normal(scale=0.7, size=(4, 9))

    def theirs(point):
        """Density in means, standard deviations and correlations, times the Jacobian of all."""

        def entries(at):
            factor = unpack(at, 3).factor
            spreads = jnp.linalg.norm(factor, axis=1)
            correlations = factor / spreads[:, None]
            lower = correlations[np.tril_indices(3, -1)]
            return jnp.concatenate([at[:3], spreads, lower])

        there = entries(point)
        factor = unpack(point, 3).factor
        size = jnp.abs(jnp.linalg.det(jax.jacfwd(entries)(point)))
        return (
            dist.Normal(prior.middle, prior.reach).log_prob(there[:3]).sum()
            + dist.HalfNormal(prior.spread).log_prob(there[3:6]).sum()
            + dist.LKJCholesky(3, concentration).log_prob(
                factor / jnp.linalg.norm(factor, axis=1, keepdims=True)
            )
            + jnp.log(size)
        )

    with x64():
        ours = jax.jit(jax.vmap(lambda point: log_prior(point, prior)))(jnp.asarray(points))
        wanted = jax.jit(jax.vmap(theirs))(jnp.asarray(points))
    np.testing.assert_allclose(np.diff(ours), np.diff(wanted), atol=1e-8)


def test_the_density_of_people_is_scipys():
    mean, covariance = np.array([1.0, -2.0]), np.array([[2.0, 0.6], [0.6, 0.5]])
    points = np.random.default_rng(0).normal(size=(3, 5, 2))
    with x64():
        found = log_normal(
            jnp.asarray(points), Population(jnp.asarray(mean), jnp.linalg.cholesky(covariance))
        )
    np.testing.assert_allclose(
        found, stats.multivariate_normal(mean, covariance).logpdf(points), rtol=1e-10
    )


def test_moments_of_the_parameters_themselves():
    parameters = (LINE, sensitivity(), error_rate())
    mean, spread, scale = np.array([0.5, 1.0, -2.0]), np.array([0.3, 0.8, 1.0]), 4.0
    with x64():
        centre, around = natural_moments(parameters, jnp.asarray(mean), jnp.asarray(spread), scale)
    assert centre[0] == pytest.approx(0.5)
    assert around[0] == pytest.approx(0.3)
    lognormal = stats.lognorm(s=0.8, scale=math.exp(1.0) / scale)
    assert centre[1] == pytest.approx(lognormal.mean(), rel=1e-9)
    assert around[1] == pytest.approx(lognormal.std(), rel=1e-6)
    grid = np.linspace(-12, 8, 40_001)
    shares = stats.norm(-2, 1).pdf(grid) * (grid[1] - grid[0])
    errors = 1 / (1 + np.exp(-grid))
    assert centre[2] == pytest.approx(shares @ errors, rel=1e-6)
    assert around[2] == pytest.approx(math.sqrt(shares @ (errors - shares @ errors) ** 2), rel=1e-6)


def test_half_of_all_means_lie_in_the_typical_interval():
    prior = default_prior((LINE,))
    normal = stats.norm(prior.middle[0], prior.reach[0])
    assert normal.cdf(3.0) - normal.cdf(-1.0) == pytest.approx(0.5)
    assert prior.spread == pytest.approx(2.0)


def test_refusals():
    with pytest.raises(InputError, match="nothing to pool"):
        default_prior(())
    with pytest.raises(InputError, match="not a prior"):
        check_prior(Prior(np.zeros(2), np.ones(2), np.array([1.0, 0.0])), 2)
