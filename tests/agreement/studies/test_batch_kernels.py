"""What the compiled loops of rounds add to the kernels, against plain arrays."""

import numpy as np
import pytest

from comity.agreement.studies import _batch_kernels as kernels
from comity.solutions import security_level
from comity.solutions.maximin_kernel import workspace


@pytest.fixture
def pair(rng):
    return rng.normal(size=(2, 2, 3, 4))


def test_mean_and_distance(pair):
    mean = np.empty((2, 3, 4))
    kernels._mean(pair, mean)
    assert np.allclose(mean, pair.mean(axis=0))
    assert kernels._distance(pair) == np.abs(pair[0] - pair[1]).max()


def test_mean_of_equal_reports_is_exact():
    reports, mean = np.full((2, 2, 1, 1), 0.1), np.empty((2, 1, 1))
    kernels._mean(reports, mean)
    assert (mean == 0.1).all()


def test_mixed_play(rng, pair):
    left, right = rng.dirichlet(np.ones(3)), rng.dirichlet(np.ones(4))
    assert kernels._mixed(pair[0, 0], left, right) == pytest.approx(left @ pair[0, 0] @ right)


def test_each_model_says_what_is_safe_for_each(pair):
    from comity.games import NormalForm

    safe = np.zeros((2, 2, 4))
    kernels._play_safe(pair, workspace(3, 4), safe)
    for i in range(2):
        game = NormalForm.from_payoffs(pair[i])
        for j, size in enumerate((3, 4)):
            assert safe[i, j, :size] == pytest.approx(security_level(game, j).strategy, abs=1e-9)


def test_gain_is_by_the_own_model(pair):
    safe = np.zeros((2, 2, 4))
    kernels._play_safe(pair, workspace(3, 4), safe)
    fallback = np.array([safe[i, 0, :3] @ pair[i, i] @ safe[i, 1] for i in range(2)])
    assert kernels._all_gain(pair, safe, fallback, 0.0)
    for i in range(2):
        less = fallback - 0.1 * np.eye(2)[i]
        assert not kernels._all_gain(pair, safe, less, 0.05)
        assert kernels._all_gain(pair, safe, less, 0.2)
