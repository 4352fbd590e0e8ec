"""Predictions under a shift, against logit probabilities worked out by hand."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.core import InputError
from comity.inference.evidence import Situation
from comity.inference.explanations import Explanation, Motive, Procedure, explain
from comity.inference.explanations.member import Member
from comity.inference.shift.predictions import drawn_tables, member_tables, predict_members

EGOIST = explain("own-payoff", "logit")
SOCIAL = explain("charness-rabin", "logit")
DICTATOR = Situation(("keep", "share"), [[10, 0], [5, 5]], name="dictator")
THREE = Situation(("a", "b", "c"), [[1, 1], [2, 2], [3, 3]], name="three")
TRIO = Situation(("mine", "ours"), [[6, 0, 0], [4, 4, 4]], name="trio")
MEMBERS = [
    Member(EGOIST, {"sensitivity": 0.2}, "egoist"),
    Member(SOCIAL, {"alpha": 0.0, "beta": 0.5, "sensitivity": 0.2}, "social"),
]


def logistic(x):
    return 1 / (1 + np.exp(-x))


def softmax(values):
    weights = np.exp(np.asarray(values, float))
    return weights / weights.sum()


def test_members_by_hand():
    found = predict_members(MEMBERS, [DICTATOR, THREE])
    # Utilities: 10 against 5; the social one weighs 0.5 on the other when ahead: 5 against 5.
    assert found.probabilities[:, 0, :2] == pytest.approx(
        np.array([[logistic(1.0), logistic(-1.0)], [0.5, 0.5]])
    )
    three = softmax([0.2, 0.4, 0.6])
    assert found.probabilities[:, 1] == pytest.approx(np.array([three, three]))
    assert found.probabilities[:, 0, 2].tolist() == [0, 0]
    assert found.least[0, 0] == pytest.approx(0.5)
    assert found.most[0, 0] == pytest.approx(logistic(1.0))
    assert found.average is None
    assert found.agree_within == pytest.approx(logistic(1.0) - 0.5)
    assert found.where_they_agree() == ("three",)
    first = found.partings[0]
    assert (first.situation, first.option) == ("dictator", "keep")
    assert (first.lowest, first.highest) == ("social", "egoist")
    assert "keep at dictator: 0.500 by social, 0.731 by egoist" in str(found)


def test_situations_that_do_not_stack():
    found = member_tables(MEMBERS[:1], [TRIO, THREE, DICTATOR])
    assert found.shape == (1, 3, 3)
    assert found[0, 0, :2] == pytest.approx(softmax([1.2, 0.8]))
    assert found[0, 1] == pytest.approx(softmax([0.2, 0.4, 0.6]))
    assert found[0, 2, :2] == pytest.approx(softmax([2.0, 1.0]))


def test_draws_and_the_average():
    draws = np.array([[0.0], [0.1], [0.4]])
    found = predict_members(MEMBERS, [DICTATOR], [0.75, 0.25], [draws, None], level=0.5)
    keep = logistic(5 * draws[:, 0])
    assert found.average[0, 0] == pytest.approx(0.75 * keep.mean() + 0.25 * 0.5)
    assert found.low[0, 0, 0] == pytest.approx(np.quantile(keep, 0.25))
    assert found.high[0, 0, 0] == pytest.approx(np.quantile(keep, 0.75))
    assert found.low[1, 0, 0] == found.high[1, 0, 0] == pytest.approx(0.5)
    low, high = found.envelope()
    assert low[0, 0] == pytest.approx(0.5)
    assert high[0, 0] == pytest.approx(np.quantile(keep, 0.75))
    assert "dictator: keep 0.6" in str(found)


def test_draws_agree_with_one_call_each():
    draws = np.array([[0.1, 0.2, 0.3], [-0.2, 0.4, 0.6]])
    names = ["alpha", "beta", "sensitivity"]
    found = drawn_tables(MEMBERS[1], draws, [THREE, TRIO, DICTATOR])
    for row, table in zip(draws, found, strict=True):
        alone = Member(SOCIAL, dict(zip(names, row, strict=True)))
        assert table == pytest.approx(member_tables([alone], [THREE, TRIO, DICTATOR])[0])


def test_what_is_missing_is_named():
    needy = Explanation(
        Motive("needy", lambda payoffs, role, history, beliefs: history["kind"], needs=("kind",)),
        EGOIST.procedure,
    )
    member = Member(needy, {"sensitivity": 1.0})
    known = DICTATOR.with_history(kind=[0.0, 1.0])
    assert predict_members([member], [known]).probabilities[0, 0, 1] == pytest.approx(logistic(1))
    with pytest.raises(InputError, match=r"does not state.*dictator.*that state kind"):
        predict_members([member], [DICTATOR])


def test_bad_input_is_refused():
    broken = Explanation(
        Motive("own", lambda payoffs, role, history, beliefs: payoffs[..., role]),
        Procedure("broken", lambda view: jnp.full(view.options.shape, jnp.nan)),
    )
    with pytest.raises(InputError, match="own x broken, dictator: a member gives no distribution"):
        predict_members([Member(broken)], [DICTATOR])
    cases = [
        ({"members": []}, "no member"),
        ({"situations": []}, "no situation"),
        ({"members": [MEMBERS[0], MEMBERS[0]]}, "stands twice"),
        ({"situations": [DICTATOR, DICTATOR]}, "stands twice"),
        ({"weights": [0.5, 0.6]}, "not shares"),
        ({"level": 1.0}, "level: out of range"),
        ({"draws": [None]}, "not one set of draws"),
        ({"draws": [np.ones((3, 2)), None]}, r"egoist: draws do not fit.*\(draws, 1\)"),
        ({"draws": [np.full((3, 1), np.nan), None]}, "draws of egoist.*not finite"),
    ]
    for changed, message in cases:
        with pytest.raises(InputError, match=message):
            predict_members(**{"members": MEMBERS, "situations": [DICTATOR], **changed})
