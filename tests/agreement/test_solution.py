"""What constitutions pick, against known answers, grids and brute force."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import CHICKEN, chicken, random_game, random_negotiation
from comity.agreement import apply_solution, choose_notion
from comity.agreement.solution import BARGAINING
from comity.cases import Constitution
from comity.core.errors import InputError
from comity.games import Issue, Lottery, Negotiation, NormalForm

SELF = "self-enforcing"


@pytest.mark.parametrize(
    ("disagreement", "payoffs"),
    [("maximin", [1.75, 0.5]), ("favourite-equilibrium", [4 + 1 / 3, -9 / 13])],
)
def test_the_threat_decides(disagreement, payoffs):
    solution = apply_solution(chicken(), Constitution(disagreement=disagreement))
    assert np.allclose(solution.payoffs, payoffs)
    assert solution.gap.value <= 1e-9


def test_what_binds_in_a_dilemma_does_not_hold_by_itself():
    dilemma = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["A", "B"])
    bound = apply_solution(dilemma, Constitution())
    assert np.allclose(bound.payoffs, [3, 3])
    free = apply_solution(dilemma, Constitution(enforcement=SELF))
    assert free.status == "no gain"
    assert free.play is None


@pytest.mark.parametrize("notion", BARGAINING)
def test_self_enforcing_plays_of_chicken_are_correlated_equilibria(notion):
    solution = apply_solution(chicken(), Constitution(enforcement=SELF, solution=(notion,)))
    assert solution.concept == notion
    gains = [chicken().best_reply(i, solution.play).gain for i in (0, 1)]
    assert max(gains) < 1e-7
    assert np.all(solution.payoffs >= [-1.5 - 1e-9, -1 - 1e-9])


def test_self_enforcing_without_lotteries_is_a_pure_equilibrium():
    rules = Constitution(enforcement=SELF, lotteries=False, tie_break="first")
    solution = apply_solution(chicken(), rules)
    # gains from maximin (-1.5, -1): (6.5, 0) at (D, C) and (0, 3) at (C, D): both products are 0
    assert solution.play.outcomes[0] in {(1, 0), (0, 1)}
    pennies = NormalForm.from_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], ["A", "B"])
    nothing = apply_solution(pennies, rules)
    assert (nothing.status, nothing.play) == ("no gain", None)


@pytest.mark.parametrize("notion", ["best-equilibrium", "best-correlated-equilibrium"])
@pytest.mark.parametrize("objective", ["utilitarian", "egalitarian"])
def test_best_equilibria(notion, objective):
    rules = Constitution(solution=(notion,), objective=objective)
    solution = apply_solution(chicken(), rules)
    assert max(chicken().best_reply(i, solution.play).gain for i in (0, 1)) < 1e-7
    if objective == "utilitarian":
        assert np.isclose(solution.payoffs.sum(), 4)


@pytest.mark.parametrize("lotteries", [True, False])
@pytest.mark.parametrize("notion", BARGAINING)
def test_nobody_leaves_a_self_enforcing_deal(notion, lotteries, rng):
    game = random_negotiation(rng, (4, 4, 3), reservation=0.9)
    rules = Constitution(
        solution=(notion,), enforcement=SELF, lotteries=lotteries, disagreement="no-deal"
    )
    solution = apply_solution(game, rules)
    assert solution.concept == notion
    for outcome in solution.play.outcomes:
        assert np.all(game.payoffs(Lottery.pure(outcome)) >= 0.9 - 1e-8)
    assert max(game.best_reply(i, solution.play, signal="public").gain for i in (0, 1)) < 1e-8


def test_a_lottery_over_extremes_is_left_once_drawn():
    """All to one or all to the other: worth a lottery when bound, nothing when free to leave."""
    pie = Negotiation.additive(
        ["A", "B"],
        [Issue("pie", ("A", "B"))],
        {"A": {"pie": [1, 0]}, "B": {"pie": [0, 1]}},
        reservation=0.2,
    )
    rules = Constitution(disagreement="no-deal")
    assert np.allclose(apply_solution(pie, rules).payoffs, 0.5)
    free = apply_solution(pie, dataclasses.replace(rules, enforcement=SELF))
    assert free.status == "no gain"


def test_deals_that_none_leaves_by_brute_force(rng):
    game = random_negotiation(rng, (5, 5), reservation=0.6)
    rules = Constitution(enforcement=SELF, lotteries=False, disagreement="no-deal")
    points = game.payoff_points()
    staying = points[(points >= 0.6).all(axis=1)]
    expected = staying[np.argmax((staying - 0.6).prod(axis=1))]
    assert np.allclose(apply_solution(game, rules).payoffs, expected)


def test_a_domain_too_large_to_list_stays_self_enforcing(rng):
    game = random_negotiation(rng, (4,) * 12, reservation=6.0)
    rules = Constitution(enforcement=SELF, disagreement="no-deal")
    free = apply_solution(game, rules)
    bound = apply_solution(game, Constitution(disagreement="no-deal"))
    assert max(game.best_reply(i, free.play, signal="public").gain for i in (0, 1)) < 1e-7
    gains = [np.prod(s.payoffs - 6) for s in (free, bound)]
    assert gains[0] <= gains[1] + 1e-9


@pytest.mark.parametrize("notion", BARGAINING)
@pytest.mark.parametrize("enforcement", ["binding", SELF])
def test_three_players_keep_what_they_are_sure_of(notion, enforcement, rng):
    game = random_game(rng, (2, 2, 3))
    solution = apply_solution(game, Constitution(solution=(notion,), enforcement=enforcement))
    assert np.all(solution.payoffs >= solution.disagreement - 1e-7)


def test_permuting_the_players_permutes_the_payoffs(rng):
    game = random_game(rng, (3, 3))
    swapped = NormalForm.from_payoffs(game.table[::-1].transpose(0, 2, 1), ["A", "B"])
    for notion in BARGAINING:
        rules = Constitution(solution=(notion,))
        first, second = apply_solution(game, rules), apply_solution(swapped, rules)
        assert np.allclose(first.payoffs, second.payoffs[::-1], atol=1e-7)


def test_no_gain_is_an_answer():
    rules = Constitution(disagreement="point", disagreement_point={"A": 9, "B": 9})
    solution = apply_solution(chicken(), rules)
    assert (solution.status, solution.play) == ("no gain", None)


@pytest.mark.parametrize(
    ("acceptable", "expected"),
    [
        ({}, "nash"),
        ({"A": ("egalitarian",)}, "egalitarian"),
        ({"A": ("egalitarian", "nash"), "B": ("nash", "egalitarian")}, "nash"),
        ({"A": ("egalitarian",), "B": ("nash",)}, None),
        ({"A": ("utilitarian",)}, None),
    ],
)
def test_the_notion_is_chosen_together(acceptable, expected):
    rules = Constitution(solution=("nash", "egalitarian"), acceptable=acceptable)
    assert choose_notion(rules, ["A", "B"]) == expected


def test_without_a_common_notion_there_is_no_solution():
    rules = Constitution(solution=("nash",), acceptable={"A": ("egalitarian",)})
    with pytest.raises(InputError, match="no solution that all parties accept"):
        apply_solution(chicken(CHICKEN), rules)
