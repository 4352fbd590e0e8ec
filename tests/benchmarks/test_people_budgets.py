"""The page on budgets: a bias that no such budget shows, and figures by loops."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import people_budgets as budgets
import pytest
from scipy.stats import t

from comity.inference import Situation
from comity.inference.evidence import ADAPTERS
from comity.inference.explanations import choice_tables

POINT = {"rate": 0.5, "curvature": 0.9, "sensitivity": 0.4}


@pytest.fixture(scope="module")
def evidence():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        [
            (person, rng.integers(0, 5) * 25, rate, 50, chance, gap)
            for person in range(6)
            for rate in (0.1, 0.16, 0.2)
            for chance in (100, 50)
            for gap in (28, 56)
        ],
        columns=["id", "v", "rate1", "perc1", "perc2", "k"],
    )
    options = {"total": 100, "value_later": 0.2, "delay_sooner": 7, "grid": 5}
    return ADAPTERS["budgets"].read(frame, {}, options)


def test_a_bias_for_the_present_changes_no_answer_where_nothing_is_today(evidence):
    fitted = SimpleNamespace(point=POINT)
    plain = budgets.biased_as(fitted, 1.0)
    for beta in budgets.BETAS:
        biased = budgets.biased_as(fitted, beta)
        np.testing.assert_allclose(biased.predict(evidence), plain.predict(evidence), atol=1e-12)
        assert budgets.log_likelihood(biased, evidence) == pytest.approx(
            budgets.log_likelihood(plain, evidence), abs=1e-9
        )


def test_the_same_bias_decides_where_something_is_today():
    today = Situation(
        ("now", "later"), np.array([[15.0, 0.0], [0.0, 20.0]]), ("a", "b"), delays=np.array([0, 28])
    )
    members = [budgets.biased_as(SimpleNamespace(point=POINT), beta) for beta in (0.5, 1.2)]
    strong, weak = choice_tables(members, [today])[:, 0, 0]
    assert strong > 0.6 > 0.4 > weak
    # by hand: sensitivity / beta times what both are worth
    later = 0.5 * 20**0.9 * np.exp(-0.5 * 28 / 365)
    assert strong == pytest.approx(1 / (1 + np.exp(-0.4 / 0.5 * (15**0.9 - later))))


def test_log_likelihood_is_a_sum_of_logs(evidence):
    member = budgets.biased_as(SimpleNamespace(point=POINT), 1.0)
    table = member.predict(evidence)
    wanted = sum(np.log(table[row, choice]) for row, choice in enumerate(evidence.choice))
    assert budgets.log_likelihood(member, evidence) == pytest.approx(wanted)


def test_a_difference_of_two_parameters():
    covariance = np.array([[4.0, 9.0, 9.0], [9.0, 0.04, 0.01], [9.0, 0.01, 0.09]])
    estimates = {"rate": 3.0, "curvature": 1.2, "risk_curvature": 0.7}
    fitted = SimpleNamespace(estimates=estimates, covariance=covariance, clusters=11, status="")
    found = budgets.difference(fitted, "curvature", "risk_curvature")
    reach = t.ppf(0.975, 10) * np.sqrt(0.04 + 0.09 - 2 * 0.01)
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.5 - reach, 0.5 + reach))


def test_no_difference_without_standard_errors():
    estimates = {"curvature": 1.2, "risk_curvature": np.nan}
    fitted = SimpleNamespace(
        estimates=estimates, covariance=np.full((2, 2), np.nan), clusters=9, status="at the edge"
    )
    assert budgets.difference(fitted, "curvature", "risk_curvature").kind == "unknown"


def test_shares_of_the_same_answers(evidence):
    fold = evidence.person % 2
    found = budgets.shares_of_others(evidence, fold)
    for row in range(0, len(evidence), 7):
        others = (fold != fold[row]) & (evidence.situation == evidence.situation[row])
        same = np.sum(evidence.choice[others] == evidence.choice[row])
        assert found[row] == pytest.approx(np.log((same + 0.5) / (others.sum() + 2.5)))


def test_corners_are_all_or_nothing(evidence):
    np.testing.assert_array_equal(budgets._at_corner(evidence), np.isin(evidence.choice, (0, 4)))


def test_a_median_with_its_interval():
    values = np.random.default_rng(5).normal(2, 1, 400)
    found = budgets.median(values, 0)
    assert found.value == np.median(values)
    # the asymptotic standard error of a normal median: 1.2533 / sqrt(n)
    assert found.high - found.low == pytest.approx(2 * 1.96 * 1.2533 / 20, rel=0.25)
