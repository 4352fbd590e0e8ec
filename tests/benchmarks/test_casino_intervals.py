"""Bootstrap over dialogues: the textbook interval, clusters, ratios, and how figures are shown."""

import numpy as np
import pytest
from casino_intervals import Bootstrap, Estimate


def test_mean_is_close_to_the_normal_interval():
    values = np.random.default_rng(4).normal(3, 2, 400)
    found = Bootstrap(400, seed=1).mean(values)
    half = 1.96 * values.std() / 20
    assert found.value == pytest.approx(values.mean())
    assert (found.low, found.high) == pytest.approx(
        (values.mean() - half, values.mean() + half), abs=0.03
    )


def test_two_equal_people_are_one_dialogue():
    """Copies within a dialogue must not narrow the interval."""
    values = np.random.default_rng(4).normal(size=100)
    bootstrap = Bootstrap(100)
    twice, once = bootstrap.mean(np.repeat(values, 2)), bootstrap.mean(values)
    assert (twice.value, twice.low, twice.high) == pytest.approx((once.value, once.low, once.high))


def test_means_among_some_and_ratios():
    bootstrap = Bootstrap(4)
    values = np.array([1.0, 2.0, 3.0, np.nan])
    among = np.array([True, True, False, False])
    assert bootstrap.mean(values, among).value == 1.5
    assert bootstrap.ratio(np.array([1, 2, 3, 4]), np.array([2, 2, 2, 4])).value == 1
    assert np.isnan(bootstrap.mean(values, np.zeros(4)).value)


def test_shown():
    assert Estimate(0.5, 0.25, 0.75).show(2) == "0.50 [0.25,\u00a00.75]"
    assert Estimate(0.5, 0.25, 0.75).percent == "50.0% [25.0,\u00a075.0]"
    assert Estimate(18, 18, 18).show(2) == "18.00"
    assert Estimate(-0.0001, -0.01, 0.01).show(2) == "0.00 [-0.01,\u00a00.01]"
