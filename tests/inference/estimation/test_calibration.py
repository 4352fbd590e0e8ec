"""Calibration: planted errors are found, honest chances are not accused, long menus weigh alike."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation import calibration
from comity.inference.estimation.calibration import calibrate, counted_options, equal_bins
from comity.inference.evidence import Evidence, Situation


def menu(size):
    return Situation(tuple(f"take {k}" for k in range(size)), np.zeros((size, 1)))


def drawn(table, each, rng):
    """Choices drawn from a table by people who make ``each`` decisions."""
    rows, size = table.shape
    choice = (table.cumsum(axis=1) < rng.random((rows, 1))).sum(axis=1).clip(max=size - 1)
    people = rows // each
    names = tuple(f"p{k}" for k in range(people))
    return Evidence(
        (menu(size),), names, np.repeat(np.arange(people), each), np.zeros(rows, int), choice
    )


def pairs(p):
    return np.stack([p, 1 - p], axis=1)


def test_a_hand_made_example():
    """Two people, two decisions each: four of probability 0.75 of which two came about."""
    table = pairs(np.array([0.75, 0.75, 0.75, 0.75]))
    evidence = Evidence(
        (menu(2),), ("a", "b"), np.array([0, 0, 1, 1]), np.zeros(4, int), np.array([0, 1, 0, 1])
    )
    found = calibrate("made up", table, evidence)
    assert found.predicted == pytest.approx([0.75])
    assert found.observed == pytest.approx([0.5])
    assert found.counts.tolist() == [4]
    # The gap is 0.25 by two people of -0.125 each: its variance under no error is 2 / 64.
    gap, variance = 0.25, 2 / 64
    left = np.sqrt(gap**2 - variance)
    added = np.sqrt(2 / np.pi) * (gap - left)
    assert found.error.value == pytest.approx(gap - added)
    assert found.error.low == 0.0


def test_planted_error_is_found():
    rng = np.random.default_rng(4)
    truth = rng.uniform(0.1, 0.9, 6_000)
    evidence = drawn(pairs(truth), 20, rng)
    said = 0.5 + 0.4 * (truth - 0.5)
    found = calibrate("too timid", pairs(said), evidence)
    # Uniform on [0.1, 0.9]: the distance |truth - said| is on average 0.6 x 0.2.
    assert found.error.value == pytest.approx(0.12, abs=0.01)
    assert found.error.low < 0.12 < found.error.high
    assert found.error.low > 0.05
    slope = np.polyfit(found.predicted, found.observed, 1)[0]
    assert slope == pytest.approx(1 / 0.4, rel=0.1)


@pytest.mark.parametrize(("people", "size"), [(8, 2), (30, 2), (30, 5)])
def test_honest_chances_are_not_accused(people, size):
    """0 is in the interval, and what chance adds is taken off."""
    rng = np.random.default_rng(people + size)
    inside, values, plain = [], [], []
    for _ in range(60):
        table = rng.dirichlet(np.full(size, 0.8), people * 10)
        found = calibrate("true", table, drawn(table, 10, rng), rng=rng)
        inside.append(found.error.low == 0.0)
        values.append(found.error.value)
        plain.append(np.abs(found.observed - found.predicted).mean())
    assert np.mean(inside) >= 0.85
    assert np.mean(values) < 0.45 * np.mean(plain)


def test_intervals_hold_though_people_differ(monkeypatch):
    """Everybody has a chance of its own and the table says their mean, which is true of a crowd."""
    monkeypatch.setattr(calibration, "DRAWS", 2)
    rng = np.random.default_rng(12)
    held, alone = [], []
    for _ in range(150):
        own = np.repeat(rng.beta(2, 2, 25), 12)
        evidence = drawn(pairs(own), 12, rng)
        table = pairs(np.full(len(own), 0.5))
        found = calibrate("mean", table, evidence)
        held.append(found.low[0] <= 0.5 <= found.high[0])
        each = Evidence(
            evidence.situations,
            tuple(map(str, range(len(own)))),
            np.arange(len(own)),
            evidence.situation,
            evidence.choice,
        )
        blind = calibrate("mean", table, each)
        alone.append(blind.low[0] <= 0.5 <= blind.high[0])
    assert 0.84 <= np.mean(held) <= 0.97
    assert np.mean(alone) < 0.75


def test_pairs_count_once_and_each_decision_weighs_one():
    two = np.array([[0.3, 0.7, 0.0, 0.0]])
    four = np.array([[0.1, 0.2, 0.3, 0.4]])
    one = np.array([[1.0, 0.0, 0.0, 0.0]])
    evidence = Evidence(
        (menu(2), menu(4), menu(1)), ("a",), np.zeros(3, int), np.arange(3), np.array([1, 3, 0])
    )
    counted = counted_options(np.concatenate([two, four, one]), evidence)
    assert counted.predicted.tolist() == [0.3, 0.1, 0.2, 0.3, 0.4]
    assert counted.weight.tolist() == [1.0, 0.1, 0.2, 0.3, 0.4]
    assert counted.came.tolist() == [0, 0, 0, 0, 1]


def test_a_long_menu_does_not_hide_a_wrong_forecast():
    """One option of 101 is said to be sure, and is taken every other time."""
    rng = np.random.default_rng(3)
    size, rows = 101, 400
    said = np.full((rows, size), 0.001)
    said[:, 50] = 0.9
    acted = np.full((rows, size), 0.005)
    acted[:, 50] = 0.5
    found = calibrate("too sure", said, drawn(acted, 10, rng))
    # 0.9 of the weight is wrong by 0.4, 0.1 of it by 0.004.
    assert found.error.value == pytest.approx(0.9 * 0.4 + 0.1 * 0.004, abs=0.04)


def test_naming_the_other_option_first_changes_nothing():
    rng = np.random.default_rng(8)
    p = rng.choice([0.2, 0.5, 0.9], 300)
    evidence = drawn(pairs(p), 10, rng)
    turned = Evidence(
        evidence.situations,
        evidence.people,
        evidence.person,
        evidence.situation,
        1 - evidence.choice,
    )
    first, second = (
        calibrate("one", pairs(p), evidence),
        calibrate("other", pairs(1 - p), turned),
    )
    assert second.predicted == pytest.approx(1 - first.predicted[::-1])
    assert second.low == pytest.approx(1 - first.high[::-1])
    assert second.error.value == pytest.approx(first.error.value)


def test_bins_hold_equal_weight_and_equal_values_stay_together():
    values = np.linspace(0, 1, 100)
    assert np.bincount(equal_bins(values, np.ones(100), 5)).tolist() == [20] * 5
    heavy = equal_bins(np.array([0.1, 0.2, 0.3, 0.4]), np.array([3.0, 1, 1, 1]), 2)
    assert heavy.tolist() == [0, 1, 1, 1]
    ties = equal_bins(np.repeat([0.2, 0.2 + 1e-15, 0.7], 10), np.ones(30), 10)
    assert len(set(ties[:20])) == 1
    assert set(ties) == {0, 1}


def test_one_person_tells_nothing_of_others():
    table = pairs(np.array([0.5, 0.6]))
    evidence = Evidence((menu(2),), ("a",), np.zeros(2, int), np.zeros(2, int), np.array([0, 1]))
    found = calibrate("alone", table, evidence)
    assert found.error.kind == "unknown"
    assert found.low.tolist() == [0.0, 0.0]
    assert found.high.tolist() == [1.0, 1.0]


def test_decisions_without_a_choice_tell_nothing():
    evidence = Evidence((menu(1),), ("a", "b"), np.arange(2), np.zeros(2, int), np.zeros(2, int))
    found = calibrate("sure", np.ones((2, 1)), evidence)
    assert len(found.predicted) == 0
    assert found.error.kind == "unknown"


def test_what_is_no_table_of_probabilities_is_refused():
    evidence = Evidence((menu(2),), ("a",), np.zeros(1, int), np.zeros(1, int), np.zeros(1, int))
    for table in ([[0.5, 0.6]], [[np.nan, 1.0]], [[-0.5, 1.5]], [[1.0]], [[0.5, 0.5]] * 2):
        with pytest.raises(InputError):
            calibrate("wrong", np.array(table), evidence)
    with pytest.raises(InputError, match="no bins"):
        calibrate("none", np.array([[0.5, 0.5]]), evidence, bins=0)
