"""Rivals: payoffs by role and the order they must keep."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.games.catalogue import (
    asymmetric_chicken,
    battle_of_the_sexes,
    chicken,
    matching_pennies,
)


def test_clifton_2020():
    table = asymmetric_chicken().table
    expected = {(0, 0): (0, 0), (0, 1): (-1.5, 2), (1, 0): (5, -1), (1, 1): (-5, -5)}
    for (a, b), payoffs in expected.items():
        assert tuple(table[:, a, b]) == payoffs


def test_symmetry_and_zero_sum():
    first, second = chicken(win=3).table
    np.testing.assert_array_equal(first, second.T)
    np.testing.assert_array_equal(matching_pennies(7).table.sum(axis=0), np.zeros((2, 2)))
    first, second = battle_of_the_sexes(5, 3, 1).table
    np.testing.assert_array_equal(first, second[::-1, ::-1])


@pytest.mark.parametrize(
    "make",
    [
        lambda: chicken(crash=0),
        lambda: battle_of_the_sexes(other=2),
        lambda: matching_pennies(0),
    ],
)
def test_order_is_checked(make):
    with pytest.raises(InputError, match="payoffs are not in order"):
        make()
