import jax.numpy as jnp
import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.population import Prior
from comity.inference.estimation.population_search import settle
from comity.inference.explanations import Explanation, Procedure

PRIOR = Prior(np.array([0.0]), np.array([1.5]), np.array([1.0]))


def test_it_settles_where_steps_of_the_density_lead_nowhere(coin, tosses):
    """The gradient, by quadrature and differences, vanishes beside the curvature."""
    from scipy import stats

    counts = [(9, 1), (7, 4), (1, 7), (3, 3)]
    found = settle(coin, tosses(counts), PRIOR, np.random.default_rng(0))
    grid = np.linspace(-12, 12, 4001)
    chance = 1 / (1 + np.exp(-grid))

    def density(mean, log_spread):
        normal = stats.norm(mean, np.exp(log_spread)).pdf(grid)
        people = [np.trapezoid(chance**a * (1 - chance) ** b * normal, grid) for a, b in counts]
        return np.log(people).sum() - mean**2 / 4.5 - np.exp(2 * log_spread) / 2 + log_spread

    h, (mean, spread) = 1e-4, found.point
    slope = [
        (density(mean + h, spread) - density(mean - h, spread)) / (2 * h),
        (density(mean, spread + h) - density(mean, spread - h)) / (2 * h),
    ]
    step = found.covariance @ slope / np.sqrt(np.diag(found.covariance))
    assert found.converged
    assert np.abs(step).max() < 0.15
    assert found.modes.converged.all()


def test_the_same_seed_gives_the_same_population(coin, tosses):
    evidence = tosses([(9, 1), (7, 4), (1, 7), (3, 3)])
    points = [settle(coin, evidence, PRIOR, np.random.default_rng(s)).point for s in (3, 3)]
    np.testing.assert_array_equal(*points)


def test_one_person_is_enough_for_an_answer(coin, tosses):
    """The prior alone says how much people differ."""
    found = settle(coin, tosses([(4, 2)]), PRIOR, np.random.default_rng(0))
    assert np.isfinite(found.point).all()
    assert np.sqrt(found.covariance[1, 1]) > 0.3


def test_choices_of_probability_0_are_named(coin, tosses):
    sure = Procedure(
        "sure",
        lambda view, heads: np.array([0.0, -np.inf]) + 0 * heads,
        coin.procedure.parameters,
        uses_motive=False,
    )
    with pytest.raises(InputError, match=r"probability 0 .*row 1"):
        settle(Explanation(coin.motive, sure), tosses([(1, 1)]), PRIOR, np.random.default_rng(0))


def test_what_is_no_number_somewhere_is_named(coin, tosses):
    def choose(view, heads):
        return jnp.log(jnp.stack([heads, 1 - heads])) + jnp.where(heads > 0.97, jnp.nan, 0.0)

    broken = Procedure("broken", choose, coin.procedure.parameters, uses_motive=False)
    with pytest.raises(InputError, match="does not give a number"):
        settle(
            Explanation(coin.motive, broken),
            tosses([(9, 0), (8, 0)]),
            PRIOR,
            np.random.default_rng(0),
        )
