"""The tolerance curve on runs made by hand."""

import numpy as np
import pytest

from comity.agreement.studies.scalar import Scalar
from comity.agreement.studies.simulation import Runs
from comity.agreement.studies.tolerance import tolerance_curve


def scalar_runs(rng, bias, surplus, sd=0.05, draws=3000):
    """The scalar setting drawn directly: a liar adds a bias to its report."""
    first, second = rng.normal(0.5, sd, (2, draws))
    share = (first + bias + second) / 2
    deal = np.stack([share - 0.5 + surplus, 0.5 - share + surplus], axis=1)
    return Runs(
        deal, np.zeros_like(deal), np.abs(first + bias - second), np.ones(draws, bool), None
    )


@pytest.mark.parametrize("surplus", [0.5, 0.1])
def test_curve_of_the_design(surplus):
    """An interior best tolerance, and the closed form along the curve."""
    amounts = np.linspace(0, 0.35, 36)
    runs = [scalar_runs(np.random.default_rng(1), b, surplus) for b in amounts]
    tolerances = np.linspace(0.02, 0.34, 17)
    curve = tolerance_curve(runs, amounts, 0, tolerances)
    setting = Scalar(0.05, surplus, 0.2)
    exact = [surplus * setting.kept_against_liar(t) for t in tolerances]
    assert curve.honest_gain == pytest.approx(exact, abs=0.08 * surplus)
    best = setting.best_tolerance()
    assert curve.best_tolerance.low - 0.03 <= best <= curve.best_tolerance.high + 0.03
    assert np.all(curve.low <= curve.honest_gain)
    assert np.all(curve.honest_gain <= curve.high)


def test_liar_picks_what_pays(rng):
    runs = [scalar_runs(rng, b, 0.2, draws=500) for b in (0.0, 0.1)]
    curve = tolerance_curve(runs, (0.0, 0.1), 0, [0.01, 1.0])
    assert curve.amounts[1] == 0.1
    assert curve.agreement_rate[1] == 1


def test_places_are_distances_seen(rng):
    runs = [scalar_runs(rng, 0.1, 0.2, draws=200)]
    curve = tolerance_curve(runs, (0.1,), 0)
    assert curve.tolerances[0] >= 0
    assert curve.tolerances[-1] == pytest.approx(runs[0].distance.max())
    assert curve.agreement_rate[-1] == 1


def test_picture_shows_both_sides(rng):
    curve = tolerance_curve([scalar_runs(rng, 0.1, 0.2, draws=200)], (0.1,), 0)
    ax = curve.plot()
    assert [line.get_label() for line in ax.lines][:2] == ["the honest", "the liar"]
    assert ax.get_xlabel() == "tolerated distance of the reports"
    assert curve.plot(ax) is ax
