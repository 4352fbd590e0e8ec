"""Scalar CGS: every figure of the design, the formula elsewhere, and the gain rule."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from comity.agreement.settle import Table
from comity.agreement.studies.batch import rounds
from comity.agreement.studies.scalar import Scalar, scalar_case
from comity.core.errors import InputError
from comity.games import Lottery

EQUILIBRIA = [(0.5, 0.2, 0.0337, 0.970), (0.3, 0.2, 0.0435, 0.945), (0.1, 0.4, 0.1705, 0.798)]
TOLERANCES = [(0.5, 0.1586, 0.932), (0.3, 0.1432, 0.880), (0.1, 0.1067, 0.618)]
SETTINGS = [(0.05, 0.5, 0.2), (0.05, 0.1, 0.4), (0.2, 0.4, 0.3), (0.01, 0.05, 0.02)]


@pytest.mark.parametrize(("surplus", "tolerance", "bias", "accepted"), EQUILIBRIA)
def test_symmetric_equilibrium_of_the_design(surplus, tolerance, bias, accepted):
    setting = Scalar(0.05, surplus, tolerance)
    found = setting.equilibrium()
    assert found == pytest.approx(bias, abs=1e-3)
    assert setting.acceptance(found, found) == pytest.approx(accepted, abs=1e-3)


@pytest.mark.parametrize(("sd", "surplus", "tolerance"), SETTINGS)
def test_equilibrium_is_a_global_maximum(sd, surplus, tolerance):
    setting = Scalar(sd, surplus, tolerance)
    bias = setting.equilibrium()
    others = np.linspace(bias - 2 * surplus, bias + 4 * surplus + 10 * sd, 20_001)
    best = max(setting.gains(float(b), bias)[0] for b in others)
    assert setting.gains(bias, bias)[0] >= best - 1e-9
    assert setting.best_response(bias) == pytest.approx(bias, abs=1e-6)


@pytest.mark.parametrize(("surplus", "tolerance", "kept"), TOLERANCES)
def test_best_tolerance_of_the_design_is_interior(surplus, tolerance, kept):
    setting = Scalar(0.05, surplus, 1.0)
    best = setting.best_tolerance()
    assert best == pytest.approx(tolerance, abs=1e-3)
    assert setting.kept_against_liar(best) == pytest.approx(kept, abs=1e-3)
    assert setting.kept_against_liar(best / 2) < kept > setting.kept_against_liar(2 * best)


def test_exploiter_of_the_design():
    setting = Scalar(0.05, 0.1, 0.4)
    bias = setting.best_response()
    assert bias == pytest.approx(0.2952, abs=1e-3)
    assert setting.gains(bias, 0)[1] == pytest.approx(-0.0443, abs=1e-3)


def test_gain_rule_of_the_design():
    setting = Scalar(0.05, 0.1, 0.4, gain_rule=True)
    bias = setting.best_response()
    assert bias == pytest.approx(0.1161, abs=1e-3)
    assert setting.acceptance(bias, 0) == pytest.approx(0.882, abs=1e-3)
    assert setting.gains(bias, 0)[1] == pytest.approx(0.0370, abs=1e-3)
    assert setting.below_default(bias, 0)[1] == pytest.approx(0.118, abs=1e-3)


@pytest.mark.parametrize(("sd", "surplus", "tolerance"), SETTINGS)
@pytest.mark.parametrize("gain_rule", [False, True])
@pytest.mark.parametrize(("bias_1", "bias_2"), [(0.0, 0.0), (0.03, 0.0), (-0.02, 0.05), (0.2, 0.1)])
def test_formula_by_quadrature(sd, surplus, tolerance, gain_rule, bias_1, bias_2):
    """Integrate the game as told: draw m_1 - m_2 and the mean, apply the rules one by one."""
    spread = math.sqrt(2) * sd

    def accepted(difference: float) -> bool:
        rules = abs(difference + bias_1 + bias_2) <= tolerance
        share_less_mean = (bias_1 - bias_2) / 2
        if gain_rule:
            rules &= share_less_mean - difference / 2 >= -surplus
            rules &= -share_less_mean - difference / 2 >= -surplus
        return bool(rules)

    ends = [-tolerance - bias_1 - bias_2, tolerance - bias_1 - bias_2]
    ends.append(2 * surplus - abs(bias_1 - bias_2))
    points = sorted(p for p in ends if abs(p) < 8 * spread)
    value = quad(
        lambda x: accepted(x) * norm.pdf(x, scale=spread), -8 * spread, 8 * spread, points=points
    )[0]
    setting = Scalar(sd, surplus, tolerance, gain_rule)
    assert setting.acceptance(bias_1, bias_2) == pytest.approx(value, abs=1e-7)
    first, second = setting.gains(bias_1, bias_2)
    assert first + second == pytest.approx(2 * surplus * value, abs=1e-6)
    assert first - second == pytest.approx((bias_1 - bias_2) * value, abs=1e-6)


@pytest.mark.parametrize("gain_rule", [False, True])
def test_best_response_beats_a_fine_grid(gain_rule):
    setting = Scalar(0.07, 0.15, 0.3, gain_rule)
    bias = setting.best_response(0.05)
    grid = max(setting.gains(float(b), 0.05)[0] for b in np.linspace(-0.3, 1.5, 20_001))
    assert setting.gains(bias, 0.05)[0] >= grid - 1e-9


def test_equilibrium_under_the_gain_rule_is_its_own_reply():
    setting = Scalar(0.05, 0.5, 0.2, gain_rule=True)
    bias = setting.equilibrium()
    assert setting.best_response(bias) == pytest.approx(bias, abs=1e-6)


@pytest.mark.parametrize("name", ["sd", "surplus", "tolerance"])
@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_settings_out_of_range_are_named(name, value):
    with pytest.raises(InputError, match=name):
        Scalar(**{"sd": 0.1, "surplus": 0.1, "tolerance": 0.1} | {name: value})


def test_case_payoffs_are_gains_over_no_deal():
    case = scalar_case(0.6, 0.5, 0.2)
    share = 0.55
    deal = Lottery(((0,), (1,)), np.array([share, 1 - share]))
    first, second = (case.models[name].payoffs(deal) for name in ("one", "two"))
    assert first[0] == pytest.approx(share - 0.6 + 0.2)
    assert second[1] == pytest.approx(0.5 - share + 0.2)
    assert case.models["one"].reservation.tolist() == [0.0, 0.0]


def by_batch(setting, bias_1, bias_2, draws, seed=0):
    """Run the general protocol on the pie as a game of actions; return (agreed, mean estimates).

    The row player takes the pie, leaves it or walks away, the column player stays or walks away;
    walking away leaves both 0, so that both security levels are 0.
    """
    rng = np.random.default_rng(seed)
    fair = 0.5 + setting.sd * rng.standard_normal((draws, 2))

    def games(shares):
        table = np.zeros((draws, 2, 2, 3, 2))
        for row, part in enumerate((1.0, 0.0)):
            table[:, :, 0, row, 0] = part - shares + setting.surplus
            table[:, :, 1, row, 0] = shares - part + setting.surplus
        return table

    reports = fair + np.array([bias_1, -bias_2])
    found = rounds(
        games(fair),
        games(reports),
        gain_tolerance=0.0 if setting.gain_rule else None,
        distance_tolerance=setting.tolerance,
    )
    assert np.abs(found.disagreement).max() < 1e-9
    share = np.where(found.first == 0, 1 - found.weight, 0) + np.where(
        found.second == 0, found.weight, 0
    )
    assert share[found.agreed] == pytest.approx(reports.mean(axis=1)[found.agreed], abs=1e-9)
    return found.agreed, share - 0.5


@pytest.mark.parametrize(("surplus", "tolerance", "bias", "accepted"), EQUILIBRIA)
def test_equilibria_by_the_general_protocol(surplus, tolerance, bias, accepted):
    agreed, _ = by_batch(Scalar(0.05, surplus, tolerance), bias, bias, 200_000)
    assert agreed.mean() == pytest.approx(accepted, abs=3e-3)


def test_gain_rule_of_the_design_by_the_general_protocol():
    agreed, edge = by_batch(Scalar(0.05, 0.1, 0.4, gain_rule=True), 0.1161, 0.0, 300_000)
    gain = np.where(agreed, 0.1 - edge, 0.0)
    assert agreed.mean() == pytest.approx(0.882, abs=2e-3)
    assert gain.mean() == pytest.approx(0.0370, abs=1e-3)
    assert (gain[agreed] < 0).mean() == pytest.approx(0.118, abs=3e-3)


def test_exploiter_of_the_design_by_the_general_protocol():
    agreed, edge = by_batch(Scalar(0.05, 0.1, 0.4), 0.2952, 0.0, 300_000)
    assert np.where(agreed, 0.1 - edge, 0.0).mean() == pytest.approx(-0.0443, abs=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize(("surplus", "tolerance", "bias", "accepted"), EQUILIBRIA)
def test_equilibria_by_the_general_protocol_to_a_thousandth(surplus, tolerance, bias, accepted):
    setting = Scalar(0.05, surplus, tolerance)
    agreed = np.concatenate([by_batch(setting, bias, bias, 500_000, s)[0] for s in range(4)])
    assert agreed.mean() == pytest.approx(accepted, abs=1e-3)


@pytest.mark.parametrize("gain_rule", [False, True])
def test_case_is_the_closed_form_draw_by_draw(gain_rule, rng):
    """What the file of a Case leads to equals the rules written out by hand."""
    for first, second in rng.normal(0.5, 0.08, (40, 2)):
        case = scalar_case(first, second, 0.05, 0.12, gain_rule=gain_rule)
        settled = Table.of(case).settle()
        accepted = abs(first - second) <= 0.12
        if gain_rule:
            accepted &= first - second <= 2 * 0.05
        assert (settled.status == "agreed") == accepted
        if accepted:
            share = (first + second) / 2
            assert settled.payoffs == pytest.approx([share - first + 0.05, second - share + 0.05])
