import dataclasses
import re

import numpy as np
import pytest

from comity.inference.report.priors import charts, relevant, rest_of, worst_regret, worth_along
from inference.making import MEMBERS, least_regret, new_setting


def corners(path):
    return np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+)", path), float)


def test_the_rest_keeps_its_proportions():
    setting = new_setting()
    assert rest_of(setting, 0) == pytest.approx([0, 0.31 / 0.54, 0.23 / 0.54])
    even = dataclasses.replace(setting, weights=None)
    assert rest_of(even, 1) == pytest.approx([0.5, 0, 0.5])
    sure = dataclasses.replace(setting, weights=np.array([1.0, 0, 0]))
    assert rest_of(sure, 0) == pytest.approx([0, 0.5, 0.5])


def test_at_its_own_share_a_member_gives_the_worth_by_the_shares():
    setting = new_setting()
    for m, share in enumerate(setting.weights):
        low, high = worth_along(setting, m)
        assert (1 - share) * low + share * high == pytest.approx(setting.payoffs @ setting.weights)


def test_regret_is_measured_against_the_best_of_each_member():
    setting = new_setting()
    for a, regret in enumerate(worst_regret(setting)):
        by_hand = max(max(column) - column[a] for column in setting.payoffs.T.tolist())
        assert regret == pytest.approx(by_hand)
    chances, value = least_regret(setting.payoffs)
    lost = chances @ (setting.payoffs.max(axis=0) - setting.payoffs)
    assert lost.max() == pytest.approx(value)


def test_every_action_that_is_ever_best_is_shown():
    setting = new_setting()
    many = np.vstack([setting.payoffs] + [setting.payoffs - 1 - k for k in range(4)])
    actions = tuple(f"a{k}" for k in range(len(many)))
    wide = dataclasses.replace(
        setting,
        payoffs=many,
        actions=actions,
        minimax_regret=np.concatenate([setting.minimax_regret, np.zeros(len(many) - 6)]),
        bayes_action="a20",
        breaks=(),
    )
    shown = set(relevant(wide))
    assert actions.index("a20") in shown
    for m in range(len(MEMBERS)):
        low, high = worth_along(wide, m)
        for w in np.linspace(0, 1, 101):
            assert int(np.argmax((1 - w) * low + w * high)) in shown
    assert len(shown) < len(actions)


def test_the_thick_line_is_the_best_there_is():
    setting = new_setting()
    for m in range(len(MEMBERS)):
        (chart, _) = charts(setting, m, 0.5, range(6))
        lines = [corners(path) for _, path in chart.lines]
        for x, y in corners(chart.best):
            heights = [np.interp(x, *line.T) for line in lines]
            assert y == pytest.approx(min(heights), abs=0.3)


def test_spans_end_where_the_decision_changes():
    setting = new_setting()
    for m, name in enumerate(MEMBERS):
        chart = charts(setting, m, 0.5, range(6))[0]
        breaks = [b for b in setting.breaks if b[0] == name]
        assert [s.low for s in chart.spans] == [0.0, *(w for _, w, *_ in breaks)]
        assert chart.spans[-1].high == 1.0
        assert sum(s.width for s in chart.spans) == pytest.approx(chart.right - chart.left, abs=0.5)
        low, high = worth_along(setting, m)
        for span in chart.spans:
            middle = (span.low + span.high) / 2
            assert span.action == int(np.argmax((1 - middle) * low + middle * high))


def test_a_label_that_does_not_fit_is_cut_or_left_out():
    setting = new_setting()
    long = dataclasses.replace(
        setting,
        actions=tuple(f"give {k} and say why" for k in range(6)),
        breaks=tuple((m, w, f"{a} and say why", f"{b} and say why")
                     for m, w, a, b in setting.breaks),
    )  # fmt: skip
    labels = [s.label for chart in charts(long, 0, 0.5, range(6)) for s in chart.spans]
    assert "give 4 and say why" in labels
    assert any(label == "" or label.endswith("…") for label in labels)
