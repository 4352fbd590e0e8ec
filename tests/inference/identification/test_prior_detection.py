"""What data taught against what was believed before."""

import math
from fractions import Fraction

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.identification.divergence import divergences
from comity.inference.identification.prior_detection import detect_prior, faint_pairs


def test_posterior_in_exact_fractions():
    likelihood = [Fraction(1, 8), Fraction(1, 8), Fraction(1, 32)]
    prior = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)]
    total = sum(a * b for a, b in zip(likelihood, prior, strict=True))
    exact = [a * b / total for a, b in zip(likelihood, prior, strict=True)]
    found = detect_prior(
        [math.log(x) for x in likelihood], [float(x) for x in prior], ["a", "b", "c"]
    )
    np.testing.assert_allclose(found.posterior[0], [float(x) for x in exact], atol=1e-15)
    moved = sum(float(x) * math.log(x / y) for x, y in zip(exact, prior, strict=True))
    assert found.moved[0] == pytest.approx(moved, abs=1e-14)
    assert found.log_bayes_factor[0] == pytest.approx(math.log(4))
    assert found.never_moved == (("a", "b"),)
    assert not found.prior_decides[0]


def test_the_prior_alone_decides_where_all_members_say_the_same():
    found = detect_prior([-400.0, -400.0], [0.9, 0.1])
    np.testing.assert_allclose(found.posterior[0], [0.9, 0.1], atol=1e-15)
    assert found.moved[0] == 0
    assert found.prior_decides[0]
    assert "decides for 1 of 1" in str(found)


def test_odds_that_one_person_moved_are_moved():
    table = np.array([[-1.0, -1, -2], [-3, -5, -3]])
    found = detect_prior(table, names=["a", "b", "c"], people=["Ana", "Ben"])
    assert found.never_moved == ()
    assert detect_prior(table[:1], names=["a", "b", "c"]).never_moved == (("a", "b"),)
    assert found.prior_decides.tolist() == [False, False]


def test_huge_and_impossible_likelihoods():
    found = detect_prior([[-1e5, -1e5 - 3, -np.inf], [-2, -np.inf, -np.inf]], names=["a", "b", "c"])
    odds = found.posterior[0, 0] / found.posterior[0, 1]
    assert odds == pytest.approx(math.exp(3))
    assert found.posterior[0, 2] == 0
    assert found.log_bayes_factor[0] == np.inf
    np.testing.assert_array_equal(found.posterior[1], [1, 0, 0])
    assert found.moved[1] == pytest.approx(math.log(3))


def test_members_without_prior_do_not_count():
    found = detect_prior([-1.0, -1, -50], [0.5, 0.5, 0])
    assert found.prior_decides[0]
    assert found.posterior[0, 2] == 0
    with pytest.raises(InputError, match="rules out"):
        detect_prior([-np.inf, -1], [1, 0])


def test_the_average_of_posteriors_is_the_prior():
    """Over data drawn as the prior expects, beliefs stay put on average."""
    chances, prior, n = np.array([0.5, 0.7]), np.array([0.3, 0.7]), 4
    counts = np.arange(n + 1)
    log_like = counts[:, None] * np.log(chances) + (n - counts[:, None]) * np.log(1 - chances)
    ways = np.array([math.comb(n, k) for k in counts])
    weight = ways * (np.exp(log_like) @ prior)
    found = detect_prior(log_like, prior)
    np.testing.assert_allclose(weight @ found.posterior, prior, atol=1e-14)
    joint = ways[:, None] * np.exp(log_like) * prior
    mutual = (joint * np.log(joint / (weight[:, None] * prior))).sum()
    assert weight @ found.moved == pytest.approx(mutual)


def test_faint_pairs_are_those_that_need_more_passes():
    chances = [0.5, 0.52, 0.7, 0.5]
    found = divergences([[[p, 1 - p]] for p in chances], ["a", "b", "c", "d"])
    faint = faint_pairs(found, passes=1000)
    pairs = {(pair.truth, pair.other) for pair in faint}
    assert pairs == {("a", "b"), ("b", "a"), ("d", "b"), ("b", "d")}
    first = next(pair for pair in faint if (pair.truth, pair.other) == ("a", "b"))
    assert first.nats == pytest.approx(1000 * -math.log(1 - 4 * 0.02**2) / 2)
    assert round(first.passes_needed) == 3742
    assert faint[0].nats == min(pair.nats for pair in faint)
    with pytest.raises(InputError, match="passes"):
        faint_pairs(found, 0)


@pytest.mark.parametrize("wrong", [[np.nan, 0], [np.inf, 0], [[[1.0]]], []])
def test_what_is_no_log_likelihood_is_refused(wrong):
    with pytest.raises(InputError, match="log-likelihoods"):
        detect_prior(wrong)


@pytest.mark.parametrize("prior", [[1.0], [0.5, 0.6], [1.5, -0.5], [np.nan, 1]])
def test_what_is_no_prior_is_refused(prior):
    with pytest.raises(InputError, match="not a prior"):
        detect_prior([-1.0, -2], prior)
