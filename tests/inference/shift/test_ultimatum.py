"""The oracle of the design: every claim, exactly, by grids and by a program of its own."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from comity.core.errors import InputError
from comity.inference.shift.decision import Decision
from comity.inference.shift.ultimatum import Ultimatum

THRESHOLDS = [0.1, 0.3, 0.5, 0.8]


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_builder_accepts_what_is_worth_its_reputation(threshold):
    """Compare the two streams one by one: (1 - g) y + g v_L against g v_H."""
    setting = Ultimatum(threshold, discount=0.7, tough=0.25, soft=0.05)
    offers = np.linspace(0, 1, 1001) + 1e-7
    worth = 0.3 * offers + 0.7 * 0.05 >= 0.7 * 0.25
    np.testing.assert_array_equal(setting.accepts("builder", offers), worth)
    np.testing.assert_array_equal(setting.accepts("committed", offers), offers >= threshold)


def test_last_round_separates_them():
    setting = Ultimatum.coinciding(0.4, 0.8)
    small = np.array([0.0, 0.1, 0.39])
    assert setting.accepts("builder", small, last=True).all()
    assert not setting.accepts("committed", small, last=True).any()
    assert setting.posterior(0.3, [0.1], [True], last=True) == 0
    assert setting.posterior(0.3, [0.1], [False], last=True) == 1


@pytest.mark.parametrize("threshold", THRESHOLDS)
@pytest.mark.parametrize("rounds", [1, 10, 10_000])
def test_posterior_is_the_prior_for_every_number_of_rounds(threshold, rounds):
    setting = Ultimatum.coinciding(threshold, 0.9, soft=0.2)
    assert setting.coincides
    assert setting.builder_threshold == pytest.approx(threshold)
    offers = np.random.default_rng(rounds).random(rounds)
    offers[0] = threshold
    accepted = offers >= threshold
    prior = Fraction(1, 7)
    assert setting.posterior(prior, offers, accepted) == prior
    assert setting.posterior(0.123456789, offers, accepted) == 0.123456789


def test_one_offer_between_different_thresholds_settles_it():
    setting = Ultimatum(0.3, discount=0.5, tough=0.5)
    assert not setting.coincides
    assert setting.posterior(Fraction(1, 7), [0.4, 0.9], [True, True]) == 1
    assert setting.posterior(0.2, [0.4, 0.9], [False, True]) == 0
    assert setting.posterior(0.2, [0.2, 0.9], [False, True]) == 0.2


def test_answers_that_nobody_gives_are_refused():
    setting = Ultimatum(0.3, discount=0.5, tough=0.5)
    with pytest.raises(InputError, match="no responder"):
        setting.posterior(0.2, [0.1], [True])
    with pytest.raises(InputError, match="no responder"):
        setting.posterior(0.0, [0.4], [True])


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_best_last_offer_by_a_grid_of_offers(threshold):
    """Against every offer in hundredths: the best is nothing or the threshold, by the prior."""
    setting = Ultimatum.coinciding(threshold, 0.9)
    offers = np.round(np.arange(101) / 100, 2)
    kept = 1 - offers
    for belief in np.linspace(0.005, 0.995, 100):
        accepts = np.where(offers >= threshold, 1.0, 1 - belief)
        best = offers[np.argmax(kept * accepts)]
        assert best == (0 if belief < threshold else threshold)
        assert setting.asks_for_all(belief) == (best == 0)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_decision_breaks_at_the_threshold(threshold):
    act = Ultimatum.coinciding(threshold, 0.9).decision()
    path = act.along("builder", "committed")
    np.testing.assert_allclose(path.breaks, [threshold], atol=1e-12)
    assert path.actions == ("take all", f"offer {threshold:g}")
    wide = Ultimatum.coinciding(threshold, 0.9).decision(sorted({0, 0.05, threshold, 0.95}))
    np.testing.assert_allclose(wide.along("builder", "committed").breaks, [threshold], atol=1e-12)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_the_prior_alone_decides_conflict(threshold):
    setting = Ultimatum.coinciding(threshold, 0.9)
    beliefs = np.linspace(0, 1, 41)
    failures = [setting.failure(float(b)) for b in beliefs]
    np.testing.assert_allclose(failures, np.where(beliefs < threshold, beliefs, 0))
    assert setting.failure(threshold - 1e-9, share=0.9) == 0.9
    assert setting.failure(threshold, share=0.9) == 0


def regret_program(setting):
    """Chance of asking for all and worst regret, from a table of regrets worked out by hand."""
    y = setting.threshold
    regrets = np.array([[0, 1 - y], [y, 0]])
    found = linprog(
        [0, 0, 1],
        A_ub=np.column_stack([regrets.T, [-1, -1]]),
        b_ub=[0, 0],
        A_eq=[[1, 1, 0]],
        b_eq=[1],
        bounds=[(0, 1), (0, 1), (None, None)],
    )
    return found.x[0], found.fun


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_minimax_regret_is_the_threshold(threshold):
    setting = Ultimatum.coinciding(threshold, 0.9)
    chance, worst = setting.minimax_regret()
    assert (chance, worst) == pytest.approx(regret_program(setting), abs=1e-9)
    assert worst == pytest.approx(threshold * (1 - threshold))
    robust = setting.decision().robust("minimax regret")
    assert robust.chances[0] == pytest.approx(threshold, abs=1e-9)
    assert robust.value.value == pytest.approx(worst, abs=1e-9)
    np.testing.assert_allclose(robust.prior, [1 - threshold, threshold], atol=1e-9)
    assert robust.pure_value == pytest.approx(min(threshold, 1 - threshold))


@pytest.mark.parametrize("belief", [0.1, 0.3, 0.6])
def test_value_of_knowing_who_it_is(belief):
    setting = Ultimatum.coinciding(0.3, 0.9)
    found = setting.decision().perfect_information([1 - belief, belief])
    expected = belief * 0.7 if belief < 0.3 else (1 - belief) * 0.3
    assert found.value == pytest.approx(expected)


def test_decision_table():
    act = Ultimatum.coinciding(0.3, 0.9).decision()
    assert isinstance(act, Decision)
    np.testing.assert_allclose(act.payoffs, [[1, 0], [0.7, 0.7]])
    assert act.hypotheses == ("builder", "committed")


@pytest.mark.parametrize(
    "wrong", [(0.0, 0.5, 1.0), (1.0, 0.5, 1.0), (0.3, 1.0, 1.0), (0.3, -0.1, 1), (0.3, 0.5, np.nan)]
)
def test_wrong_settings(wrong):
    with pytest.raises(InputError):
        Ultimatum(*wrong)


def test_wrong_questions():
    with pytest.raises(InputError, match="discount"):
        Ultimatum.coinciding(0.3, 0)
    setting = Ultimatum.coinciding(0.3, 0.5)
    with pytest.raises(InputError, match="no such responder"):
        setting.accepts("kind", 0.3)
    with pytest.raises(InputError, match="belief"):
        setting.failure(1.2)
    with pytest.raises(InputError, match="offers"):
        setting.decision([0.2, 1.2])
