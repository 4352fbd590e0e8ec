"""Each is one of three games, told by its pure equilibria."""

from collections import Counter

import numpy as np

from comity.evaluation.suite.dilemmas import DILEMMAS
from comity.solutions import pure_equilibria


def equilibria(game):
    return sorted(play.outcomes[0] for play in pure_equilibria(game).profiles)


KINDS = {((0, 1), (1, 0)): "chicken", ((0, 0), (1, 1)): "same action"}


def test_each_has_two_pure_equilibria_of_the_stated_kinds():
    found = Counter(KINDS[tuple(equilibria(DILEMMAS.variant(k).truth))] for k in range(150))
    assert set(found) == set(KINDS.values())
    # A third is chicken; hunt and battle have both parties do the same.
    assert abs(found["chicken"] / 150 - 1 / 3) < 4 * np.sqrt(2 / 9 / 150)


def test_both_parties_may_see_different_games():
    case = DILEMMAS.variant(0).case
    one, two = case.models.values()
    assert not np.allclose(one.facts, two.facts)
