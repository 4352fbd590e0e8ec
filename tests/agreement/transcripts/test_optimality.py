"""True solutions pass; every worse, unfair, impossible or misreported play is found."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import chicken, random_game, random_negotiation
from comity.agreement import apply_solution
from comity.agreement.solution import BARGAINING, EQUILIBRIA
from comity.agreement.transcripts.optimality import play_faults
from comity.cases import Constitution
from comity.core.errors import InputError
from comity.games import Constraint, Lottery, NormalForm

SETTINGS = [
    (notion, enforcement, lotteries)
    for notion in (*BARGAINING, *EQUILIBRIA)
    for enforcement in ("binding", "self-enforcing")
    for lotteries in (True, False)
]


def solved(game, notion="nash", **rules):
    constitution = Constitution(solution=(notion,), **rules)
    return constitution, apply_solution(game, constitution)


@pytest.mark.parametrize(("notion", "enforcement", "lotteries"), SETTINGS)
def test_true_solutions_pass(notion, enforcement, lotteries, rng):
    for game in (chicken(), random_negotiation(rng, (3, 3), reservation=0.4)):
        point = "maximin" if isinstance(game, NormalForm) else "no-deal"
        rules, solution = solved(
            game, notion, enforcement=enforcement, lotteries=lotteries, disagreement=point
        )
        assert play_faults(game, rules, notion, solution) == []


def test_true_solutions_of_three_players_pass(rng):
    game = random_game(rng, (2, 3, 2))
    for notion in BARGAINING:
        rules, solution = solved(game, notion)
        assert play_faults(game, rules, notion, solution) == []


def claim(game, solution, play):
    """The solution with another play, whose payoffs and objective are stated as they are."""
    return dataclasses.replace(solution, play=play, payoffs=game.payoffs(play))


@pytest.mark.parametrize("notion", BARGAINING)
def test_a_slightly_worse_play_is_found(notion):
    game = chicken()
    rules, solution = solved(game, notion)
    shares = np.append(solution.play.probabilities * (1 - 1e-5), 1e-5)
    worse = Lottery((*solution.play.outcomes, (1, 1)), shares)
    faults = play_faults(game, rules, notion, claim(game, solution, worse))
    assert any("possible" in fault or "should be" in fault for fault in faults)


def test_moving_along_the_frontier_is_found():
    game = chicken()
    rules, solution = solved(game)
    moved = Lottery(((1, 0), (0, 1)), np.array([0.5002, 0.4998]))
    faults = play_faults(game, rules, "nash", claim(game, solution, moved))
    assert any("is possible by the solution" in fault for fault in faults)
    assert any("is possible by the recorded welfare weights" in fault for fault in faults)


def test_a_larger_sum_at_anothers_cost_is_found(rng):
    table = np.zeros((2, 1, 3))
    table[:, 0, :] = [[0, 1, 9], [0, 1, -3]]
    game = NormalForm.from_payoffs(table, ["A", "B"])
    point = {"disagreement": "point", "disagreement_point": {"A": 0, "B": 0}}
    rules, solution = solved(game, "utilitarian", **point)
    unfair = claim(game, solution, Lottery.pure((0, 2)))
    faults = play_faults(game, rules, "utilitarian", unfair)
    assert any("below the disagreement point" in fault for fault in faults)


def test_a_play_that_does_not_hold_is_found():
    dilemma = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["A", "B"])
    rules, solution = solved(dilemma, "best-equilibrium")
    faults = play_faults(
        dilemma, rules, "best-equilibrium", claim(dilemma, solution, Lottery.pure((0, 0)))
    )
    assert any("A gains 2 by breaking it" in fault for fault in faults)


def test_a_forbidden_deal_is_found(rng):
    game = random_negotiation(rng, (2, 2))
    limit = Constraint(np.array([0.0, 1.0, 0.0, 1.0]), 1.0, "not both")
    limited = dataclasses.replace(game, constraints=(limit,))
    rules, solution = solved(limited, disagreement="no-deal")
    false = dataclasses.replace(solution, play=Lottery.pure((1, 1)))
    with pytest.raises(InputError, match="breaks a constraint"):
        play_faults(limited, rules, "nash", false)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"objective": 4.1}, "the objective is"),
        ({"payoffs": np.array([1.75, 0.6])}, "the payoffs is"),
        ({"disagreement": np.array([-1.5, -1.1])}, "the disagreement point is"),
        ({"status": "bound"}, "the status is"),
        ({"play": None, "status": "no gain"}, "the status is"),
    ],
)
def test_false_statements_are_found(change, words):
    rules, solution = solved(chicken())
    false = dataclasses.replace(solution, **change)
    assert any(words in fault for fault in play_faults(chicken(), rules, "nash", false))
