"""The last offer decided: the prior alone, as the closed form says up to the noise of choices."""

import dataclasses

import numpy as np
import pytest

from comity.core.page.words import number
from comity.inference.understanding.elsewhere import _tables, _turned, new_setting
from comity.inference.understanding.setting import setting_of


@pytest.fixture(scope="module")
def found(last_offer, tried, regions):
    setting = setting_of(last_offer, last_offer.behaviour)
    members = [t.fit.member() for t in tried[1:]]
    return new_setting(setting, members, np.array([0.5, 0.5]), regions[1:], 0.9)[0]


def test_predictions_by_hand(found, tried):
    values = tried[1].fit.estimates
    offers = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    accept = 1 / (1 + np.exp(-values["sensitivity"] * (offers - values["threshold"])))
    assert found.probabilities[0, :, 0] == pytest.approx(accept, abs=1e-9)
    builder = 1 / (1 + np.exp(-tried[2].fit.estimates["sensitivity"] * offers))
    assert found.probabilities[1, :, 0] == pytest.approx(builder, abs=1e-9)


def test_payoffs_breaks_and_regret_follow_from_them(found):
    keep = np.array([1, 0.9, 0.8, 0.7, 0.6, 0.5])
    payoffs = keep[:, None] * found.probabilities[:, :, 0].T
    assert found.payoffs == pytest.approx(payoffs)
    for member, weight, below, above in found.breaks:
        m = found.members.index(member)
        prior = np.array([weight, 1 - weight]) if m == 0 else np.array([1 - weight, weight])
        worth = dict(zip(found.actions, payoffs @ prior, strict=True))
        assert worth[below] == pytest.approx(worth[above]) == pytest.approx(max(worth.values()))
    regrets = payoffs.max(axis=0) - payoffs
    assert (found.minimax_regret @ regrets).max() == pytest.approx(found.regret.value, abs=1e-9)


def test_ranges_hold_the_estimate_and_the_evidence_narrows_them(found):
    assert (found.low <= found.probabilities).all()
    assert (found.high >= found.probabilities).all()
    width = found.high - found.low
    assert 0.01 < width[0, 3, 0] < 0.3


def test_failure_is_the_chance_of_a_refusal(found):
    action = found.actions.index(found.bayes_action)
    refused = found.probabilities[:, action, 1]
    assert list(found.failure.values()) == pytest.approx(refused.tolist())
    assert found.failure_range.value == pytest.approx(refused.mean())


def test_the_sentence_names_the_decision(found):
    assert found.bayes_action in found.sentence
    assert "Proposer" in found.sentence


def test_even_shares_that_no_evidence_supports_are_called_so(found, last_offer, tried, regions):
    setting = setting_of(last_offer, last_offer.behaviour)
    members = [t.fit.member() for t in tried[1:]]
    shares = np.array([0.5, 0.5])
    assumed, _ = new_setting(setting, members, shares, regions[1:], 0.9, [found.members])
    assert assumed.sentence.startswith(
        "By the shares, split evenly between commitment x logit and reputation x logit for want "
        f"of evidence, {found.bayes_action} is best"
    )
    apart, _ = new_setting(
        setting, members, shares, regions[1:], 0.9, [(n,) for n in found.members]
    )
    assert apart.sentence == found.sentence
    assert found.sentence.startswith(f"By the shares {found.bayes_action} is best")


def test_what_is_best_whatever_is_true_is_said_so(last_offer, tried, regions):
    setting = setting_of(last_offer, last_offer.behaviour)
    sure = np.zeros_like(setting.payoffs)
    sure[2, :, 0] = 1.0
    setting = dataclasses.replace(setting, payoffs=sure)
    found, _ = new_setting(setting, [tried[1].fit.member()], None, regions[1:2], 0.9)
    assert found.sentence == (
        "Whatever the evidence was found to leave open at 90%, offer 0.2 is best for Proposer."
    )


def test_best_at_the_estimates_alone_is_not_best_for_sure(last_offer, tried):
    setting = setting_of(last_offer, last_offer.behaviour)
    region = np.array([[0.05, 40.0], [0.45, 40.0]])
    found, choice = new_setting(setting, [tried[1].fit.member()], None, [region], 0.9)
    assert choice.dominant == "offer 0.4"
    assert found.sentence.startswith("By every explanation, as fitted, offer 0.4 is best")
    keep = np.array([1, 0.9, 0.8, 0.7, 0.6, 0.5])
    offers = 1 - keep
    chance = 1 / (1 + np.exp(-40 * (offers - region[:, :1])))
    regret = ((keep * chance).max(axis=1) - (keep * chance)[:, 4]).max()
    assert f"it may lose {regret:.3g}" in found.sentence


def test_a_best_action_that_what_is_open_turns_round_is_called_so(last_offer, tried):
    """One member, so the action best by the shares is that of its estimate, by hand."""
    setting = setting_of(last_offer, last_offer.behaviour)
    member = tried[1].fit.member()
    keep = np.array([1, 0.9, 0.8, 0.7, 0.6, 0.5])

    def worth(threshold, sensitivity):
        return keep / (1 + np.exp(-sensitivity * (1 - keep - threshold)))

    fitted = worth(member.parameters["threshold"], member.parameters["sensitivity"])
    for region, turns in ((np.array([[0.3, 40.0]]), False), (np.array([[0.05, 40.0]]), True)):
        _, choice = new_setting(setting, [member], np.ones(1), [region], 0.9)
        there = worth(*region[0])
        loss = there.max() - there[fitted.argmax()]
        assert (loss > 1e-6) == turns
        names, gain = _turned(choice, setting, _tables(setting, [member], [region]))
        assert names == ((member.name,) if turns else ())
        assert gain == pytest.approx(loss, abs=1e-9)


def test_the_sentence_says_what_turns_it_round(last_offer, tried):
    setting = setting_of(last_offer, last_offer.behaviour)
    members = [t.fit.member() for t in tried[1:]]
    open_to = [np.array([[0.05, 40.0]]), None]
    found, choice = new_setting(setting, members, np.array([0.9, 0.1]), open_to, 0.9)
    (name,), gain = _turned(choice, setting, _tables(setting, members, open_to))
    words = f"leaves open of {name} turns that round, and it may lose {number(gain)};"
    assert words in found.sentence


def test_worth_ranges_over_the_regions(last_offer, tried):
    setting = setting_of(last_offer, last_offer.behaviour)
    region = np.array([[0.05, 40.0], [0.45, 40.0]])
    found, _ = new_setting(setting, [tried[1].fit.member()], np.ones(1), [region], 0.9)
    worth = 0.6 / (1 + np.exp(-40 * (0.4 - region[:, 0])))
    assert (found.bayes.low, found.bayes.high) == pytest.approx((worth[1], worth[0]))
    assert found.bayes.kind == "estimate"
