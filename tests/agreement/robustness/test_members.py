"""The joint set: every combination once, weights that multiply, guesses that follow words."""

import itertools

import numpy as np
import pytest

from agreement.set_situations import ultimatum, with_views
from agreement_situations import case_of, full_game, random_negotiation
from comity.agreement.robustness.members import has_alternatives, joint_members
from comity.core.errors import SizeError


def values(model, block):
    return model.blocks()[block].values


def sets(rng):
    """A Case of two parties: one guesses right what the other values, one does not."""
    central = full_game(rng)
    wrong = central.replace("tastes[A]", values(central, "tastes[A]") + 1)
    case = case_of([central, wrong])
    views = {
        "A": [(central.replace("facts", values(central, "facts") * 2), 0.5)],
        "B": [
            (wrong.replace("tastes[B]", values(wrong, "tastes[B]") * k), 0.1 * k) for k in (2, 3)
        ],
    }
    return with_views(case, **views)


def test_every_combination_stands_once_and_the_central_one_first(rng):
    case = sets(rng)
    members = joint_members(case)
    views = [tuple(member.views.values()) for member in members]
    names = [list(party.views) for party in case.parties]
    assert views == list(itertools.product(*names))
    assert members[0].name == "central"
    assert members[0].models == case.models
    assert [m.name for m in members[1:3]] == ["B: view 0", "B: view 1"]
    assert members[-1].name == "A: view 0; B: view 1"


def test_weights_multiply(rng):
    weights = [member.weight for member in joint_members(sets(rng))]
    a, b = np.array([0.5, 0.5]), np.array([0.5, 0.2, 0.3])
    assert weights == pytest.approx(np.outer(a, b).ravel())
    assert joint_members(ultimatum(0.3))[1].weight is None


def test_a_guess_that_is_the_others_word_follows_it(rng):
    """A guesses right what B values; B's guess of A is wrong, and stays."""
    case = sets(rng)
    wrong = values(case.models["B"], "tastes[A]")
    for member in joint_members(case):
        word = values(case.parties[1].views[member.views["B"]], "tastes[B]")
        np.testing.assert_array_equal(values(member.models["A"], "tastes[B]"), word)
        np.testing.assert_array_equal(values(member.models["B"], "tastes[B]"), word)
        np.testing.assert_array_equal(values(member.models["B"], "tastes[A]"), wrong)


def test_facts_of_one_say_nothing_about_those_of_another(rng):
    case = sets(rng)
    for member in joint_members(case):
        for name, other in (("A", case.parties[0]), ("B", case.parties[1])):
            stated = values(other.views[member.views[name]], "facts")
            np.testing.assert_array_equal(values(member.models[name], "facts"), stated)


def test_what_nobody_changes_is_the_same_object(rng):
    """So a set of one is today's Case, to the last bit."""
    case = case_of([full_game(rng)] * 2)
    (only,) = joint_members(case)
    assert all(only.models[name] is case.models[name] for name in case.names)
    assert only.weight == 1
    assert not has_alternatives(case)
    assert has_alternatives(sets(rng))


def test_too_many_are_refused(rng):
    game = random_negotiation(rng)
    others = [game.replace("tastes[A]", values(game, "tastes[A]") + k) for k in range(1, 17)]
    case = with_views(case_of([game, game]), A=others, B=others)
    with pytest.raises(SizeError, match=r"found 289; expected at most 256"):
        joint_members(case)
