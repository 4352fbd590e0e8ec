import dataclasses

import numpy as np
import pytest
from scipy import optimize, special, stats

from comity.core.errors import InputError
from comity.inference.estimation import fit, fit_individuals
from comity.inference.estimation.empirical_bayes import empirical_bayes
from comity.inference.estimation.population import Prior
from comity.inference.estimation.scoring import log_chosen
from comity.inference.explanations.simulate import simulate

PRIOR = Prior(np.array([0.0]), np.array([1.5]), np.array([1.0]))
TOSSES = [(9, 1), (7, 4), (1, 7), (3, 3), (8, 0), (5, 6), (0, 0)]
"""The last person made no decision."""
GRID = np.linspace(-10, 10, 2001)
STEP = GRID[1] - GRID[0]


def by_person(mean, spread):
    """Each person's chance of its tosses, and its expected chance of heads, by quadrature."""
    chance = special.expit(GRID)
    density = stats.norm(mean, spread).pdf(GRID) * STEP
    weighed = np.array([chance**a * (1 - chance) ** b * density for a, b in TOSSES])
    return weighed.sum(axis=1), weighed @ chance / weighed.sum(axis=1)


def log_density(point):
    """Density of a population's mean and log standard deviation given all tosses."""
    mean, log_spread = point
    return (
        np.log(by_person(mean, np.exp(log_spread))[0]).sum()
        + stats.norm(0, 1.5).logpdf(mean)
        + stats.halfnorm(scale=1.0).logpdf(np.exp(log_spread))
        + log_spread
    )


@pytest.fixture(scope="module")
def found(coin, tosses):
    return empirical_bayes(coin, tosses(TOSSES), prior=PRIOR)


def test_the_population_is_where_quadrature_finds_it(found):
    best = optimize.minimize(lambda point: -log_density(point), [0.0, 0.0])
    assert found.converged
    spread = np.sqrt(np.diag(best.hess_inv))
    assert np.all(np.abs(found.point - best.x) < 0.15 * spread)
    np.testing.assert_allclose(np.sqrt(np.diag(found.covariance)), spread, rtol=0.15)
    likelihood = np.log(by_person(found.point[0], np.exp(found.point[1]))[0]).sum()
    assert found.log_likelihood == pytest.approx(likelihood, abs=0.1)


def test_people_are_where_quadrature_over_populations_finds_them(found):
    means, logs = np.meshgrid(np.linspace(-2, 3, 41), np.linspace(-2.5, 1.5, 41))
    points = np.stack([means.ravel(), logs.ravel()], axis=1)
    density = np.array([log_density(point) for point in points])
    shares = np.exp(density - special.logsumexp(density))
    exact = shares @ np.array([by_person(m, np.exp(s))[1] for m, s in points])
    np.testing.assert_allclose(found.means()[:, 0], exact, atol=0.03)


def test_predictions_average_over_what_is_open(found, tosses):
    evidence = tosses(TOSSES)
    table = found.predict(evidence)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    np.testing.assert_allclose(table[:, 0], found.means()[evidence.person, 0], atol=1e-9)


def test_someone_not_met_is_one_of_the_population(found, tosses):
    evidence = tosses(TOSSES)
    renamed = dataclasses.replace(evidence, people=("somebody new", *evidence.people[1:]))
    table = found.predict(renamed)
    known = renamed.person > 0
    np.testing.assert_array_equal(table[known], found.predict(evidence)[known])
    mean = found.population_mean["heads"].value
    assert table[0, 0] == pytest.approx(mean, abs=0.05)
    assert found.means()[-1, 0] == pytest.approx(mean, abs=0.05)


@pytest.fixture(scope="module")
def crowd(altruism, allocations):
    """People whose parameters are drawn from a planted population, and what they chose."""
    rng = np.random.default_rng(5)
    evidence = allocations(80, situations=24)
    truth = {
        "share": rng.normal(0.3, 0.25, 80),
        "sensitivity": np.exp(rng.normal(-0.5, 0.6, 80)),
    }
    return truth, simulate(altruism, truth, evidence, rng)


def test_a_planted_population_is_recovered(altruism, crowd):
    truth, evidence = crowd
    found = empirical_bayes(altruism, evidence)
    assert found.converged
    assert not found.warnings
    planted = {
        "share": (0.3, 0.25),
        "sensitivity": (np.exp(-0.5 + 0.18), np.exp(-0.5 + 0.18) * np.sqrt(np.expm1(0.36))),
    }
    for name, (mean, spread) in planted.items():
        for certified, value in (
            (found.population_mean[name], mean),
            (found.population_sd[name], spread),
        ):
            assert certified.kind == "estimate"
            width = certified.high - certified.low
            assert abs(certified.value - value) < 0.75 * width
    low, high = found.intervals(0.9)
    inside = (low[:, 0] < truth["share"]) & (truth["share"] < high[:, 0])
    assert 0.82 <= inside.mean() <= 0.97
    one = found.estimate("person 3", "share")
    assert (one.low, one.high) == pytest.approx((low[3, 0], high[3, 0]))


@pytest.mark.slow
def test_held_out_choices_are_predicted_better_than_by_one_for_all_or_each_alone(altruism, crowd):
    _, evidence = crowd
    held = np.random.default_rng(0).random(len(evidence)) < 0.5
    known, whole = evidence.subset(~held), evidence
    pooled = empirical_bayes(altruism, known).predict(whole)
    rivals = (
        fit(altruism, known).predict(whole),
        altruism.predict(fit_individuals(altruism, known).values(), whole),
    )
    for rival in rivals:
        assert log_chosen(pooled, whole)[held].mean() > log_chosen(rival, whole)[held].mean() + 0.01


def test_refusals(coin, tosses):
    with pytest.raises(InputError, match="nothing to fit"):
        empirical_bayes(coin, tosses([(0, 0)]))
    with pytest.raises(InputError, match="nothing to pool"):
        empirical_bayes(coin.with_fixed(heads=0.5), tosses(TOSSES))
    with pytest.raises(InputError, match="not a prior"):
        empirical_bayes(coin, tosses(TOSSES), prior=Prior(np.zeros(2), np.ones(2), np.ones(2)))
