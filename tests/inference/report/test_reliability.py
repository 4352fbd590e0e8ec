import dataclasses

import numpy as np
import pytest

from comity.inference.report.reliability import LARGEST, reliability
from inference.making import calibration


def test_points_stand_where_the_figures_are():
    given = calibration()
    found = reliability(given)
    left, bottom, right, top = found.diagonal
    for k, point in enumerate(found.points):
        assert (point.x - left) / (right - left) == pytest.approx(given.predicted[k], abs=1e-3)
        assert (bottom - point.y) / (bottom - top) == pytest.approx(given.observed[k], abs=1e-3)
        assert point.high <= point.y <= point.low


def test_more_decisions_make_a_larger_point():
    radii = np.array([p.radius for p in reliability(calibration()).points])
    assert (np.diff(radii[np.argsort(calibration().counts)]) >= 0).all()
    assert min(radii) < max(radii)
    assert max(radii) == LARGEST


def test_empty_bins_are_not_drawn():
    given = calibration()
    counts = given.counts.copy()
    counts[2] = 0
    found = reliability(dataclasses.replace(given, counts=counts))
    assert len(found.points) == len(given.counts) - 1
