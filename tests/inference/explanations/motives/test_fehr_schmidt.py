"""Fehr-Schmidt against its formula written out, and against what the authors derive from it."""

import numpy as np
import pytest

from comity.inference.explanations.motives.fehr_schmidt import FEHR_SCHMIDT
from explaining import slopes, some_payoffs, utility


def written_out(payoffs, role, alpha, beta):
    own, total = payoffs[role], 0.0
    for j, other in enumerate(payoffs):
        if j != role:
            total += alpha * max(other - own, 0) + beta * max(own - other, 0)
    return own - total / (len(payoffs) - 1)


@pytest.mark.parametrize("people", [2, 3, 5])
@pytest.mark.parametrize("role", [0, 1])
def test_formula(people, role):
    payoffs = some_payoffs((30, people), seed=people)
    expected = [written_out(row, role, 0.85, 0.3) for row in payoffs]
    found = utility(FEHR_SCHMIDT, payoffs, role, alpha=0.85, beta=0.3)
    np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_least_acceptable_offer():
    # Proposition 1 of Fehr and Schmidt (1999): an offer s of a pie of 1 is rejected below
    # alpha / (1 + 2 alpha); rejection pays nobody anything.
    alpha = 0.7
    offer = alpha / (1 + 2 * alpha)
    offers = np.array([[offer - 1e-6, 1 - offer + 1e-6], [offer + 1e-6, 1 - offer - 1e-6]])
    below, above = utility(FEHR_SCHMIDT, offers, alpha=alpha, beta=0.2)
    assert below < 0 < above


def test_alone_it_is_own_payoff():
    assert utility(FEHR_SCHMIDT, [[3.0]], alpha=2.0, beta=2.0) == [3.0]


def test_slopes_are_the_gaps_even_at_ties():
    payoffs = [[4.0, 4.0], [2.0, 7.0], [9.0, 1.0]]
    assert slopes(FEHR_SCHMIDT, payoffs, alpha=0.3, beta=0.1) == {"alpha": -5.0, "beta": -8.0}
