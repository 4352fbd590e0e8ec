import numpy as np
import pytest

from comity.core import Intractable
from comity.games import Lottery, MixedProfile, NormalForm
from comity.solutions import best_equilibrium, certify

SEXES = NormalForm.from_payoffs([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
STAG = NormalForm.from_payoffs([[[4, 0], [3, 3]], [[4, 3], [0, 3]]])


def test_the_payoff_dominant_one():
    found = best_equilibrium(STAG)
    assert found.payoffs.tolist() == [4, 4]
    assert found.status == "optimal"
    assert found.gap.kind == "exact"


def test_ties_are_drawn_in_public():
    found = best_equilibrium(SEXES)
    assert found.payoffs.tolist() == [1.5, 1.5]
    assert set(found.ties) == {(0, 0), (1, 1)}
    assert isinstance(found.play, Lottery)
    assert certify(SEXES, found.play).deviation_gains["public"].max() == 0
    first = best_equilibrium(SEXES, tie_break="first")
    assert isinstance(first.play, MixedProfile)
    assert sorted(first.payoffs) == [1, 2]


@pytest.mark.parametrize(("weights", "expected"), [([1, 0], [2, 1]), ([0, 1], [1, 2])])
def test_weights(weights, expected):
    assert best_equilibrium(SEXES, weights).payoffs.tolist() == expected


def test_egalitarian_takes_the_larger_minimum():
    assert best_equilibrium(STAG, "egalitarian").objective == 4


def test_three_players_have_pure_ones_only():
    table = np.zeros((3, 2, 2, 2))
    table[:, 1, 1, 1] = 1
    found = best_equilibrium(NormalForm.from_payoffs(table))
    assert found.status == "bound"
    assert found.gap.kind == "unknown"
    assert found.payoffs.tolist() == [1, 1, 1]


def test_none_is_told():
    pennies = np.array([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    table = np.stack([np.stack([p, p], axis=2) for p in (*pennies, np.zeros((2, 2)))])
    with pytest.raises(Intractable, match="no equilibrium was found"):
        best_equilibrium(NormalForm.from_payoffs(table))
