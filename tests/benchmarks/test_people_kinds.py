"""People of several kinds: shares by a grid, evidence by an integral written out."""

import numpy as np
import pytest
from people_kinds import Kind, Kinds, blend, mix, weigh
from scipy.integrate import quad
from scipy.stats import norm

from comity.inference import Evidence, Situation, explain
from comity.inference.estimation.population import default_prior


def bare(logs):
    return Kind(None, np.asarray(logs, float), np.zeros((0, 0, 0)), np.zeros((0, 0)), 1.0)


@pytest.fixture
def logs():
    return np.random.default_rng(0).normal(0, 2, (12, 2)) + np.array([0.7, 0.0])


def test_shares_are_the_best_of_a_fine_grid(logs):
    found = mix([bare(column) for column in logs.T])
    grid = np.linspace(0, 1, 20001)[:, None]
    value = np.log(grid * np.exp(logs[:, 0]) + (1 - grid) * np.exp(logs[:, 1])).sum(axis=1)
    assert found.shares[0] == pytest.approx(grid[np.argmax(value), 0], abs=1e-4)


def test_posteriors_are_bayes_rule_at_the_shares(logs):
    found = mix([bare(column) for column in logs.T])
    joint = found.shares * np.exp(logs)
    np.testing.assert_allclose(
        found.posteriors, joint / joint.sum(axis=1, keepdims=True), atol=1e-6
    )


def test_a_kind_that_nobody_follows_gets_nothing():
    found = mix([bare([0.0, 0.0, 0.0]), bare([-50.0, -50.0, -50.0])])
    np.testing.assert_allclose(found.shares, [1, 0], atol=1e-12)
    assert found.told()[0].tolist() == [3, 0]


def test_whoever_is_not_sure_is_not_told():
    found = Kinds((None, None), np.array([0.5, 0.5]), np.array([[0.95, 0.05], [0.5, 0.5], [0, 1]]))
    counts, untold = found.told(0.9)
    assert (counts.tolist(), untold) == ([1, 1], 1)


def test_predictions_are_averaged_by_posterior():
    zeros = np.zeros(3, int)
    evidence = Evidence(
        (Situation(("a", "b"), np.zeros((2, 1))),), ("p", "q"), np.array([0, 1, 1]), zeros, zeros
    )
    found = Kinds((None, None), np.array([0.5, 0.5]), np.array([[1.0, 0.0], [0.25, 0.75]]))
    tables = [np.tile([1.0, 0.0], (3, 1)), np.tile([0.0, 1.0], (3, 1))]
    np.testing.assert_allclose(blend(found, tables, evidence)[:, 0], [1, 0.25, 0.25])


def test_evidence_of_a_person_is_the_integral_over_the_prior():
    """One parameter: the sensitivity of somebody who takes 2 rather than 1 in so many of 8."""
    situation = Situation(("two", "one"), np.array([[2.0], [1.0]]))
    choice = np.r_[np.repeat(0, 6), np.repeat(1, 2), np.repeat(0, 8)]
    evidence = Evidence((situation,), ("p", "q"), np.repeat([0, 1], 8), np.zeros(16, int), choice)
    explanation = explain()
    found = weigh(explanation, evidence)
    prior = default_prior(explanation.parameters)
    middle, reach = prior.middle[0], prior.reach[0]

    def likelihood(free, right):
        chance = 1 / (1 + np.exp(-np.exp(free) / found.scale))
        return chance**right * (1 - chance) ** (8 - right) * norm.pdf(free, middle, reach)

    for person, right in enumerate((6, 8)):
        exact = quad(likelihood, middle - 9 * reach, middle + 9 * reach, (right,), limit=200)[0]
        assert found.log_evidence[person] == pytest.approx(np.log(exact), abs=0.02)
