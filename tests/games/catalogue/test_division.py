"""Dividing a pie."""

import pytest

from comity.core.errors import InputError
from comity.games.catalogue import divide_the_pie


@pytest.mark.parametrize("k", [1, 2, 10])
def test_shares_sum_to_one(k):
    points = divide_the_pie(k).payoff_points()
    assert len(points) == k + 1
    assert points.sum(axis=1) == pytest.approx([1] * (k + 1))
    assert points[:, 0] == pytest.approx([j / k for j in range(k + 1)])


@pytest.mark.parametrize("k", [0, -1])
def test_no_pieces_no_pie(k):
    with pytest.raises(InputError, match="there are no pieces"):
        divide_the_pie(k)
