"""Settings made of games, against their payoffs read off one cell at a time."""

import numpy as np
import pytest

from comity.core import InputError
from comity.games import Negotiation, NormalForm
from comity.games.catalogue import divide_the_pie, prisoners_dilemma
from comity.inference.evidence import Situation
from comity.inference.shift.settings import (
    PerAction,
    PerOption,
    Setting,
    after_seeing,
    of_situations,
    offers,
    unseen,
)

# Payoffs that are all different, so that no transposition can hide; Ana has 2 actions, Bo 3.
ANA = [[1, 2, 3], [4, 5, 6]]
BO = [[10, 20, 30], [40, 50, 60]]
GAME = NormalForm.from_payoffs(
    [ANA, BO], ["Ana", "Bo"], [["top", "bottom"], ["left", "middle", "right"]]
)


@pytest.mark.parametrize(("decider", "seat"), [("Ana", 0), ("Bo", 1), (0, 0), (1, 1)])
def test_every_cell_of_a_game_stands_where_it_should(decider, seat):
    other = 1 - seat
    seen, together = after_seeing(GAME, decider), unseen(GAME, decider)
    assert seen.players == together.players == (GAME.players[seat], GAME.players[other])
    for a, action in enumerate(GAME.actions[seat]):
        for k, option in enumerate(GAME.actions[other]):
            profile = (a, k) if seat == 0 else (k, a)
            cell = [GAME.table[(seat, *profile)], GAME.table[(other, *profile)]]
            assert seen.actions[a] == action
            assert seen.options_after(a)[k] == option
            assert seen.payoffs[a, k].tolist() == together.payoffs[a, k].tolist() == cell
            # The people are the first recipient of their own situation.
            assert seen.situations[seen.faced[a]].payoffs[k, 0].tolist() == cell[::-1]
            assert together.situations[0].payoffs[k, a].tolist() == cell[::-1]
    assert together.faced.tolist() == [0] * len(GAME.actions[seat])


def test_what_people_expect_is_kept():
    together = unseen(GAME, "Ana", expected=[0.25, 0.75])
    assert together.situations[0].contingencies.tolist() == [0.25, 0.75]
    assert together.situations[0].menus == (("top", "bottom"),)


def test_offers_of_a_negotiation():
    pie = divide_the_pie(4)
    setting = offers(pie, "Ana")
    assert len(setting.actions) == 5
    assert setting.payoffs[1].tolist() == [[0.25, 0.75], [0, 0]]
    assert setting.situations[1].options == ("accept", "reject")
    assert setting.situations[1].payoffs[:, 0].tolist() == [[0.75, 0.25], [0, 0]]
    assert offers(pie, "Bo").payoffs[1].tolist() == [[0.75, 0.25], [0, 0]]


def test_offers_leave_what_is_reserved():
    pie = divide_the_pie(2)
    reserved = Negotiation.additive(
        ["Ana", "Bo"],
        pie.issues,
        {"Ana": {pie.issues[0].name: [0, 1, 2]}, "Bo": {pie.issues[0].name: [2, 1, 0]}},
        reservation=[0.5, 0.25],
    )
    assert offers(reserved).payoffs[0].tolist() == [[0, 2], [0.5, 0.25]]
    assert offers(reserved, 1).payoffs[0].tolist() == [[2, 0], [0.25, 0.5]]


def test_situations_of_ones_own_with_chance():
    chance = Situation(
        ("in", "out"), [[[4, 1], [0, 3]], [[2, 2], [2, 2]]], contingencies=[0.25, 0.75]
    )
    plain = Situation(("a", "b", "c"), [[1, 7], [2, 8], [3, 9]])
    setting = of_situations([chance, plain], actions=["risky", "safe"])
    assert setting.payoffs[0, :2].tolist() == [[2.5, 1.0], [2.0, 2.0]]
    assert setting.payoffs[1].tolist() == [[7, 1], [8, 2], [9, 3]]
    assert setting.players == ("other", "self")


def test_features_by_number_by_option_by_action_and_by_rule():
    dilemma = prisoners_dilemma()
    cooperate, defect = dilemma.actions[0]
    setting = after_seeing(
        dilemma,
        0,
        history={
            "continues": 1.0,
            "resists": PerOption({defect: 1.0}),
            "kind": PerAction({cooperate: 1.0, defect: PerOption({defect: -1.0}, default=2.0)}),
        },
        beliefs={"expected": lambda action, situation: situation.payoffs[:, 0, 1]},
    )
    first, second = setting.situations
    assert first.history["continues"].item() == 1
    assert first.history["resists"][:, 0].tolist() == [0, 1]
    assert first.history["kind"].item() == 1
    assert second.history["kind"][:, 0].tolist() == [2, -1]
    assert second.beliefs["expected"][:, 0].tolist() == second.payoffs[:, 0, 1].tolist()


def test_what_does_not_fit_is_refused_with_its_place():
    with pytest.raises(InputError, match=r"history\.resists.*no such option.*refuse.*left"):
        after_seeing(GAME, "Ana", history={"resists": PerOption({"refuse": 1.0})})
    with pytest.raises(InputError, match=r"beliefs\.kind.*no value for an action.*bottom"):
        after_seeing(GAME, "Ana", beliefs={"kind": PerAction({"top": 1.0})})
    with pytest.raises(InputError, match="an action that the people do not see"):
        unseen(GAME, "Ana", history={"kind": PerAction({"top": 1.0})})
    with pytest.raises(InputError, match=r"decider.*no such player.*Cy"):
        after_seeing(GAME, "Cy")
    with pytest.raises(InputError, match=r"decider.*found 2"):
        unseen(GAME, 2)
    three = NormalForm.from_payoffs(np.zeros((3, 2, 2, 2)))
    with pytest.raises(InputError, match="3 players"):
        unseen(three)
    with pytest.raises(InputError, match="expected 1 to 1"):
        of_situations([Situation(("a",), [[1, 2]])], decider=0)
    with pytest.raises(InputError, match="no situation"):
        of_situations([])


def test_a_setting_checks_its_parts():
    situation = Situation(("a", "b"), [[1, 2], [3, 4]])
    fine = {"actions": ("x", "y"), "situations": (situation,)}
    assert Setting(**fine, faced=np.array([0, 0]), payoffs=np.ones((2, 2, 2))).widest == 2
    for faced, payoffs, message in [
        (np.array([0]), np.ones((2, 2, 2)), "not one situation per action"),
        (np.array([0, 1]), np.ones((2, 2, 2)), "leads to no situation"),
        (np.array([0, -1]), np.ones((2, 2, 2)), "leads to no situation"),
        (np.array([0, 0]), np.ones((2, 3, 2)), "payoffs do not fit"),
        (np.array([0, 0]), np.full((2, 2, 2), np.nan), "payoffs do not fit"),
    ]:
        with pytest.raises(InputError, match=message):
            Setting(**fine, faced=faced, payoffs=payoffs)
