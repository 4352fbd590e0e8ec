"""Means by person against matrices, exact arithmetic and simulated crowds."""

import numpy as np
import pytest
from scipy.stats import t

from comity.core.errors import InputError
from comity.inference.estimation.clustered_means import (
    Clusters,
    mean_by_person,
    quantile,
    share_by_person,
)
from comity.inference.evidence import Evidence, Situation

PAIR = Situation(("x", "y"), [[1, 0], [0, 1]])


def people_with(sizes):
    person = np.repeat(np.arange(len(sizes)), sizes)
    names = tuple(f"p{k}" for k in range(len(sizes)))
    return Evidence((PAIR,), names, person, np.zeros(len(person), int), np.zeros(len(person), int))


def test_people_of_equal_size_give_students_interval_of_their_means():
    evidence = people_with([4] * 7)
    values = np.random.default_rng(1).normal(size=28)
    means = values.reshape(7, 4).mean(axis=1)
    low, high = t.interval(0.9, 6, means.mean(), means.std(ddof=1) / np.sqrt(7))
    found = mean_by_person(values, evidence, "made up", 0.9)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.method == "made up"


@pytest.mark.parametrize("sizes", [[3] * 6, [1, 1, 2, 5, 20], [2, 30], list(range(1, 15))])
def test_degrees_by_matrices(sizes):
    """Half the squared mean of a quadratic form in normal numbers over its variance."""
    clusters = Clusters.of(np.repeat(np.arange(len(sizes)), sizes))
    w = np.array(sizes) / sum(sizes)
    centred = np.eye(len(w)) - np.outer(np.ones(len(w)), w)
    form = np.diag(w / np.sqrt(1 - w)) @ centred
    covariance = form @ form.T
    expected = np.trace(covariance) ** 2 / np.trace(covariance @ covariance)
    assert clusters.degrees() == pytest.approx(expected)
    assert clusters.degrees() <= len(sizes) - 1 + 1e-9


def test_variance_is_unbiased_for_independent_rows():
    """What CR2 promises: exact under its working model, by summing over the rows' covariances."""
    sizes = np.array([1, 2, 4, 9])
    clusters = Clusters.of(np.repeat(np.arange(4), sizes))
    away = np.eye(sizes.sum()) - 1 / sizes.sum()
    # The expectation of a quadratic form in independent rows is the sum of it over unit rows.
    expected = sum(clusters.variance(row) for row in away)
    assert expected == pytest.approx(1 / sizes.sum())


def test_intervals_of_uneven_people_cover():
    """Two thirds of the decisions are a third of the people's; each has a mean of its own."""
    sizes = np.array([2] * 10 + [8] * 5)
    evidence = people_with(sizes)
    rng = np.random.default_rng(5)
    own = rng.normal(size=(1_500, len(sizes)))
    rows = own[:, evidence.person] + rng.normal(size=(1_500, sizes.sum()))
    found = [mean_by_person(values, evidence, "", 0.9) for values in rows]
    clustered = np.mean([f.low <= 0 <= f.high for f in found])
    # 0.9 with a standard error of 0.008, and a little more for the worst case that it assumes.
    assert 0.88 <= clustered <= 0.94
    reach = t.ppf(0.95, sizes.sum() - 1) * rows.std(axis=1, ddof=1) / np.sqrt(sizes.sum())
    assert np.mean(np.abs(rows.mean(axis=1)) <= reach) < 0.75


@pytest.mark.parametrize(("a", "b"), [(2.0, 2.0), (0.3, 3.0)])
def test_intervals_of_shares_cover(a, b):
    sizes = np.array([3] * 10 + [9] * 10)
    clusters = Clusters.of(np.repeat(np.arange(20), sizes))
    rng = np.random.default_rng(6)
    own = np.repeat(rng.beta(a, b, size=(1_000, 20)), sizes, axis=1)
    came = (rng.random(own.shape) < own).astype(float)
    found = [share_by_person(values, clusters, 0.9) for values in came]
    covered = np.mean([low <= a / (a + b) <= high for _, low, high in found])
    assert 0.87 <= covered <= 0.96


def test_nothing_came_about_is_not_certain():
    clusters = Clusters.of(np.repeat(np.arange(10), 5))
    share, low, high = share_by_person(np.zeros(50), clusters, 0.9)
    z = t.ppf(0.95, 9)
    # Wilson's interval of 0 out of 10.
    assert (share, low) == (0.0, 0.0)
    assert high == pytest.approx(z**2 / (10 + z**2))
    assert share_by_person(np.ones(50), clusters, 0.9)[1:] == pytest.approx((1 - high, 1.0))


def test_ties_of_everybody_are_certain():
    clusters = Clusters.of(np.repeat(np.arange(10), 5))
    assert share_by_person(np.full(50, 0.5), clusters, 0.9) == (0.5, 0.5, 0.5)


def test_a_share_is_never_surer_than_independent_rows():
    """Two people of the same share: their spread is nil by chance."""
    clusters = Clusters.of(np.repeat([0, 1], 5))
    share, low, high = share_by_person(np.tile([1.0, 1, 1, 0, 0], 2), clusters, 0.9)
    z, rows = quantile(0.9, 1), 10
    middle = (share + z**2 / (2 * rows)) / (1 + z**2 / rows)
    assert share == pytest.approx(0.6)
    assert (low + high) / 2 == pytest.approx(middle)


def test_one_person_tells_nothing_of_others():
    evidence = people_with([4])
    assert mean_by_person(np.arange(4.0), evidence, "scores", 0.9).kind == "unknown"
    assert share_by_person(np.ones(4), Clusters.of(np.zeros(4)), 0.9) == (1.0, 0.0, 1.0)


def test_an_impossible_choice_is_said():
    found = mean_by_person(np.array([0.0, -np.inf]), people_with([1, 1]), "scores", 0.9)
    assert found.value == -np.inf
    assert "probability 0" in found.method


def test_no_decisions_are_an_error():
    with pytest.raises(InputError, match="no decisions"):
        mean_by_person(np.zeros(0), people_with([]), "scores", 0.9)
