"""Situations: shapes, what is filled in, and the decisions of any game cell by cell."""

import itertools

import numpy as np
import pytest

from comity.core.errors import InputError, SizeError
from comity.games import Issue, Negotiation, NormalForm
from comity.inference.evidence.situations import Situation, decisions

SHAPE = (2, 3, 4)
PAYOFFS = np.arange(3 * 24.0).reshape(3, *SHAPE)
GAME = NormalForm.from_payoffs(PAYOFFS, ("A", "B", "C"))


def test_what_is_filled_in():
    situation = Situation(("keep", "share"), [[10, 0], [5, 5]])
    assert situation.shape == (2, 1, 2)
    assert situation.recipients == ("self", "other")
    assert situation.contingencies.tolist() == [1]
    assert situation.delays.tolist() == [0, 0]
    three = Situation(("a",), np.zeros((1, 4, 3)))
    assert three.recipients == ("self", "other 1", "other 2")
    assert three.contingencies.tolist() == [0.25] * 4


def test_shares_are_made_to_sum_to_one():
    situation = Situation(("a",), np.zeros((1, 2, 1)), contingencies=[0.3, 0.7000001])
    assert situation.contingencies.sum() == pytest.approx(1, abs=1e-15)
    assert situation.contingencies == pytest.approx([0.3, 0.7], abs=1e-6)


@pytest.mark.parametrize(
    ("feature", "shape"),
    [
        (3, (1, 1)),
        ([1, 2], (2, 1)),
        ([[1, 2, 3]], (1, 3)),
        (np.zeros((2, 3)), (2, 3)),
        (True, (1, 1)),
    ],
)
def test_features_spread_over_options_and_contingencies(feature, shape):
    plain = Situation(("a", "b"), np.zeros((2, 3, 2)))
    for situation in (plain.with_history(seen=feature), plain.with_beliefs(seen=feature)):
        found = {**situation.history, **situation.beliefs}["seen"]
        assert found.shape == shape
        assert np.broadcast_to(found, (2, 3)).shape == (2, 3)
    assert plain.history == {}


def test_more_features_come_on_top():
    first = Situation(("a",), [[1]], history={"x": 1, "y": 2}).with_history(y=3)
    assert {name: value.item() for name, value in first.history.items()} == {"x": 1, "y": 3}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"payoffs": [[1, 2]]}, "payoffs do not fit the options"),
        ({"payoffs": [1, 2]}, "payoffs do not fit the options"),
        ({"payoffs": np.zeros((2, 0, 2))}, "payoffs do not fit the options"),
        ({"payoffs": [[1, 2], [np.nan, 0]]}, r"payoffs\[1, 0, 0\]: not finite"),
        ({"recipients": ("me",)}, "one name per recipient"),
        ({"menus": (("x", "y"),)}, "contingencies are not the joint choices of the others"),
        ({"menus": (("x",), ("y",))}, "more players act than there are recipients"),
        ({"contingencies": [0.5]}, "not a distribution over the contingencies"),
        ({"contingencies": [2, -1]}, "not a distribution over the contingencies"),
        ({"delays": [1]}, "not a delay per recipient"),
        ({"delays": [0, -1]}, "not a delay per recipient"),
        ({"delays": [0, np.nan]}, "not a delay per recipient"),
        ({"history": {"x": [1, 2, 3]}}, r"history\.x: does not fit the options"),
        ({"beliefs": {"x": np.inf}}, r"beliefs\.x.*: not finite"),
        ({"beliefs": {"x": np.zeros((1, 1, 1))}}, r"beliefs\.x: does not fit the options"),
        ({"beliefs": {"x": "much"}}, r"beliefs\.x: not numbers"),
        ({"payoffs": "much"}, "payoffs: not numbers"),
        ({"payoffs": [[1, 2], [3]]}, "payoffs: not numbers"),
        ({"options": ("a", "a")}, "options: a name stands twice"),
    ],
)
def test_what_does_not_fit(fields, words):
    given = {"options": ("a", "b"), "payoffs": [[1, 2], [3, 4]]} | fields
    with pytest.raises(InputError, match=words):
        Situation(**given)


@pytest.mark.parametrize("player", range(3))
def test_decisions_in_a_game_of_three(player):
    situation = decisions(GAME, player)
    others = [i for i in range(3) if i != player]
    assert situation.recipients == tuple("ABC"[i] for i in (player, *others))
    assert situation.options == GAME.actions[player]
    assert situation.menus == tuple(GAME.actions[i] for i in others)
    joint = list(itertools.product(*(range(SHAPE[i]) for i in others)))
    for k in range(SHAPE[player]):
        for s, chosen in enumerate(joint):
            profile = dict(zip((player, *others), (k, *chosen), strict=True))
            cell = tuple(profile[i] for i in range(3))
            expected = [PAYOFFS[(i, *cell)] for i in (player, *others)]
            assert situation.payoffs[k, s].tolist() == expected


def test_decisions_by_name_and_with_history():
    situation = decisions(GAME, "B", mood=2)
    assert np.array_equal(situation.payoffs, decisions(GAME, 1).payoffs)
    assert situation.history["mood"].item() == 2
    for player in ("D", 3, -1):
        with pytest.raises(InputError, match="player: no such player"):
            decisions(GAME, player)


def test_decisions_in_a_negotiation_are_its_outcomes():
    issues = [Issue("fish", ("all", "half")), Issue("water", ("a", "b", "c"))]
    values = {
        "Ana": {"fish": [5, 2], "water": [0, 1, 3]},
        "Bo": {"fish": [0, 3], "water": [4, 1, 0]},
    }
    situation = decisions(Negotiation.additive(["Ana", "Bo"], issues, values), "Bo")
    assert situation.shape == (6, 1, 2)
    assert situation.recipients == ("Bo", "Ana")
    sums = {
        tuple(
            sum(values[p][i.name][k] for i, k in zip(issues, deal, strict=True))
            for p in ("Bo", "Ana")
        )
        for deal in itertools.product(range(2), range(3))
    }
    assert {tuple(pay) for pay in situation.payoffs[:, 0]} == sums
    assert len(set(situation.options)) == 6


def test_a_game_that_is_too_large_to_list():
    issues = [Issue(f"i{k}", tuple(map(str, range(10)))) for k in range(9)]
    values = {p: {i.name: list(range(10)) for i in issues} for p in ("Ana", "Bo")}
    with pytest.raises(SizeError, match="too large"):
        decisions(Negotiation.additive(["Ana", "Bo"], issues, values))
