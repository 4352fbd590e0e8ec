"""Reputation: the threshold in closed form, the discounted sum, and the last round."""

import numpy as np
import pytest

from comity.inference.explanations.motives.commitment import COMMITMENT
from comity.inference.explanations.motives.reputation import REPUTATION
from explaining import utility

RESISTS = [[0.0], [1.0]]


def gain_from_rejecting(offer, patience, prize, continues):
    payoffs = [[[offer, 1 - offer]], [[0.0, 0.0]]]
    history = {"resists": RESISTS, "continues": continues}
    found = utility(REPUTATION, payoffs, 0, history, {"prize": prize}, patience=patience)
    return float(found[1, 0] - found[0, 0])


@pytest.mark.parametrize("continues", [1.0, 0.75])
def test_it_is_the_discounted_sum_of_later_prizes(continues):
    patience, prize = 0.6, 0.25
    later = sum((patience * continues) ** round_ * prize for round_ in range(1, 400))
    found = gain_from_rejecting(0.0, patience, prize, continues)
    assert found == pytest.approx(later, rel=1e-12)


def test_it_accepts_from_a_threshold_on_while_the_game_goes_on():
    patience, prize = 0.4, 0.45
    threshold = patience / (1 - patience) * prize
    assert gain_from_rejecting(threshold - 1e-9, patience, prize, 1.0) > 0
    assert gain_from_rejecting(threshold + 1e-9, patience, prize, 1.0) < 0


def test_the_last_round_takes_anything():
    assert gain_from_rejecting(1e-9, 0.9, 10.0, 0.0) < 0


def test_it_is_a_commitment_until_the_end():
    # With thresholds that coincide, no offer tells the two apart before the last round.
    offers = np.linspace(0, 1, 11)
    payoffs = np.stack([np.stack([offers, 1 - offers], -1), np.zeros((11, 2))])
    history = {"resists": RESISTS, "continues": 1.0}
    builder = utility(REPUTATION, payoffs, 0, history, {"prize": 0.45}, patience=0.4)
    committed = utility(COMMITMENT, payoffs, 0, history, threshold=0.4 / 0.6 * 0.45)
    np.testing.assert_allclose(builder, committed, rtol=1e-14)
