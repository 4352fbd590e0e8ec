"""What to ask next: only a last round tells commitment from reputation."""

import dataclasses
import math

import numpy as np
import pytest

from comity.inference.understanding.questions import questions_for
from comity.inference.understanding.setting import setting_of

SHARES = np.array([0.5, 0.5])


@pytest.fixture(scope="module")
def members(rivals):
    committed, builder = "commitment x logit", "reputation x logit"
    truth = rivals.found[committed, builder].truth
    return [truth, rivals.stand_in(committed, builder)]


def test_more_rounds_to_come_teach_nothing(members, answers, last_offer):
    setting = setting_of(last_offer, last_offer.behaviour)
    worth = np.array([[1.0, 0.0], [0.6, 0.6], [0.0, 0.0]]).repeat(2, axis=0)
    found = questions_for(members, SHARES, answers[0], last_offer.behaviour, setting, worth)
    best, second, last = found
    assert best.value.value > second.value.value > last.value.value == 0
    assert best.name == "0.15, once and for all"
    assert best.value.value > 0.01
    assert last.name == "0.15, with more rounds to come"
    assert last.people_expected == math.inf
    assert last.note == "It tells no two explanations apart."


def test_of_questions_worth_as_much_the_one_that_teaches_more_comes_first(
    members, answers, last_offer
):
    setting = setting_of(last_offer, last_offer.behaviour)
    sure = np.array([[0.9, 0.4], [0.1, 0.1], [0.0, 0.0]]).repeat(2, axis=0)
    found = questions_for(members, SHARES, answers[0], last_offer.behaviour, setting, sure)
    assert [q.value.value for q in found] == [0, 0, 0]
    taught = [q.information.value for q in found]
    assert taught == sorted(taught, reverse=True)


def test_information_by_hand(members, answers, last_offer):
    found = questions_for(members, SHARES, answers[0], last_offer.behaviour)
    best = next(q for q in found if q.name == "0.15, once and for all")
    accept = []
    for m in members:
        bonus = m.parameters.get("threshold", 0.0)
        accept.append(1 / (1 + np.exp(-m.parameters["sensitivity"] * (0.15 - bonus))))
    p, q = accept
    mean = (p + q) / 2

    def entropy(x):
        return -x * np.log(x) - (1 - x) * np.log(1 - x)

    assert best.information.value == pytest.approx(
        entropy(mean) - (entropy(p) + entropy(q)) / 2, abs=1e-9
    )


def test_without_a_menu_the_situations_of_setting_and_evidence_are_it(members, answers, last_offer):
    setting = setting_of(last_offer, last_offer.behaviour)
    bare = dataclasses.replace(last_offer.behaviour, questions=())
    names = [q.name for q in questions_for(members, SHARES, answers[0], bare, setting)]
    assert len(names) == 6 + 10
    assert names[0].startswith("Responder after")


def test_one_explanation_leaves_nothing_to_ask(members, answers, last_offer):
    assert questions_for(members[:1], np.ones(1), answers[0], last_offer.behaviour) == ()
