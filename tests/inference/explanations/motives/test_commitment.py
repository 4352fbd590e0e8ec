"""Commitment: an ultimatum is rejected below the threshold, in every round."""

import numpy as np
import pytest

from comity.inference.explanations.motives.commitment import COMMITMENT
from explaining import utility


@pytest.mark.parametrize("continues", [0.0, 1.0])
@pytest.mark.parametrize(("offer", "rejects"), [(0.29, True), (0.31, False)])
def test_offers_below_the_threshold_are_rejected(continues, offer, rejects):
    payoffs = [[[offer, 1 - offer]], [[0.0, 0.0]]]
    history = {"resists": [[0.0], [1.0]], "continues": continues}
    accept, reject = utility(COMMITMENT, payoffs, 0, history, threshold=0.3)[:, 0]
    assert (reject > accept) == rejects
    np.testing.assert_allclose(reject - accept, 0.3 - offer, rtol=1e-12)
