"""Intervals of shares, against the equation they solve and against SciPy's."""

import numpy as np
import pytest
from scipy.stats import binomtest, norm

from comity.core.shares import wilson


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95])
@pytest.mark.parametrize(("hits", "count"), [(0, 10), (8, 10), (10, 10), (137, 400)])
def test_interval_is_the_one_of_scipy(hits, count, level):
    expected = binomtest(hits, count).proportion_ci(level, method="wilson")
    assert wilson(hits / count, count, level) == pytest.approx((expected.low, expected.high))


def test_ends_are_shares_from_which_the_one_seen_is_z_errors_away():
    share, count, z = np.array([[0.2], [0.55]]), np.array([7.5, 30.0]), 2.3
    for end in wilson(share, count, z=z):
        assert end.shape == (2, 2)
        assert np.abs(share - end) == pytest.approx(z * np.sqrt(end * (1 - end) / count))


def test_level_is_that_of_the_normal_quantile():
    assert wilson(0.3, 50, 0.9) == pytest.approx(wilson(0.3, 50, z=norm.ppf(0.95)))
