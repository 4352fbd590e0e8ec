import dataclasses
import json

import numpy as np
import pytest

from comity.core.page.words import number
from comity.inference.report.switch import state, switch
from inference.making import bare, new_setting, understanding


def test_the_page_holds_the_payoffs(rich):
    data = switch(rich).data
    assert np.array(data["payoffs"]) == pytest.approx(rich.setting.payoffs)
    assert data["actions"] == list(rich.setting.actions)
    assert np.sum(data["rest"], axis=1) == pytest.approx([1, 1, 1])
    json.dumps(data, allow_nan=False)


def test_each_slider_starts_at_its_share(rich):
    assert [b.start for b in switch(rich).boards] == [46, 31, 23]
    even = dataclasses.replace(new_setting(), weights=None)
    assert [b.start for b in switch(understanding(setting=even)).boards] == [33, 33, 33]


@pytest.mark.parametrize("weight", [0.0, 0.146, 0.147, 0.5, 1.0])
def test_the_best_action_at_a_weight(rich, weight):
    setting = rich.setting
    mix = np.array([weight, *(1 - weight) * np.array([0.31, 0.23]) / 0.54])
    worth = setting.payoffs @ mix
    found = state(setting, 0, weight, list(range(6)))
    assert found.heading == f"Best: {setting.actions[int(worth.argmax())]}"
    assert f"It brings {number(float(worth.max()))} on average" in found.sentence
    assert [text for _, text, *_ in found.bars] == [number(float(v)) for v in worth]


def test_the_decision_turns_at_the_break(rich):
    for name, weight, below, above in rich.setting.breaks:
        m = rich.setting.members.index(name)
        for w, action in ((weight - 1e-3, below), (weight + 1e-3, above)):
            assert state(rich.setting, m, w, [0]).heading == f"Best: {action}"


def test_losses_reach_left_of_zero():
    setting = dataclasses.replace(new_setting(), payoffs=new_setting().payoffs - 5)
    found = state(setting, 1, 1.0, list(range(6)))
    starts = [(x, x + width) for _, _, x, width in found.bars]
    signs = setting.payoffs[:, 1] < 0
    for (start, end), negative in zip(starts, signs, strict=True):
        assert (end if negative else start) == pytest.approx(found.zero, abs=0.15)
        assert 0 <= start <= end <= 200.05


def test_of_many_members_the_range_is_said():
    setting = new_setting()
    five = dataclasses.replace(
        setting,
        members=tuple("abcde"),
        payoffs=np.column_stack([setting.payoffs, setting.payoffs[:, :2] - 1]),
        weights=np.full(5, 0.2),
        breaks=(),
    )
    found = state(five, 0, 1.0, [0])
    assert found.heading == "Best: give 4"
    row = five.payoffs[4]
    words = f"{number(float(row.min()))} to {number(float(row.max()))}, by which one is true."
    assert words in found.sentence


def test_one_member_has_no_prior():
    setting = new_setting()
    alone = dataclasses.replace(
        setting, members=setting.members[:1], payoffs=setting.payoffs[:, :1],
        weights=np.ones(1), breaks=(),
    )  # fmt: skip
    for made in (bare(), understanding(setting=alone)):
        found = switch(made)
        assert (found.data, found.boards, found.state) == ({}, (), None)
