import numpy as np
import pytest

from comity.agreement.compare import compare
from comity.agreement.report.pieces import indices, values, what
from comity.cases import Case, Party
from comity.games import NormalForm


def game(prior):
    game = NormalForm.from_payoffs([[[1, 0], [0, 1]], [[1, 0], [0, 1]]], ("A", "B"))
    tables = {"wet": np.ones((2, 2, 2)), "dry": np.arange(8.0).reshape(2, 2, 2)}
    return game.with_states(tables, prior)


@pytest.fixture
def case():
    return Case("rain", (Party("A", game([0.9, 0.1])), Party("B", game([0.4, 0.6]))))


def test_a_prior_is_told_by_the_unusual_state(case):
    difference = next(d for d in compare(case).differences if d.block == "prior")
    assert what(case, difference) == "how likely “dry” is"
    assert values(case, difference) == ("10%", "60%")


def test_entries_are_those_on_which_the_pair_differs(river):
    case = river.agreement.case
    for difference in river.comparison.differences:
        places = indices(case, difference)
        first, second = (
            case.models[name].blocks()[difference.block].values[places]
            for name in difference.parties
        )
        assert len(places)
        assert np.all(first != second)


def test_every_party_says_something(three):
    for difference in three.comparison.differences:
        assert len(values(three.agreement.case, difference)) == 3
