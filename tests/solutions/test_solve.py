import numpy as np
import pytest

from comity.core import InputError
from comity.games import NormalForm
from comity.solutions import CONCEPTS, Equilibria, Frontier, Solution, certify, solve

CHICKEN = NormalForm.from_payoffs([[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]])

KIND = {"pure-equilibria": Equilibria, "mixed-equilibria": Equilibria, "frontier": Frontier}
PAYOFFS = {
    "maximin": (0, 0),
    "nash": (1.75, 0.5),
    "kalai-smorodinsky": (1.75, 0.5),
    "egalitarian": (21 / 38, 20 / 19),
    "utilitarian": (5, -1),
    "best-equilibrium": (5, -1),
    "best-correlated-equilibrium": (5, -1),
    "correlated-equilibrium": (5, -1),
    "coarse-correlated-equilibrium": (5, -1),
}


@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_concept_answers(concept):
    found = solve(CHICKEN, concept)
    assert isinstance(found, KIND.get(concept, Solution))
    if isinstance(found, Solution):
        assert found.concept == concept
        np.testing.assert_allclose(found.payoffs, PAYOFFS[concept], atol=1e-9)
        np.testing.assert_allclose(certify(CHICKEN, found.play).payoffs, found.payoffs, atol=1e-9)


def test_security_levels_are_the_default_disagreement():
    assert solve(CHICKEN, "nash").disagreement.tolist() == [-1.5, -1]


def test_options_are_passed_on():
    assert solve(CHICKEN, "nash", lotteries=False).payoffs.tolist() == [0, 0]
    assert solve(CHICKEN, "frontier", lotteries=False).kind == "outcomes"
    best = solve(CHICKEN, "best-equilibrium", objective=[0, 1])
    assert best.payoffs.tolist() == [-1.5, 2]


def test_unknown_concept():
    with pytest.raises(InputError, match="no such solution concept"):
        solve(CHICKEN, "kalai")
