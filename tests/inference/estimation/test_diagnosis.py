"""Ridges, edges and runaways, on likelihoods whose shape is known."""

import numpy as np
import pytest

from comity.inference.estimation.diagnosis import (
    diagnose,
    flat_words,
    half_widths,
    reported,
    runaway_words,
    spectrum,
)
from comity.inference.estimation.newton import Optimum
from comity.inference.explanations import Parameter, error_rate, sensitivity

WEIGHT = Parameter("weight", "weight on the other")
ENVY = Parameter("envy", "dislike of being behind")


def ending(parameters, value, point, step=1e-3):
    """The diagnosis at one point of a function of (..., k), with derivatives by differences."""
    point = np.asarray(point, float)
    moves = np.eye(len(point)) * step
    gradient = np.array([(value(point + m) - value(point - m)) / (2 * step) for m in moves])
    hessian = [
        [
            (value(point + a + b) - value(point + a - b) - value(point - a + b))
            + value(point - a - b)
            for b in moves
        ]
        for a in moves
    ]
    one = Optimum(
        point[None],
        np.array([value(point)]),
        gradient[None],
        np.array([hessian]) / (4 * step**2),
        np.zeros(1),
        np.ones(1, bool),
    )
    return diagnose(parameters, one, value)


def test_a_peak_is_identified_and_its_covariance_is_the_inverse_curvature():
    curvature = np.array([[40.0, 10.0], [10.0, 20.0]])
    found = ending(
        (WEIGHT, ENVY), lambda x: -0.5 * np.einsum("...i,ij,...j", x, curvature, x), [0.0, 0.0]
    )
    assert found.status[0] == "identified"
    np.testing.assert_allclose(found.covariance[0], np.linalg.inv(curvature), rtol=1e-6)
    assert not found.flat.any()


def test_a_saddle_is_no_maximum_and_not_a_flat_direction():
    found = ending((WEIGHT, ENVY), lambda x: -20 * x[..., 0] ** 2 + 20 * x[..., 1] ** 2, [0.0, 0.0])
    assert found.status[0] == "not converged"
    assert not found.flat.any()
    assert np.isnan(found.covariance[0]).all()


def test_a_ridge_is_not_identified_and_is_named():
    found = ending((WEIGHT, ENVY), lambda x: -20 * (x[..., 0] + x[..., 1]) ** 2, [0.1, -0.1])
    assert found.status[0] == "not identified"
    assert found.loose[0].all()
    assert np.isnan(found.covariance[0]).all()
    (direction,) = (row for row in found.flat[0] if row.any())
    assert flat_words((WEIGHT, ENVY), direction) == (
        "weight (weight on the other) up with envy (dislike of being behind) down "
        "leaves every choice as likely"
    )


def test_a_parameter_outside_the_ridge_keeps_its_error():
    third = Parameter("care", "care")
    found = ending(
        (WEIGHT, ENVY, third),
        lambda x: -20 * (x[..., 0] + x[..., 1]) ** 2 - 8 * x[..., 2] ** 2,
        [0.1, -0.1, 0.0],
    )
    np.testing.assert_array_equal(found.loose[0], [True, True, False])
    assert found.covariance[0, 2, 2] == pytest.approx(1 / 16, rel=1e-6)
    assert np.isnan(found.covariance[0, 0]).all()


def test_endless_growth_is_separable():
    """The choices of one who is never wrong: the likelihood rises in sensitivity for ever."""
    parameters = (WEIGHT, sensitivity())
    found = ending(
        parameters, lambda x: -10 * np.exp(-np.exp(np.minimum(x[..., 1], 30.0))), [0.3, 4.0]
    )
    assert found.status[0] == "separable"
    np.testing.assert_array_equal(found.runs[0], [0, 1])
    assert found.loose[0, 0]
    shown = reported(parameters, np.array([[0.3, 55.0]]), found.runs, found.loose)
    assert np.isnan(shown[0, 0])
    assert shown[0, 1] == np.inf
    (words,) = runaway_words(parameters, found.runs[0])
    assert words == ("separable: the likelihood has no maximum; sensitivity grows without bound")


def test_an_interval_s_end_is_named_and_the_rest_is_estimated():
    """No error was seen in 40 choices: the error rate is at 0."""
    parameters = (WEIGHT, error_rate())
    found = ending(
        parameters,
        lambda x: -8 * x[..., 0] ** 2 - 40 * np.logaddexp(0.0, x[..., 1]),
        [0.0, -25.0],
    )
    assert found.status[0] == "at the edge"
    np.testing.assert_array_equal(found.runs[0], [0, -1])
    assert found.covariance[0, 0, 0] == pytest.approx(1 / 16, rel=1e-6)
    assert np.isnan(found.covariance[0, 1, 1])
    assert reported(parameters, np.array([[0.0, 1e-11]]), found.runs, found.loose)[0, 1] == 0
    assert (
        "error (chance of a choice at random) is at 0"
        in runaway_words(parameters, found.runs[0])[0]
    )


def test_a_slope_is_no_maximum():
    found = ending((WEIGHT,), lambda x: -8 * (x[..., 0] - 1) ** 2, [0.0])
    assert found.status[0] == "not converged"


def test_impossible_choices_are_ruled_out():
    one = Optimum(
        np.zeros((1, 1)),
        np.array([-np.inf]),
        np.full((1, 1), np.nan),
        np.full((1, 1, 1), np.nan),
        np.zeros(1),
        np.zeros(1, bool),
    )
    found = diagnose((WEIGHT,), one, lambda at: np.full(at.shape[:-1], -np.inf))
    assert found.status[0] == "ruled out"
    assert np.isnan(found.covariance).all()


def test_many_searches_are_told_apart_at_once():
    centres = np.array([0.0, 0.0, 1.0])
    sharp = np.array([10.0, 0.0, 10.0])
    ends = Optimum(
        np.zeros((3, 1)),
        -sharp * centres**2,
        (2 * sharp * centres)[:, None],
        -2 * sharp[:, None, None],
        np.zeros(3),
        np.ones(3, bool),
    )
    found = diagnose(
        (WEIGHT,), ends, lambda at: -sharp[:, None] * (at[..., 0] - centres[:, None]) ** 2
    )
    assert found.status.tolist() == ["identified", "not identified", "not converged"]


def test_information_is_measured_in_half_widths():
    np.testing.assert_allclose(half_widths((WEIGHT, sensitivity())), [0.5, np.log(20) / 2])
    sizes, _ = spectrum(-np.diag([8.0, 3.0])[None], np.array([0.5, 1.0]), np.array([[False, True]]))
    np.testing.assert_allclose(np.sort(sizes[0]), [2.0, 3.0])


def test_a_single_loose_parameter_in_words():
    assert flat_words((WEIGHT,), np.array([-1.0])) == (
        "weight (weight on the other) may be anything near where it is: "
        "every choice stays as likely"
    )
