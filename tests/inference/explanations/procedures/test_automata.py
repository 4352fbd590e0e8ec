"""Automata against the rules that describe them, written as functions of the whole history."""

import numpy as np
import pytest

from comity.inference.explanations.catalogue import AUTOMATA, explain
from explaining import DILEMMA, rounds

RNG = np.random.default_rng(8)
OWN, OTHER = (RNG.random((2, 40)) < 0.3).astype(int)
ERROR = 0.1


def ends(history, run):
    """Whether the last ``run`` rounds are all defections; false before there are as many."""
    return len(history) >= run and all(move == 1 for move in history[-run:])


def ever(history, run):
    """Whether ``run`` defections in a row ever happened."""
    return any(ends(history[: t + 1], run) for t in range(len(history)))


def anybody(own, other):
    return [max(pair) for pair in zip(own, other, strict=True)]


def t2(own, other):
    """Punish twice from each trigger on; defections while punishing trigger nothing."""
    punishing = 0
    for a, b in zip(own, other, strict=True):
        if punishing:
            punishing -= 1
        elif a or b:
            punishing = 2
    return punishing > 0


# Whether a plan defects after a history: own and other moves, 1 for a defection.
DEFECTS = {
    "all-c": lambda own, other: False,
    "all-d": lambda own, other: True,
    "tft": lambda own, other: ends(other, 1),
    "suspicious-tft": lambda own, other: not other or other[-1] == 1,
    "grim": lambda own, other: ever(anybody(own, other), 1),
    "grim2": lambda own, other: ever(anybody(own, other), 2),
    "grim3": lambda own, other: ever(anybody(own, other), 3),
    "wsls": lambda own, other: bool(own) and own[-1] != other[-1],
    "t2": t2,
    "tf2t": lambda own, other: ends(other, 2),
    "tf3t": lambda own, other: ends(other, 3),
    "2tft": lambda own, other: any(other[-2:]),
    "2tf2t": lambda own, other: ends(other, 2) or ends(other[-3:-1], 2),
    "false-cooperator": lambda own, other: bool(own),
    "alternator": lambda own, other: len(own) % 2 == 0,
}


def test_every_automaton_has_its_rule():
    assert set(DEFECTS) == set(AUTOMATA)


@pytest.mark.parametrize("name", AUTOMATA)
def test_plan(name):
    found = explain("own-payoff", f"automaton {name}").predict(
        {"error": ERROR}, rounds(DILEMMA, OWN, OTHER)
    )
    own, other = OWN.tolist(), OTHER.tolist()
    defects = [DEFECTS[name](own[:t], other[:t]) for t in range(len(own))]
    expected = np.where(defects, 1 - ERROR, ERROR)
    np.testing.assert_allclose(found[:, 1], expected, rtol=1e-12)


def test_the_history_tells_all_plans_apart():
    own, other = OWN.tolist(), OTHER.tolist()
    plans = {
        tuple(bool(rule(own[:t], other[:t])) for t in range(len(own))) for rule in DEFECTS.values()
    }
    assert len(plans) == len(DEFECTS)


def test_the_motive_makes_no_difference():
    assert explain("own-payoff", "automaton tft").name == "automaton tft"
    assert [p.name for p in explain("fehr-schmidt", "automaton tft").parameters] == ["error"]
