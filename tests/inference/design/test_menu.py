"""Menus with a planted best question, and the ultimatum oracle whose menu must include an end."""

import math

import numpy as np
import pytest

from comity.core import InputError
from comity.games.catalogue import divide_the_pie
from comity.inference.design import answers as module
from comity.inference.design.information import expected_information
from comity.inference.design.menu import Question, rank_questions
from comity.inference.design.value import value_of_information
from comity.inference.evidence import Situation
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member, choice_tables
from comity.inference.shift.outcomes import outcomes_by_member
from comity.inference.shift.settings import PerOption, offers

SOCIAL = explain("charness-rabin", "logit")


def social(name, alpha, beta):
    return Member(SOCIAL, {"alpha": alpha, "beta": beta, "sensitivity": 2.0}, name)


SELFISH, AVERSE, KIND = (
    social("selfish", 0, 0),
    social("averse", -0.5, 0.3),
    social("kind", 0.3, 0.3),
)
# Ahead only beta matters, behind only alpha, at equal payoffs neither.
AHEAD = Question(Situation(("keep", "give"), [[8, 2], [6, 4]], name="ahead"))
BEHIND = Question(Situation(("keep", "give"), [[4, 6], [3, 9]], name="behind"), cost=5.0)
EQUAL = Question(Situation(("keep", "give"), [[5, 5], [5, 5]], name="equal"))
COPY = Question(AHEAD.situation, "ahead again", 2.0)
WIDE = Question(Situation(("a", "b", "c"), [[8, 2], [6, 4], [5, 5]], name="wide"))
QUESTIONS = [AHEAD, BEHIND, EQUAL, COPY, WIDE]


def test_figures_are_those_of_each_question_alone():
    members, prior = [SELFISH, AVERSE, KIND], [0.2, 0.3, 0.5]
    payoffs = np.array([[1.0, 0.0, 0.5], [0.0, 2.0, 0.1]])
    found = rank_questions(QUESTIONS, members, prior, payoffs=payoffs, people=3)
    for q, question in enumerate(QUESTIONS):
        table = choice_tables(members, [question.situation])[:, 0]
        alone = expected_information(table, prior, 3).about_members.value
        assert found.figures()[q].value == pytest.approx(alone)
        worth = value_of_information(table, payoffs, prior, 3).value.value
        assert found.figures("value")[q].value == pytest.approx(worth)
    assert found.costs.tolist() == [3, 15, 3, 6, 3]
    assert found.per_cost()[1] == pytest.approx(found.figures()[1].value / 15)


def test_the_planted_question_separates():
    found = rank_questions([AHEAD, BEHIND, EQUAL], [AVERSE, KIND])
    assert found.best() == ("behind",)
    assert found.ranking()[0] == "behind"
    assert found.figures()[2].value == 0
    assert found.alike == ()
    assert found.equivalence.separation("averse", "kind").decision == "behind"


def test_no_question_can_tell_them_apart():
    found = rank_questions([AHEAD, EQUAL, COPY], [SELFISH, AVERSE, KIND])
    assert found.alike == (("averse", "kind"),)
    assert "no question on this menu can tell apart: averse, kind" in str(found)
    pair = rank_questions([AHEAD, EQUAL], [AVERSE, KIND], payoffs=np.eye(2))
    assert pair.best() == pair.best("value") == pair.best("regret") == ()
    assert "no question adds nats about the members" in str(pair)


def test_ties_and_costs():
    found = rank_questions([COPY, EQUAL, AHEAD], [SELFISH, KIND])
    assert found.best() == ("ahead again", "ahead")
    assert found.ranking() == ("ahead again", "ahead", "equal")
    assert found.best(per_cost=True) == ("ahead",)
    assert found.ranking(per_cost=True) == ("ahead", "ahead again", "equal")
    assert "(tied with 1 more)" in str(found)


def test_information_and_value_may_disagree():
    # What matters is whether the people are averse, though the others differ more.
    questions = [AHEAD, BEHIND]
    members = [social("fair", 0.6, 0), social("generous", 0.6, 0.9), social("averse", -0.5, 0)]
    payoffs = np.array([[0.0, 0.0, 1.0], [0.5, 0.5, 0.5]])
    found = rank_questions(questions, members, [0.45, 0.45, 0.1], payoffs=payoffs, people=4)
    assert found.best() == ("ahead",)
    assert found.best("value") == ("behind",)


