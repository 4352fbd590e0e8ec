import dataclasses

import numpy as np
import pytest

from comity.core import Certified
from comity.core.page.words import number
from comity.inference.report.elsewhere import elsewhere, lottery
from comity.inference.report.words import percent
from inference.making import bare, new_setting, understanding


def changed(**fields):
    return elsewhere(understanding(setting=dataclasses.replace(new_setting(), **fields)))


def test_what_each_action_brings(rich):
    found, setting = elsewhere(rich), rich.setting
    for action in (*found.actions, *found.others):
        a = setting.actions.index(action.name)
        assert action.worth == tuple(number(v) for v in setting.payoffs[a])
        assert action.by_shares == number(float(setting.payoffs[a] @ setting.weights))
    assert {a.name for a in (*found.actions, *found.others)} == set(setting.actions)


def test_for_each_member_something_is_best(rich):
    found, setting = elsewhere(rich), rich.setting
    for m in range(len(setting.members)):
        best = [a.name for a in found.actions if m in a.best_for]
        assert best == [setting.actions[int(setting.payoffs[:, m].argmax())]]
    assert [a.name for a in found.actions if a.chosen] == [setting.bayes_action]


def test_chances_with_their_ranges(rich):
    found, setting = elsewhere(rich), rich.setting
    assert len(found.expectations) == 12
    first = found.expectations[0]
    assert (first.situation, first.option) == (setting.situations[0], "accept")
    for m, figure in enumerate(first.chances):
        assert figure.value == percent(setting.probabilities[m, 0, 0])
    assert [x.implied for x in found.expectations[:4]] == [False, True, False, True]


def test_of_two_options_one_is_drawn(rich):
    found, setting = elsewhere(rich), rich.setting
    assert found.plotted == "accept"
    assert [lane.label for lane in found.plot.lanes] == list(setting.situations)
    for g, lane in enumerate(found.plot.lanes):
        assert [d.value for d in lane.dots] == setting.probabilities[:, g, 0].tolist()


def test_menus_that_differ_name_their_options():
    options = (("accept", "reject"), ("yes", "no"), *(("accept", "reject"),) * 4)
    found = changed(options=options)
    assert found.plotted == ""
    assert found.plot.lanes[1].label == "offered 1 of 10: yes"


def test_three_options_are_all_drawn_and_too_many_none():
    three = np.full((3, 6, 3), 1 / 3)
    menus = (("a", "b", "c"),) * 6
    found = changed(options=menus, probabilities=three, low=three, high=three)
    assert len(found.plot.lanes) == 18
    wide = np.full((3, 6, 5), 0.2)
    found = changed(options=(tuple("abcde"),) * 6, probabilities=wide, low=wide, high=wide)
    assert found.plot is None
    assert len(found.expectations) == 30


def test_lots_or_a_plain_choice(rich):
    found = elsewhere(rich)
    assert found.lottery == "draw lots: 78% give 3, 22% give 0"
    regrets = rich.setting.payoffs.max(axis=0) - rich.setting.payoffs
    assert found.pure_regret == number(float(regrets.max(axis=1).min()))
    sure = dataclasses.replace(new_setting(), minimax_regret=np.array([0, 0, 0, 1.0, 0, 0]))
    assert lottery(sure) == "give 3"


def test_the_range_of_failure(rich):
    assert elsewhere(rich).failure_range == "3% to 14%"
    assert changed(failure_range=None).failure_range == "cannot tell"
    assert changed(failure_range=Certified.exact(0.2)).failure_range == "20%"


def test_without_shares_there_is_no_choice_by_them():
    found = changed(weights=None, bayes=None, bayes_action="")
    assert found.shares == ()
    assert found.bayes_worth is None
    assert {a.by_shares for a in found.actions} == {""}
    assert not any(a.chosen for a in found.actions)


def test_no_setting_or_nobody_in_it():
    assert elsewhere(bare()) is None
    assert changed(members=()) is None
    assert changed(actions=()) is None


@pytest.mark.parametrize("count", [7, 30])
def test_actions_that_are_never_best_are_folded_away(count):
    setting = new_setting()
    payoffs = np.vstack([setting.payoffs, setting.payoffs[:1] - np.arange(1, count)[:, None]])
    found = changed(
        payoffs=payoffs,
        actions=(*setting.actions, *(f"worse {k}" for k in range(1, count))),
        minimax_regret=np.concatenate([setting.minimax_regret, np.zeros(count - 1)]),
    )
    assert len(found.others) + len(found.actions) == 5 + count
    assert not any(a.best_for for a in found.others)
