"""Synthetic people choose with the probabilities stated, also where they look back."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.catalogue import explain
from comity.inference.explanations.simulate import simulate
from explaining import DILEMMA

PEOPLE = 3000


def crowd(situations, decisions, others=None):
    """Many people with the same decisions, in one sequence each."""
    count = PEOPLE * decisions
    person = np.repeat(np.arange(PEOPLE), decisions)
    return Evidence(
        tuple(situations),
        tuple(map(str, range(PEOPLE))),
        person,
        np.tile(np.arange(decisions) % len(situations), PEOPLE),
        np.zeros(count, int),
        sequence=person,
        order=np.arange(count),
        others=np.full(count, -1) if others is None else np.tile(others, PEOPLE),
    )


def test_frequencies_are_probabilities():
    pies = [Situation("ab", [[8, 2], [5, 5]]), Situation("abc", [[8, 2], [0, 0], [3, 7]])]
    evidence, explanation = crowd(pies, 2), explain("own-payoff", "logit")
    drawn = simulate(explanation, {"sensitivity": 0.2}, evidence, rng=1)
    expected = explanation.predict({"sensitivity": 0.2}, evidence)[:2]
    shares = drawn.choice_counts() / PEOPLE
    np.testing.assert_allclose(shares, expected, atol=4 * 0.5 / np.sqrt(PEOPLE))
    assert drawn.choice.max() == 2
    np.testing.assert_array_equal(drawn.situation, evidence.situation)


def test_values_by_person():
    evidence = crowd([Situation("ab", [[1, 0], [0, 0]])], 1)
    steep = np.where(np.arange(PEOPLE) % 2, 50.0, 0.0)
    drawn = simulate(explain("own-payoff", "logit"), {"sensitivity": steep}, evidence, rng=2)
    assert (drawn.choice[1::2] == 0).all()
    assert drawn.choice[::2].mean() == pytest.approx(0.5, abs=0.06)


def test_those_who_look_back_see_what_they_did_themselves():
    # Win stay, lose shift against one who cooperates, defects, cooperates: 0.1 err each time, and
    # go on from what they did.
    evidence = crowd([DILEMMA], 4, others=[0, 1, 0, 0])
    drawn = simulate(explain("own-payoff", "automaton wsls"), {"error": 0.1}, evidence, rng=3)
    moves = drawn.choice.reshape(PEOPLE, 4)
    others = np.array([0, 1, 0, 0])
    cooperates = np.ones((PEOPLE, 4), bool)
    cooperates[:, 1:] = moves[:, :-1] == others[:-1]
    erred = moves != np.where(cooperates, 0, 1)
    np.testing.assert_allclose(erred.mean(axis=0), np.full(4, 0.1), atol=4 * 0.3 / np.sqrt(PEOPLE))
    assert len(np.unique(moves, axis=0)) >= 12


def test_the_same_seed_gives_the_same_people():
    evidence = crowd([DILEMMA], 4, others=[0, 1, 0, 0])
    wsls = explain("own-payoff", "automaton wsls")
    first, second, other = (
        simulate(wsls, {"error": 0.1}, evidence, rng=seed).choice for seed in (5, 5, 6)
    )
    np.testing.assert_array_equal(first, second)
    assert (first != other).any()


def test_situations_are_checked():
    with pytest.raises(InputError, match="that state resists"):
        simulate(
            explain("commitment", "logit"),
            {"threshold": 1.0, "sensitivity": 1.0},
            crowd([DILEMMA], 1),
        )
