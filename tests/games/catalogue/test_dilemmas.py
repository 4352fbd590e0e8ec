"""Dilemmas of trust: payoffs by role and the order they must keep."""

import pytest

from comity.core.errors import InputError
from comity.games.catalogue import donation_game, prisoners_dilemma, stag_hunt


def test_payoffs_by_role():
    game = prisoners_dilemma(temptation=10, reward=7, punishment=2, sucker=-1)
    assert game.table.tolist() == [[[7, -1], [10, 2]], [[7, 10], [-1, 2]]]


def test_donation_is_a_dilemma_with_equal_gains_from_switching():
    table = donation_game(5, 2).table[0]
    assert table.tolist() == [[3, -2], [5, 0]]
    assert table[1, 0] - table[0, 0] == table[1, 1] - table[0, 1] == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: prisoners_dilemma(temptation=3),
        lambda: prisoners_dilemma(sucker=float("nan")),
        lambda: donation_game(1, 1),
        lambda: donation_game(2, 0),
        lambda: stag_hunt(hare=4),
    ],
)
def test_order_is_checked(make):
    with pytest.raises(InputError, match="payoffs are not in order"):
        make()
