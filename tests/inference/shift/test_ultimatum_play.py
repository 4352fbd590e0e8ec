"""The oracle by simulation, against beliefs and best offers worked out round by round."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.shift.ultimatum import Ultimatum
from comity.inference.shift.ultimatum_play import play_ultimatum

COINCIDING = Ultimatum.coinciding(0.3, 0.9)


def bayes(play, setting, prior):
    """Beliefs by multiplying likelihoods of 0 and 1, one pair and one round at a time."""
    found = np.empty(play.posterior.shape)
    thresholds = setting.threshold, setting.builder_threshold
    for pair in range(len(found)):
        weights = np.array([prior, 1 - prior])
        found[pair, 0] = prior
        for k, (y, said) in enumerate(zip(play.offers[pair], play.accepted[pair], strict=True)):
            weights = weights * [(y >= t) == said for t in thresholds]
            found[pair, k + 1] = weights[0] / weights.sum()
    return found


def test_no_amount_of_repeated_play_moves_the_prior():
    play = play_ultimatum(COINCIDING, 200, 100, prior=0.2, rng=1)
    assert (play.posterior == 0.2).all()
    np.testing.assert_allclose(bayes(play, COINCIDING, 0.2), 0.2, atol=1e-15)
    assert play.accepted.any()
    assert not play.accepted.all()


def test_different_thresholds_are_found_out():
    setting = Ultimatum(0.3, discount=0.5, tough=0.5)
    play = play_ultimatum(setting, 50, 20, prior=0.4, rng=2)
    np.testing.assert_allclose(play.posterior, bayes(play, setting, 0.4), atol=1e-15)
    settled = ((play.offers >= 0.3) & (play.offers < 0.5)).any(axis=1)
    np.testing.assert_array_equal(play.posterior[settled, -1], play.committed[settled])
    assert (play.posterior[~settled, -1] == 0.4).all()
    assert settled.any()


@pytest.mark.parametrize(("prior", "conflict"), [(0.05, True), (0.29, True), (0.3, False)])
def test_failure_is_the_closed_form(prior, conflict):
    play = play_ultimatum(COINCIDING, 20_000, 2, prior, share=0.25, rng=3)
    exact = COINCIDING.failure(prior, share=0.25)
    assert exact == (0.25 if conflict else 0)
    assert play.failure.low <= exact <= play.failure.high
    assert play.failure.value == pytest.approx(exact, abs=0.01)


def test_small_last_offers_are_accepted_by_one_kind_only():
    play = play_ultimatum(COINCIDING, 500, 1, prior=0.2, rng=4)
    assert play.small_accepted["builder"].value == 1
    assert play.small_accepted["committed"].value == 0
    fair = play_ultimatum(COINCIDING, 500, 1, prior=0.5, rng=4)
    assert fair.small_accepted["builder"].kind == "unknown"
    assert fair.last_accepted.all()


def test_same_seed_same_play():
    first, second = (play_ultimatum(COINCIDING, 20, 5, 0.2, rng=7) for _ in range(2))
    np.testing.assert_array_equal(first.offers, second.offers)
    np.testing.assert_array_equal(first.committed, second.committed)


def test_wrong_input():
    with pytest.raises(InputError, match="nobody"):
        play_ultimatum(COINCIDING, 0, 5, 0.2)
    with pytest.raises(InputError, match="prior"):
        play_ultimatum(COINCIDING, 5, 5, 1.2)
