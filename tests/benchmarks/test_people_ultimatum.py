"""The ultimatum page: earnings by loops, and which motives coincide, by their formulas."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import people_ultimatum as ultimatum
import pytest

from comity.inference import explain
from comity.inference.evidence import ADAPTERS


@pytest.fixture(scope="module")
def evidence():
    rng = np.random.default_rng(0)
    offers, least = rng.integers(0, 101, 60), rng.integers(0, 61, 60)
    frame = pd.DataFrame({"id": np.arange(60) // 2, "total": 100, "propose": offers})
    frame["accept"] = least
    return ADAPTERS["ultimatum"].read(frame, {}, {"role": "responder", "grid": 21})


def test_what_an_offer_earns():
    least, person = np.array([0, 30, 50, 50, 100]), np.array([0, 1, 2, 2, 3])
    earned, drawn = ultimatum.earnings(least, person, 0)
    for offer in (0, 29, 30, 50, 99, 100):
        assert earned[offer] == pytest.approx((100 - offer) * np.mean(least <= offer))
    assert int(earned.argmax()) == 50
    assert drawn.shape == (ultimatum.DRAWS, 101)
    assert drawn[:, 50].mean() == pytest.approx(40, abs=1.5)


def test_shares_of_other_people(evidence):
    fold = evidence.person % 3
    found = ultimatum.shares_of_others(evidence, fold)
    for row in range(len(evidence)):
        others = evidence.choice[fold != fold[row]]
        wanted = (np.sum(others == evidence.choice[row]) + 0.5) / (len(others) + 10.5)
        assert found[row] == pytest.approx(np.log(wanted))


def test_a_threshold_is_spite_in_other_letters(evidence):
    """A threshold t and spite s with t = 100 s / (1 + s), sensitivities in the ratio 1 + s."""
    spite, sensitivity = 0.6, 0.2
    threshold = 100 * spite / (1 + spite)
    one = explain("spite").predict({"spite": spite, "sensitivity": sensitivity}, evidence)
    other = explain("commitment").predict(
        {"threshold": threshold, "sensitivity": sensitivity * (1 + spite)}, evidence
    )
    np.testing.assert_allclose(one, other, atol=1e-12)
    assert np.ptp(one[0]) > 0.1


def test_two_formulas_of_inequity_are_one(evidence):
    values = {"beta": -0.5, "sensitivity": 0.1}
    one = explain("fehr-schmidt").predict({"alpha": 1.5, **values}, evidence)
    other = explain("charness-rabin").predict({"alpha": -1.5, **values}, evidence)
    np.testing.assert_allclose(one, other, atol=1e-12)


def test_up_to_half_envy_is_a_threshold_and_above_it_is_not(evidence):
    alpha, sensitivity = 2.0, 0.1
    envious = {"alpha": alpha, "beta": -3.0, "sensitivity": sensitivity}
    threshold = {
        "threshold": 100 * alpha / (1 + 2 * alpha),
        "sensitivity": sensitivity * (1 + 2 * alpha),
    }
    half = ultimatum.up_to_half(evidence)
    assert len(half) == 1
    one, other = (
        explain(name).predict(values, half)
        for name, values in (("fehr-schmidt", envious), ("commitment", threshold))
    )
    np.testing.assert_allclose(one, other, atol=1e-12)
    whole = evidence.subset(np.arange(len(evidence)) < 1)
    gap = explain("fehr-schmidt").predict(envious, whole) - explain("commitment").predict(
        threshold, whole
    )
    assert np.abs(gap).max() > 1e-3


def test_what_is_known_of_offers_up_to_half(evidence):
    (half,) = ultimatum.up_to_half(evidence).situations
    offers = np.array([float(name) for name in half.menus[0]])
    whole = evidence.situations[0].contingencies
    assert half.contingencies.sum() == pytest.approx(1)
    assert not half.contingencies[offers > 50].any()
    low = offers <= 50
    np.testing.assert_allclose(half.contingencies[low], whole[low] / whole[low].sum())


def test_classes_are_of_those_that_imitate_each_other():
    alike = {("a", "c"), ("c", "a"), ("a", "b")}  # b is not imitated back
    names = ("a", "b", "c", "d")
    nearest = {
        (one, other): SimpleNamespace(coincide=(one, other) in alike)
        for one in names
        for other in names
        if one != other
    }
    found = ultimatum.Motives(None, dict.fromkeys(names), {}, nearest)
    assert found.classes() == [("a", "c"), ("b",), ("d",)]


def test_shares_with_intervals_by_person():
    answers = ultimatum.Answers(
        np.array([50.0, 50, 10, 20]), np.array([0, 0, 1, 2]), ("a", "b", "c")
    )
    found = answers.share(answers.amount >= 50)
    assert found.value == pytest.approx(0.5)
    assert 0 <= found.low < 0.5 < found.high <= 1
    mean = ultimatum._mean(answers)
    assert mean.value == pytest.approx(32.5)
