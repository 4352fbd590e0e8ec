"""The new setting of a Case, by hand."""

import dataclasses

import numpy as np
import pytest

from comity.cases import Question
from comity.core.errors import InputError
from comity.inference.understanding.setting import asked, setting_of


def test_the_last_offer_by_hand(last_offer):
    setting = setting_of(last_offer, last_offer.behaviour)
    assert setting.players == ("Proposer", "Responder")
    assert setting.payoffs[3].tolist() == [[0.7, 0.3], [0.0, 0.0]]
    seen = setting.situations[3]
    assert seen.history["resists"].ravel().tolist() == [0, 1]
    assert seen.history["continues"].item() == 0
    assert seen.beliefs["prize"].item() == 0.4


def test_at_the_same_time_there_is_one_situation(last_offer):
    together = dataclasses.replace(last_offer.behaviour, moves="together")
    setting = setting_of(last_offer, together)
    assert len(setting.situations) == 1
    assert setting.situations[0].shape == (2, 6, 2)


def test_stated_situations_stand_in_for_the_payoffs(last_offer):
    actions = last_offer.parties[0].model.actions[0]
    stated = tuple(
        Question(f"after {a}", ("accept", "reject"), ((k, 0), (0, 9)), (0, 30), after=a)
        for k, a in enumerate(actions)
    )
    behaviour = dataclasses.replace(last_offer.behaviour, situations=stated[::-1])
    setting = setting_of(last_offer, behaviour)
    assert [s.payoffs[0, 0, 0] for s in setting.situations] == [0, 1, 2, 3, 4, 5]
    assert setting.situations[0].delays.tolist() == [0, 30]
    assert setting.payoffs[3].tolist() == [[0.7, 0.3], [0.0, 0.0]]


def test_nobody_in_question_is_no_setting(last_offer):
    assert setting_of(last_offer, dataclasses.replace(last_offer.behaviour, about="")) is None


def test_a_question_is_a_situation(last_offer):
    found = asked(last_offer.behaviour.questions[0])
    assert found.options == ("accept", "reject")
    assert np.array_equal(found.payoffs[:, 0], [[0.15, 0.85], [0, 0]])
    assert found.history["resists"].ravel().tolist() == [0, 1]


def test_an_unknown_option_in_a_feature_is_refused(last_offer):
    wrong = dataclasses.replace(last_offer.behaviour, history={"resists": {"refuse": 1.0}})
    with pytest.raises(InputError, match="resists"):
        setting_of(last_offer, wrong)
