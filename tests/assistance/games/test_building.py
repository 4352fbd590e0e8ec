import numpy as np
import pytest

from comity.assistance.games import build
from comity.core import InputError


def tea(**changes):
    rules = {
        "states": ["kitchen", "done"],
        "person": ["wait", "ask for tea"],
        "assistant": ["wait", "tea"],
        "goals": {"tea": 0.5, "rest": 0.5},
        "step": lambda s, h, a: {"done": 0.75, "kitchen": 0.25} if a == "tea" else "kitchen",
        "reward": lambda g, s, h, a: float(g == a),
        "start": "kitchen",
        "final": ["done"],
        "horizon": 2,
        **changes,
    }
    return build(**rules)


def test_rules_become_tables():
    game = tea(orders={"ask for tea": "tea"})
    assert game.successors(0, 0, 1) == [(0, 1, 0.75), (1, 0, 0.25)]
    assert game.successors(0, 1, 0) == [(0, 0, 1.0)]
    assert game.rewards[:, 0, 0].tolist() == [[0, 1], [0, 0]]
    assert game.orders.tolist() == [-1, 1]
    assert game.final.tolist() == [False, True]


def test_rules_are_asked_only_where_they_count():
    asked = []
    tea(
        step=lambda s, h, a: asked.append((s, h)) or "done",
        person_may=lambda s: ["wait"],
    )
    assert set(asked) == {("kitchen", "wait")}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": "garden"}, "garden"),
        ({"final": ["garden"]}, "garden"),
        ({"step": lambda s, h, a: "garden"}, "step"),
        ({"step": lambda s, h, a: {"done": 0.5}}, "chances"),
        ({"states": ["kitchen", "kitchen"]}, "twice"),
        ({"person_may": lambda s: ["sing"]}, "person_may"),
        ({"assistant_may": lambda s: []}, "no action"),
        ({"step": lambda s, h, a: {}}, "chances"),
        ({"orders": {"ask for tea": "cake"}}, "cake"),
        ({"orders": {"beg": "tea"}}, "beg"),
    ],
)
def test_rules_that_name_nothing_are_refused(changes, words):
    with pytest.raises(InputError, match=words):
        tea(**changes)


def test_goals_keep_their_chances():
    assert np.allclose(tea(goals={"tea": 0.9, "rest": 0.1}).prior, [0.9, 0.1])