def test_draws_separate_members_from_parameters():
    draws = [np.array([[0.0, 0.0, 2.0], [0.0, 0.6, 2.0]]), None]
    found = rank_questions([AHEAD, BEHIND], [SELFISH, AVERSE], draws=draws, people=2)
    assert found.information[0].about_parameters.value > 0.05
    assert found.information[1].about_parameters.value == 0
    assert found.information[1].about_members.value > 0
    assert found.best("parameters") == ("ahead",)
    assert "most nats about the parameters of each member: ahead" in str(found)


def test_simulated_figures_tie_where_their_intervals_meet(monkeypatch):
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    found = rank_questions([AHEAD, COPY, EQUAL], [SELFISH, KIND], people=2, rng=4)
    assert set(found.best()) == {"ahead", "ahead again"}
    assert found.figures()[0].kind == "estimate"


CUT, PATIENCE = 0.275, 0.9
PIE = divide_the_pie(10)
COMMITTED = Member(
    explain("commitment", "logit"), {"threshold": CUT, "sensitivity": 200.0}, "committed"
)
BUILDER = Member(
    explain("reputation", "logit"), {"patience": PATIENCE, "sensitivity": 200.0}, "builder"
)


def round_of_ultimatum(continues):
    return offers(
        PIE,
        "Ana",
        history={"resists": PerOption({"reject": 1.0}), "continues": continues},
        beliefs={"prize": CUT * (1 - PATIENCE) / PATIENCE},
    )


def test_only_the_last_round_of_the_ultimatum_can_tell():
    early = [Question(s, f"early, {s.name}") for s in round_of_ultimatum(1.0).situations]
    last = [Question(s, f"last, {s.name}") for s in round_of_ultimatum(0.0).situations]
    outcomes = outcomes_by_member(round_of_ultimatum(0.0), [COMMITTED, BUILDER])
    decision = outcomes.decision()
    both = {"payoffs": decision.payoffs, "actions": decision.actions}
    blind = rank_questions(early, [COMMITTED, BUILDER], [0.3, 0.7], people=5, **both)
    assert blind.alike == (("committed", "builder"),)
    assert blind.best() == blind.best("value") == blind.best("regret") == ()
    seen = rank_questions(early + last, [COMMITTED, BUILDER], [0.3, 0.7], **both)
    assert all(name.startswith("last") for name in seen.best())
    # A last offer of one or two tenths settles it; the offers themselves are worth 0.9 or 0.7.
    settled = -0.3 * math.log(0.3) - 0.7 * math.log(0.7)
    top = dict(zip(seen.questions, seen.figures(), strict=True))[seen.best()[0]]
    assert top.value == pytest.approx(settled, abs=1e-6)
    value = dict(zip(seen.questions, seen.figures("value"), strict=True))[seen.best("value")[0]]
    assert value.value == pytest.approx(0.3 * 0.7 + 0.7 * 0.9 - 0.7, abs=1e-6)
    assert max(f.value for f in seen.figures("regret")) == pytest.approx(
        decision.robust().value.value, abs=1e-6
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"questions": []}, "the menu is empty"),
        ({"questions": [AHEAD, AHEAD]}, "stands twice"),
        ({"questions": [Question(Situation(("a",), [[1, 1]]))]}, "a name is empty"),
        ({"payoffs": np.ones((2, 3))}, "payoffs do not fit the members"),
        ({"prior": [1.0]}, "not shares"),
    ],
)
def test_bad_input_is_refused(changed, message):
    with pytest.raises(InputError, match=message):
        rank_questions(**{"questions": [AHEAD], "members": [SELFISH, KIND], **changed})


def test_a_cost_is_above_nothing():
    with pytest.raises(InputError, match="ahead: not a cost"):
        Question(AHEAD.situation, cost=0.0)
    with pytest.raises(InputError, match="no decision was given"):
        rank_questions([AHEAD], [SELFISH]).best("value")
    with pytest.raises(InputError, match=r"no such aim.*information, parameters, value, regret"):
        rank_questions([AHEAD], [SELFISH]).best("fame")
