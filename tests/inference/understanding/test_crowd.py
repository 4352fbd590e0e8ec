"""Who follows what: posteriors by hand, an empty type taken out, shares of what coincides."""

import numpy as np
import pytest

from comity.inference.estimation.mixtures import fit_mixture
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.understanding.crowd import NO_INTERVAL, _share, crowd_of, starts_for


@pytest.fixture(scope="module")
def crowd(tried, rivals, answers):
    return crowd_of(tried, rivals, answers[0], 0.9, 0)


def test_posteriors_by_hand(crowd, tried, answers):
    """Nobody is told by construction: what was taken out stays possible for everyone."""
    evidence = answers[0]
    logs = []
    for t in (tried[0], tried[1]):
        chosen = t.fit.predict(evidence)[np.arange(len(evidence)), evidence.choice]
        logs.append(np.bincount(evidence.person, np.log(chosen)))
    joint = np.exp(logs).T * np.array([0.5, 60.5]) / 61
    by_hand = joint / joint.sum(axis=1, keepdims=True)
    assert crowd.people.posteriors == pytest.approx(by_hand, abs=1e-4)
    sure = by_hand.max(axis=1) >= 0.9
    assert crowd.people.cannot_tell == (~sure).sum()
    assert sum(crowd.people.told.values()) == sure.sum()


def test_what_nobody_follows_is_out_of_the_mixture_but_named(crowd):
    assert crowd.groups == (("commitment x logit", "reputation x logit"),)
    assert crowd.people.shares["own-payoff x logit"].value == 0
    assert crowd.people.shares["commitment x logit or reputation x logit"].value == 1


def test_what_coincides_shares_evenly_and_predicts_alike(crowd, answers):
    assert [m.name for m in crowd.members] == ["commitment x logit", "reputation x logit"]
    assert crowd.weights.tolist() == [0.5, 0.5]
    first, second = (m.predict(answers[0]) for m in crowd.members)
    assert first == pytest.approx(second, abs=1e-6)
    assert any("prior alone decides" in words for words in crowd.assumptions)


def test_regions_start_at_the_estimate(crowd):
    for member, region in zip(crowd.members, crowd.regions(), strict=True):
        values = [member.parameters[p.name] for p in member.explanation.parameters]
        assert region[0] == pytest.approx(values, rel=1e-3)
        assert np.ptp(region, axis=0).min() > 0


def test_the_predictor_learns_from_what_it_is_given(crowd, answers):
    evidence = answers[0]
    half = evidence.person < 30
    table = crowd.predictor(0)(evidence.subset(half), evidence)
    assert table.shape == (len(evidence), 2)
    assert table.sum(axis=1) == pytest.approx(1)
    assert starts_for(evidence, crowd.mixture.explanations) == 16
    # 600 decisions between two options by 17 types that look back are more than 20,000.
    assert [starts_for(evidence, [explain("own-payoff", "ewa")] * n) for n in (16, 17)] == [16, 4]


def test_a_share_is_told_though_a_parameter_runs_off():
    """Six people never err, six toss coins: 62/126 is the root of the share's score."""
    coin = Situation(("x", "y"), [[1, 0], [0, 0]])
    person = np.repeat(np.arange(12), 6)
    choice = np.where(person < 6, 0, np.arange(72) % 2)
    table = Evidence((coin,), tuple("abcdefghijkl"), person, np.zeros(72, int), choice)
    mixture = fit_mixture([explain("own-payoff"), explain("own-payoff", "random")], table)
    assert mixture.status == "separable"
    share = _share(mixture, 0, 0.9)
    assert share.value == pytest.approx(62 / 126, abs=1e-6)
    assert (share.kind, share.low, share.method) == ("estimate", None, NO_INTERVAL)
