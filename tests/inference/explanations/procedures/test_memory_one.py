"""Memory one: chances by what both did, and the automata that are its corners."""

import numpy as np
import pytest

from comity.inference.explanations.catalogue import explain
from explaining import DILEMMA, rounds

RNG = np.random.default_rng(3)
PLAY = rounds(DILEMMA, RNG.integers(0, 2, 30), RNG.integers(0, 2, 30))
MEMORY_ONE, SEMI_GRIM = explain("own-payoff", "memory-one"), explain("own-payoff", "semi-grim")
CHANCES = {"after_cc": 0.9, "after_cd": 0.35, "after_dc": 0.4, "after_dd": 0.15}


def test_chances():
    found = MEMORY_ONE.predict({"first": 0.6, **CHANCES}, PLAY)
    pairs = zip(PLAY.choice[:-1], PLAY.others[:-1], strict=True)
    expected = [0.6] + [CHANCES["after_" + "cd"[a] + "cd"[b]] for a, b in pairs]
    np.testing.assert_allclose(found[:, 0], expected, rtol=1e-12)


def test_semi_grim_is_memory_one_with_equal_middles():
    alike = SEMI_GRIM.predict(
        {"first": 0.6, "after_cc": 0.9, "after_one": 0.3, "after_dd": 0.1}, PLAY
    )
    values = {"first": 0.6, "after_cc": 0.9, "after_cd": 0.3, "after_dc": 0.3, "after_dd": 0.1}
    np.testing.assert_array_equal(alike, MEMORY_ONE.predict(values, PLAY))


@pytest.mark.parametrize(
    ("plan", "cooperates"), [("tft", (1, 1, 0, 1, 0)), ("wsls", (1, 1, 0, 0, 1))]
)
def test_automata_are_corners(plan, cooperates):
    names = ("first", "after_cc", "after_cd", "after_dc", "after_dd")
    values = {n: 0.95 if c else 0.05 for n, c in zip(names, cooperates, strict=True)}
    expected = explain("own-payoff", f"automaton {plan}").predict({"error": 0.05}, PLAY)
    np.testing.assert_allclose(MEMORY_ONE.predict(values, PLAY), expected, rtol=1e-12)
