"""CES altruism against its formula, its limits, and the demand that follows from it."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.motives.ces import CES
from comity.inference.explanations.procedures.logit import LOGIT
from explaining import slopes, utility


@pytest.mark.parametrize("elasticity", [0.3, 0.8, 2.5, 40.0])
def test_formula(elasticity):
    payoffs = np.random.default_rng(1).uniform(0.1, 20, (30, 2))
    r = 1 - 1 / elasticity
    expected = [(0.6 * a**r + 0.4 * b**r) ** (1 / r) for a, b in payoffs]
    found = utility(CES, payoffs, share=0.6, elasticity=elasticity)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_cobb_douglas_and_its_neighbours():
    payoffs = np.random.default_rng(2).uniform(0.1, 20, (30, 2))
    middle = utility(CES, payoffs, share=0.6, elasticity=1.0)
    np.testing.assert_allclose(middle, payoffs[:, 0] ** 0.6 * payoffs[:, 1] ** 0.4, rtol=1e-12)
    beyond = [utility(CES, payoffs, share=0.6, elasticity=1 / (1 - r)) for r in (0.99e-4, 1.01e-4)]
    np.testing.assert_allclose(*beyond, rtol=1e-5)


def test_demand():
    # Of an income m at price p of giving, the share that maximises CES utility is known: the
    # ratio of own to given is (share / (1 - share) p) ^ elasticity.
    income, price, share, elasticity = 10.0, 0.5, 0.7, 0.8
    own = np.linspace(0, income, 100_001)
    payoffs = np.stack([own, (income - own) / price], axis=-1)
    best = payoffs[np.argmax(utility(CES, payoffs, share=share, elasticity=elasticity))]
    ratio = (share / (1 - share) * price) ** elasticity
    assert best[0] / best[1] == pytest.approx(ratio, rel=1e-3)


@pytest.mark.parametrize("elasticity", [0.2, 1.0, 3.0, 1e6])
def test_nothing_for_somebody_is_no_edge(elasticity):
    found = slopes(CES, [[0.0, 5.0], [5.0, 0.0], [0.0, 0.0]], share=0.6, elasticity=elasticity)
    assert np.isfinite(list(found.values())).all()


def test_losses_are_refused():
    situation = Situation(("a", "b"), [[1, -1], [2, 2]], name="with losses")
    with pytest.raises(InputError, match=r"with losses: payoffs below 0"):
        Explanation(CES, LOGIT).check([situation])
