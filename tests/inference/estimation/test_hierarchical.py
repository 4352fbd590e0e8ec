import numpy as np
import pytest
from scipy import special, stats

from comity.core.errors import InputError
from comity.inference.estimation.hierarchical import fit_hierarchical
from comity.inference.estimation.population import Prior

PRIOR = Prior(np.array([0.0]), np.array([1.5]), np.array([1.0]))
TOSSES = [(9, 1), (2, 5), (0, 3)]


@pytest.fixture(scope="module")
def found(coin, tosses):
    return fit_hierarchical(coin, tosses(TOSSES), prior=PRIOR, draws=2400, chains=2, rng=4)


@pytest.fixture(scope="module")
def exact():
    """The whole posterior on a grid of means and spreads, people by quadrature."""
    free = np.linspace(-12, 12, 1201)
    chance = special.expit(free)
    means, spreads = np.meshgrid(np.linspace(-5, 5, 101), np.linspace(0.02, 4.5, 113))
    density = stats.norm(0, 1.5).pdf(means) * stats.halfnorm.pdf(spreads)
    expected, population = [], stats.norm(means[..., None], spreads[..., None]).pdf(free)
    for heads, tails in TOSSES:
        tossed = chance**heads * (1 - chance) ** tails
        own = np.trapezoid(population * tossed, free, axis=-1)
        expected.append(np.trapezoid(population * tossed * chance, free, axis=-1) / own)
        density = density * own
    shares = density / density.sum()
    mean_chance = np.trapezoid(population * chance, free, axis=-1)
    return {
        "people": np.array([(shares * e).sum() for e in expected]),
        "mean": (shares * means).sum(),
        "sd": (shares * spreads).sum(),
        "population_mean": (shares * mean_chance).sum(),
    }


def test_the_posterior_is_that_of_a_grid(found, exact):
    assert found.converged, found.problems
    draws = found.idata.posterior
    pairs = [
        (draws["mean"].values[..., 0], exact["mean"]),
        (draws["sd"].values[..., 0], exact["sd"]),
        (draws["population_mean"].values[..., 0], exact["population_mean"]),
    ]
    pairs += [(draws["person"].values[:, :, p, 0], exact["people"][p]) for p in range(3)]
    for table, wanted in pairs:
        error = table.std() / np.sqrt(400)
        assert table.mean() == pytest.approx(wanted, abs=4 * error)


def test_what_is_reported_is_in_the_draws(found):
    draws = found.idata.posterior
    assert draws["person"].dims == ("chain", "draw", "person_name", "parameter")
    assert draws["person"].coords["person_name"].values.tolist() == list(found.people)
    mean = found.population_mean["heads"]
    table = draws["population_mean"].values
    assert mean.value == pytest.approx(table.mean())
    assert (mean.low, mean.high) == pytest.approx(np.quantile(table, [0.025, 0.975]))
    assert found.divergences == int(found.idata.sample_stats["diverging"].sum())
    np.testing.assert_allclose(
        found.means()[:, 0], draws["person"].mean(("chain", "draw"))[:, 0], atol=0.02
    )


def test_predictions_are_expected_chances(found, exact, tosses):
    table = found.predict(tosses(TOSSES))
    wanted = exact["people"][tosses(TOSSES).person]
    np.testing.assert_allclose(table[:, 0], wanted, atol=0.03)


@pytest.mark.slow
def test_chains_too_short_to_trust_say_so(coin, tosses):
    short = fit_hierarchical(coin, tosses(TOSSES), prior=PRIOR, draws=20, warmup=20, chains=2)
    assert not short.converged
    assert short.population_mean["heads"].kind == "unknown"
    assert short.problems[0] in short.population_mean["heads"].method


def test_refusals(coin, tosses):
    with pytest.raises(InputError, match="too short"):
        fit_hierarchical(coin, tosses(TOSSES), chains=1)
    with pytest.raises(InputError, match="nothing to pool"):
        fit_hierarchical(coin.with_fixed(heads=0.5), tosses(TOSSES))
