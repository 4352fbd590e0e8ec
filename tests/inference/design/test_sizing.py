"""How many people: the figures of the design note, invitations by hand, posteriors by counting."""

import math

import numpy as np
import pytest
from scipy.stats import binom

from comity.core import Certified, InputError
from comity.inference.design import sizing
from comity.inference.design.menu import Question
from comity.inference.design.sizing import chances_of_posterior, invitations, size_questions
from comity.inference.evidence import Situation
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member

EGOIST = explain("own-payoff", "logit")
# Accepting yields 1 more than refusing, so that it has chance 1 / (1 + exp(-sensitivity)).
OFFER = Question(Situation(("accept", "reject"), [[1, 1], [0, 0]], name="offer"))
IDLE = Question(Situation(("accept", "reject"), [[1, 1], [1, 0]], name="idle"))


def accepting(chance):
    return Member(EGOIST, {"sensitivity": math.log(chance / (1 - chance))}, f"{chance:.2f}")


HALF, NEAR, FAR = accepting(0.5), accepting(0.55), accepting(0.7)


def test_both_numbers_of_the_design_note():
    found = size_questions([OFFER], [HALF, NEAR])
    pair = found.pair("0.50", "0.55")
    assert round(pair.expected.value) == 596
    assert round(pair.seen.value, 2) == 0.48
    assert round(pair.normal.value) == 1077
    assert found.for_both_errors.value >= 1077
    assert found.on_average.value == max(p.expected.value for p in found.pairs)
    text = str(found)
    assert "enough on average: 59" in text
    assert "enough for both errors: 1,09" in text


def test_the_hardest_pair_decides_and_twins_are_set_apart():
    twin = Member(EGOIST, HALF.parameters, "twin")
    found = size_questions([OFFER], [HALF, FAR, twin])
    assert found.alike == (("0.50", "twin"),)
    assert found.on_average.value < 40
    assert math.isinf(found.pair("0.50", "twin").expected.value)
    assert "no number tells apart: 0.50, twin" in str(found)
    alone = size_questions([OFFER], [HALF, twin])
    assert "enough on average: no number of people" in str(alone)


def test_rounding_tells_nobody_apart():
    near = Member(EGOIST, {"sensitivity": HALF.parameters["sensitivity"] + 1e-11}, "near")
    found = size_questions([OFFER], [HALF, near, FAR])
    assert found.alike == (("0.50", "near"),)
    assert math.isinf(found.pair("near", "0.50").expected.value)
    assert found.for_both_errors.value < 100


def test_a_pair_whose_size_is_not_known_is_not_passed_over(monkeypatch):
    """It might be the hardest of all."""
    whole = size_questions([OFFER], [HALF, NEAR, FAR])

    def some_unknown(pair):
        lost = "0.55" in pair.names and "0.50" in pair.names
        return Certified.unknown("too many") if lost else pair.plain

    monkeypatch.setattr(sizing, "_for_errors", some_unknown)
    found = size_questions([OFFER], [HALF, NEAR, FAR], attrition=0.1)
    assert found.for_both_errors.kind == "lower_bound"
    assert found.for_both_errors.value < whole.for_both_errors.value
    assert "enough for both errors: at least " in str(found)
    assert "2 more could not be computed" in found.for_both_errors.method
    assert found.invite_for_both_errors.kind == "lower_bound"


def test_a_second_question_adds_its_own():
    one = size_questions([OFFER], [HALF, FAR]).pair("0.50", "0.70").expected.value
    again = Question(OFFER.situation, "again")
    two = size_questions([OFFER, again], [HALF, FAR]).pair("0.50", "0.70").expected.value
    idle = size_questions([OFFER, IDLE], [HALF, FAR]).pair("0.50", "0.70").expected.value
    assert two == pytest.approx(one / 2)
    assert idle == pytest.approx(one)


@pytest.mark.parametrize(("people", "attrition"), [(1, 0.5), (34, 0.1), (596, 0.25)])
def test_invitations_are_the_fewest_that_are_sure(people, attrition):
    found = invitations(people, attrition)
    remain = [
        sum(binom.pmf(k, n, 1 - attrition) for k in range(people, n + 1))
        for n in (found, found - 1)
    ]
    assert remain[0] >= 0.95 > remain[1]


def test_those_who_drop_out_are_invited_too():
    plain = size_questions([OFFER], [HALF, FAR])
    lossy = size_questions([OFFER], [HALF, FAR], attrition=0.2)
    people = math.ceil(plain.on_average.value)
    assert plain.invite_on_average.value == people
    assert lossy.invite_on_average.value == invitations(people, 0.2)
    assert lossy.invite_on_average.value > people / 0.8
    assert f"so invite {invitations(people, 0.2)}" in str(lossy)


def test_posteriors_by_counting_every_answer():
    people, share = 30, 0.9
    chances = [0.5, 0.7]
    found = chances_of_posterior([OFFER], [HALF, FAR], people, share, [0.3, 0.7], rng=0)
    counts = np.arange(people + 1)
    likely = np.array([binom.pmf(counts, people, p) for p in chances])
    posterior = np.array([[0.3], [0.7]]) * likely
    posterior = posterior / posterior.sum(axis=0)
    for m, name in enumerate(["0.50", "0.70"]):
        exact = likely[m][posterior[m] >= share].sum()
        assert found[name].low <= exact <= found[name].high


def test_certain_answers_settle_it_at_once():
    never = Member(EGOIST, {"sensitivity": 5000.0}, "sure")
    other = Question(Situation(("accept", "reject"), [[0, 0], [1, 1]], name="turned"))
    found = chances_of_posterior([OFFER, other], [never, HALF], 20, 0.95, rng=1)
    assert found["sure"].value == 1
    assert found["0.50"].value == pytest.approx(1, abs=0.001)


def test_bad_input_is_refused():
    with pytest.raises(InputError, match="nothing to tell apart"):
        size_questions([OFFER], [HALF])
    with pytest.raises(InputError, match="attrition: out of range"):
        size_questions([OFFER], [HALF, FAR], attrition=1.0)
    with pytest.raises(InputError, match="no such pair"):
        size_questions([OFFER], [HALF, FAR]).pair("0.50", "0.60")
    with pytest.raises(InputError, match="share: out of range"):
        chances_of_posterior([OFFER], [HALF, FAR], 5, 1.0)
    with pytest.raises(InputError, match="no people"):
        chances_of_posterior([OFFER], [HALF, FAR], 0)
