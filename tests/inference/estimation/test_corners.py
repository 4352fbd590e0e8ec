"""Searches that stop at kinks, on functions whose maxima are known."""

import numpy as np
import pytest

from comity.inference.estimation.corners import leave_kinks
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.newton import Optimum
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import Explanation, Motive, Parameter, Procedure

WEIGHTS = (Parameter("a", "a"), Parameter("b", "b"))


def ends_at(value, points, converged=False):
    points = np.array(points, float)
    count, k = points.shape
    return Optimum(
        points,
        value(points[:, None])[:, 0],
        np.zeros((count, k)),
        np.broadcast_to(-np.eye(k), (count, k, k)),
        np.zeros(count, int),
        np.full(count, converged),
    )


def roof(points):
    """A roof: its ridge runs along a = b and rises towards (1, 1)."""
    a, b = points[..., 0], points[..., 1]
    return -5 * np.abs(a - b) - (a + b - 2) ** 2


def by_steps(places, starts):
    """A stand-in for a search: the better of the starts, unconverged."""
    values = roof(starts)
    best = np.argmax(values, axis=1)
    return ends_at(roof, starts[np.arange(len(places)), best])


def test_a_search_goes_on_along_a_ridge_and_its_top_is_a_corner():
    ends, corner = leave_kinks(
        WEIGHTS, ends_at(roof, [[0.6, 0.6], [1.0, 1.0]]), lambda p, w: roof(p), by_steps
    )
    assert ends.value[0] > roof(np.array([0.6, 0.6])) + 0.3
    np.testing.assert_array_equal(ends.point[1], [1.0, 1.0])
    assert corner[1]


def test_what_converged_or_has_no_value_is_left_alone():
    def refuse(places, starts):
        raise AssertionError

    ends, corner = leave_kinks(
        WEIGHTS, ends_at(roof, [[0.2, 0.2]], True), lambda p, w: roof(p), refuse
    )
    np.testing.assert_array_equal(ends.point, [[0.2, 0.2]])
    assert not corner.any()
    lost = ends_at(lambda p: np.full(p.shape[:-1], -np.inf), [[0.0, 0.0]])
    assert not leave_kinks(WEIGHTS, lost, lambda p, w: roof(p), refuse)[1].any()


def test_a_likelihood_with_a_corner_has_an_estimate_without_error():
    """Dislike of any distance from a share: choices change where it passes what was offered."""
    import jax.numpy as jnp

    share = Parameter("share", "what it thinks right", 0.0, 1.0, typical=(0.2, 0.8))
    motive = Motive(
        "norm",
        lambda payoffs, role, history, beliefs, share: -jnp.abs(payoffs[..., role] - share),
        (share,),
    )
    logit = Procedure(
        "steep", lambda view: view.expected() * 20 - jnp.logaddexp(*(view.expected() * 20))
    )
    offers = Situation(("low", "high"), [[0.5, 0.0], [0.7, 0.0]])
    wide = Situation(("low", "high"), [[0.3, 0.0], [0.5, 0.0]])
    table = Evidence(
        (offers, wide), ("p", "q"), np.array([0, 1] * 8), np.array([0, 1] * 8), np.array([0, 1] * 8)
    )
    found = fit(Explanation(motive, logit), table)
    assert found.status == "at a corner"
    assert found.status == "at a corner"
    assert found.estimates["share"] == pytest.approx(0.5, abs=1e-4)
    assert np.isnan(found.standard_errors["share"])
    assert found.estimate("share").kind == "unknown"


@pytest.mark.parametrize("seed", range(3))
def test_corners_in_any_direction_are_found(seed):
    """An oblique roof whose top is elsewhere each time."""
    rng = np.random.default_rng(seed)
    top, slope = rng.normal(size=2), rng.normal(size=(2, 2))

    def value(points):
        return -np.abs((points - top) @ slope).sum(axis=-1)

    ends, corner = leave_kinks(WEIGHTS, ends_at(value, [top]), lambda p, w: value(p), by_steps)
    assert corner[0]
    np.testing.assert_array_equal(ends.point[0], top)
