"""The moral opportunist in a trust game with a hidden multiplier, trial by trial in plain loops."""

import numpy as np
import pytest

from comity.inference.explanations.motives.moral_opportunist import (
    MORAL_GREED,
    MORAL_GUILT,
    MORAL_INEQUITY,
    MORAL_OPPORTUNIST,
)
from explaining import slopes, utility

ENDOWMENT = 10


def trial(sent, multiplier, believed, expected_back):
    """Payoffs by what is sent back, and the features of the trial."""
    back = np.arange(sent * multiplier + 1.0)
    payoffs = np.stack([sent * multiplier - back, ENDOWMENT - sent + back], axis=-1)
    history = {"received": sent * multiplier, "believed_received": sent * believed}
    return payoffs, history, {"expected_payoff": ENDOWMENT - sent + expected_back}


def written_out(sent, multiplier, believed, expected_back, theta, phi):
    found = []
    for back in range(sent * multiplier + 1):
        own, other = sent * multiplier - back, ENDOWMENT - sent + back
        guilt = max(expected_back - back, 0) ** 2 / (sent * believed) ** 2
        inequity = (own / (own + other) - 1 / 2) ** 2
        share = own / (sent * multiplier)
        found.append(theta * share - (1 - theta) * min(guilt + phi, inequity - phi))
    return found


@pytest.mark.parametrize("multiplier", [2, 4, 6])
@pytest.mark.parametrize("phi", [-0.04, 0.0, 0.03])
def test_formula(multiplier, phi):
    payoffs, history, beliefs = trial(7, multiplier, 4, 14)
    found = utility(MORAL_OPPORTUNIST, payoffs, 0, history, beliefs, theta=0.15, phi=phi)
    np.testing.assert_allclose(found, written_out(7, multiplier, 4, 14, 0.15, phi), rtol=1e-12)


@pytest.mark.parametrize(
    ("motive", "phi", "sign"), [(MORAL_GUILT, -10.0, -1), (MORAL_INEQUITY, 10.0, 1)]
)
def test_guilt_and_inequity_are_its_edges(motive, phi, sign):
    # Far out on either side the minimum is always the same part, shifted by |phi|.
    payoffs, history, beliefs = trial(5, 6, 4, 8)
    edge = utility(MORAL_OPPORTUNIST, payoffs, 0, history, beliefs, theta=0.2, phi=phi)
    plain = utility(motive, payoffs, 0, history, beliefs, theta=0.2)
    np.testing.assert_allclose(edge - plain, np.full(len(plain), 0.8 * abs(phi)), rtol=1e-12)


def test_greed_is_the_other_edge():
    payoffs, history, beliefs = trial(5, 6, 4, 8)
    edge = utility(MORAL_OPPORTUNIST, payoffs, 0, history, beliefs, theta=1.0, phi=0.02)
    np.testing.assert_array_equal(edge, utility(MORAL_GREED, payoffs, 0, history, beliefs))


def best(motive, multiplier, **parameters):
    payoffs, history, beliefs = trial(10, multiplier, 4, 20)
    return int(np.argmax(utility(motive, payoffs, 0, history, beliefs, **parameters)))


def test_who_sends_back_what():
    # All was sent and half of a fourfold stake is expected. Guilt gives those 20, if it has them;
    # inequity halves whatever there is; the opportunist does whichever gives less.
    multipliers = (4, 6)
    assert [best(MORAL_GREED, m) for m in multipliers] == [0, 0]
    assert [best(MORAL_GUILT, m, theta=0.001) for m in multipliers] == [20, 20]
    assert [best(MORAL_INEQUITY, m, theta=0.001) for m in multipliers] == [20, 30]
    assert [best(MORAL_OPPORTUNIST, m, theta=0.001, phi=0.0) for m in (2, 6)] == [10, 20]


def test_without_a_hidden_multiplier_all_know_the_stake():
    payoffs, history, beliefs = trial(5, 4, 4, 8)
    known = {"received": history["received"]}
    values = {"theta": 0.2, "phi": 0.01}
    np.testing.assert_array_equal(
        utility(MORAL_OPPORTUNIST, payoffs, 0, known, beliefs, **values),
        utility(MORAL_OPPORTUNIST, payoffs, 0, history, beliefs, **values),
    )


def test_nothing_at_stake():
    history, beliefs = {"received": 0.0}, {"expected_payoff": 0.0}
    found = slopes(MORAL_OPPORTUNIST, [[0.0, 0.0]], history, beliefs, theta=0.5, phi=0.0)
    assert np.isfinite(list(found.values())).all()
