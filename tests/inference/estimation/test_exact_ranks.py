"""Exact ranks: even when all is right, whatever the proposal; uneven when something is wrong."""

import numpy as np
import pytest
from scipy.stats import norm

from comity.inference.estimation.exact_ranks import evenness, exact_ranks, propose

BOX = np.array([[0.0, 2.0], [-1.0, 1.0]])
NOISE = np.array([0.4, 1.5])
PEOPLE = 3000


def seen(rng):
    """True parameters of many people, and one noisy sight of each."""
    truth = rng.uniform(BOX[:, 0], BOX[:, 1], size=(PEOPLE, 2))
    return truth, truth + NOISE * rng.standard_normal(truth.shape)


def ranks_of(truth, sight, noise, rng, count=32, shift=0.0):
    spread = np.broadcast_to(np.diag(NOISE**2), (len(truth), 2, 2))
    proposal = propose(truth, sight + shift, spread, BOX, count, rng)
    likely = norm.logpdf(sight[:, None], proposal.points, noise).sum(axis=-1)
    return exact_ranks(proposal, likely, rng)


@pytest.mark.parametrize(("count", "shift"), [(32, 0.0), (4, 0.0), (8, 1.5)])
def test_even_for_few_points_and_a_poor_proposal(count, shift):
    rng = np.random.default_rng(0)
    ranks, effective = ranks_of(*seen(rng), NOISE, rng, count, shift)
    assert all(evenness(ranks[:, j], 20)[1] > 1e-4 for j in range(2))
    assert effective.min() >= 1
    assert effective.max() <= count


@pytest.mark.parametrize(
    ("sight_is", "noise"), [(1.0, NOISE / 1.5), (1.0, NOISE * 2), (1.2, NOISE)]
)
def test_a_wrong_likelihood_is_found_out(sight_is, noise):
    rng = np.random.default_rng(1)
    truth, sight = seen(rng)
    ranks, _ = ranks_of(truth, sight_is * sight, noise, rng)
    assert evenness(ranks[:, 0], 20)[1] < 1e-4


def test_many_points_give_the_distribution_function_of_the_posterior():
    """It is a normal distribution cut off at the ends of the box."""
    rng = np.random.default_rng(2)
    truth, sight = (table[:200] for table in seen(rng))
    ranks, effective = ranks_of(truth, sight, NOISE, rng, 4000)
    low, high, at = (norm.cdf((x - sight) / NOISE) for x in (BOX[:, 0], BOX[:, 1], truth))
    assert np.abs(ranks - (at - low) / (high - low)).max() < 0.15
    assert np.abs(ranks - (at - low) / (high - low)).mean() < 0.02
    assert np.median(effective) > 500


def test_points_outside_the_prior_weigh_nothing():
    rng = np.random.default_rng(3)
    truth, sight = seen(rng)
    wide = np.broadcast_to(np.diag([9.0, 9.0]), (PEOPLE, 2, 2))
    found = propose(truth, sight, wide, BOX, 16, rng)
    inside = ((found.points >= BOX[:, 0]) & (found.points <= BOX[:, 1])).all(axis=-1)
    np.testing.assert_array_equal(np.isfinite(found.log_prior), inside)
    np.testing.assert_array_equal(found.points[:, 0], truth)
    assert not inside.all()


def test_density_of_the_proposal():
    """Half a normal density with twice the variance, around the box's nearest point; half even."""
    rng = np.random.default_rng(4)
    found = propose(
        np.array([[0.5, 0.5]]), np.array([[3.0, 0.2]]), np.diag([0.1, 0.3])[None], BOX, 50, rng
    )
    normal = norm.pdf(found.points, [2.0, 0.2], np.sqrt([0.2, 0.6])).prod(axis=-1)
    even = np.isfinite(found.log_prior) / 4
    np.testing.assert_allclose(np.exp(found.log_density), (normal + even) / 2, rtol=1e-9)


def test_evenness_by_hand():
    counts, chance = evenness(np.array([0.1, 0.2, 0.3, 0.9]), 2)
    assert counts.tolist() == [3, 1]
    assert chance == pytest.approx(2 * norm.sf(1.0))
