"""Pieces: the same as all at once, every piece of one size."""

import numpy as np
import pytest

from comity.inference.estimation.pieces import in_pieces


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_pieces_are_of_one_size_and_make_the_whole(count):
    sizes = []

    def run(points, weights):
        sizes.append((len(points), len(weights)))
        return points.sum(axis=1), {"weighed": weights * points[:, 0]}

    points, weights = np.random.default_rng(1).normal(size=(count, 3)), np.arange(count) + 0.5
    total, parts = in_pieces(run, 3, points, weights)
    assert total == pytest.approx(points.sum(axis=1))
    assert parts["weighed"] == pytest.approx(weights * points[:, 0])
    assert sizes == [(3, 3)] * -(-count // 3)
