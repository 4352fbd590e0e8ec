"""Negotiations against plain loops over deals."""

from itertools import product

import numpy as np
import pytest

from comity.core.errors import InputError, SizeError
from comity.games import Constraint, Issue, Lottery, MixedProfile, Negotiation
from comity.games.integer_plan import integer_plan

from .conftest import full_negotiation

ISSUES = (Issue.integers("water", 0, 2), Issue("rent", ("low", "high")))
VALUES = {
    "Ana": {"water": [0, 5, 10], "rent": [3, 0]},
    "Bo": {"water": [4, 2, 0], "rent": [0, 1]},
}


def camp(**options) -> Negotiation:
    return Negotiation.additive(["Ana", "Bo"], ISSUES, VALUES, **options)


def deals_by_loops(negotiation) -> list:
    """Every deal that keeps all constraints, in C order."""
    kept = []
    for deal in product(*map(range, negotiation.shape)):
        cells = [int(f) + o for f, o in zip(negotiation.offsets, deal, strict=True)]
        sums = [sum(c.coefficients[k] for k in cells) for c in negotiation.constraints]
        if all(s <= c.limit for s, c in zip(sums, negotiation.constraints, strict=True)):
            kept.append(deal)
    return kept


def worth_by_loops(negotiation, row, deal) -> float:
    first = negotiation.offsets
    return sum(negotiation.values[row][first[j] + o] for j, o in enumerate(deal))


@pytest.mark.parametrize("constrained", [False, True])
def test_points_outcomes_and_payoffs(constrained, rng):
    negotiation = full_negotiation(rng, constrained)
    deals = deals_by_loops(negotiation)
    points = negotiation.payoff_points()
    assert [negotiation.outcome(k) for k in range(len(points))] == deals
    for point, deal in zip(points, deals, strict=True):
        expected = [worth_by_loops(negotiation, row, deal) for row in range(3)]
        np.testing.assert_allclose(point, expected[:2])
        np.testing.assert_allclose(negotiation.payoffs(Lottery.pure(deal)), expected[:2])
        np.testing.assert_allclose(negotiation.effects(Lottery.pure(deal)), expected[2:])


def test_points_of_a_player_are_contiguous(negotiation):
    points = negotiation.payoff_points()
    assert all(points[:, i].flags.c_contiguous for i in range(2))


def test_lotteries_are_averaged(rng):
    play = Lottery(((0, 0), (2, 1)), [0.25, 0.75])
    assert camp().payoffs(play).tolist() == [0.25 * 3 + 0.75 * 10, 0.25 * 4 + 0.75 * 1]


@pytest.mark.parametrize("seed", range(5))
def test_best_plan_by_enumeration_and_by_integer_program(seed):
    rng = np.random.default_rng(seed)
    negotiation, weights = full_negotiation(rng), rng.normal(size=2)
    values = negotiation.payoff_points() @ weights
    plan = negotiation.best_plan(weights)
    assert plan.value == plan.upper_bound == pytest.approx(values.max())
    assert plan.outcome in deals_by_loops(negotiation)
    worth = weights @ negotiation.values[:2]
    outcome, bound = integer_plan(worth, negotiation.shape, negotiation.constraints)
    assert negotiation.payoffs(Lottery.pure(outcome)) @ weights == pytest.approx(plan.value)
    assert bound == pytest.approx(plan.value, abs=1e-6)


def huge(**options) -> Negotiation:
    rng = np.random.default_rng(4)
    issues = [Issue.integers(f"issue {j}", 0, 9) for j in range(20)]
    values = {p: {i.name: rng.normal(size=10) for i in issues} for p in ("Ana", "Bo")}
    return Negotiation.additive(["Ana", "Bo"], issues, values, **options)


def test_ten_to_the_twenty_outcomes():
    negotiation = huge()
    assert negotiation.size == 10**20
    plan = negotiation.best_plan([1, 2])
    by_issue = ([1, 2] @ negotiation.values).reshape(20, 10)
    assert plan.outcome == tuple(by_issue.argmax(axis=1))
    assert plan.value == plan.upper_bound == pytest.approx(by_issue.max(axis=1).sum())
    assert negotiation.outcome(10**20 - 1) == (9,) * 20
    assert negotiation.outcome(12345) == (0,) * 15 + (1, 2, 3, 4, 5)
    for listing in (negotiation.payoff_points, lambda: negotiation.feasible_indices):
        with pytest.raises(SizeError, match="100,000,000,000,000,000,000 cells"):
            listing()


def test_constraints_on_ten_to_the_twenty_outcomes():
    cost = np.tile(np.arange(10.0), 20)
    negotiation = huge(constraints=[Constraint(cost, 30, "budget")])
    plan = negotiation.best_plan([1, 2])
    assert sum(plan.outcome) <= 30
    assert 0 <= plan.gap < 1e-6
    worth = ([1, 2] @ negotiation.values).reshape(20, 10)
    best = np.full(31, -np.inf)
    best[0] = 0.0
    for row in worth:  # knapsack by dynamic programming over the budget
        best = np.array(
            [max(best[b - k] + row[k] for k in range(min(b, 9) + 1)) for b in range(31)]
        )
    assert plan.value == pytest.approx(best.max())


def test_table_form_gives_the_same_as_the_sum(rng):
    additive = camp(reservation=1.0)
    utilities = additive.payoff_points().T.reshape(2, 3, 2)
    table = Negotiation.tabulated(["Ana", "Bo"], ISSUES, utilities, reservation=1.0)
    np.testing.assert_array_equal(table.payoff_points(), additive.payoff_points())
    for weights in rng.normal(size=(5, 2)):
        assert table.best_plan(weights).value == pytest.approx(additive.best_plan(weights).value)
    assert table.frame()["form"] == "table"


def test_table_form_keeps_constraints():
    limits = [Constraint([0, 0, 1, 0, 1], 1)]
    table = Negotiation.tabulated(
        ["Ana"], ISSUES, np.arange(6.0).reshape(1, 3, 2), constraints=limits
    )
    assert table.payoff_points()[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert table.best_plan([1]).outcome == (2, 0)


def test_weighted_is_weight_times_evaluation():
    weights = {"Ana": {"water": 0.7, "rent": 0.3}, "Bo": {"water": 0.4, "rent": 0.6}}
    negotiation = Negotiation.weighted(["Ana", "Bo"], ISSUES, weights, VALUES, reservation=[1, 2])
    assert negotiation.payoffs(Lottery.pure((2, 0))) == pytest.approx([0.7 * 10 + 0.3 * 3, 0])
    assert negotiation.reservation.tolist() == [1, 2]


@pytest.mark.parametrize("signal", ["private", "public", "none"])
def test_best_reply_is_to_leave(signal, rng):
    negotiation = full_negotiation(rng)
    deals = deals_by_loops(negotiation)
    for _ in range(20):
        play = Lottery(tuple(deals), rng.dirichlet(np.full(len(deals), 0.3)))
        for i in range(2):
            short = [
                p * (negotiation.reservation[i] - worth_by_loops(negotiation, i, deal))
                for deal, p in zip(deals, play.probabilities, strict=True)
            ]
            expected = max(0, sum(short)) if signal == "none" else sum(max(0, s) for s in short)
            reply = negotiation.best_reply(i, play, signal)
            assert reply.gain == pytest.approx(expected, abs=1e-12)
            assert (reply.description == "none") == (reply.gain == 0)


def test_words_of_a_reply():
    negotiation = camp(reservation=[5, 0])
    play = Lottery.uniform([(0, 0), (2, 0)])
    assert (
        negotiation.best_reply(0, play).description == "leave when the deal is water: 0, rent: low"
    )
    assert negotiation.best_reply(0, play, "none").description == "none"
    alone = Lottery.pure((0, 0))
    assert negotiation.best_reply(0, alone, "none").description == "leave before the draw"


def test_delay_shrinks_deals_and_no_deal_alike():
    negotiation = camp(reservation=[2, 1], discount=[0.5, 1])
    later = negotiation.delayed(2)
    np.testing.assert_allclose(later.payoff_points(), negotiation.payoff_points() * [0.25, 1])
    assert later.reservation.tolist() == [0.5, 1]
    np.testing.assert_allclose(negotiation.delayed(0).values, negotiation.values)


def test_reservation_is_part_of_the_tastes():
    negotiation = camp(reservation=[2, 1])
    flat = negotiation.blocks()["tastes[Bo]"].values
    assert flat.tolist() == [4, 2, 0, 0, 1, 1]
    changed = negotiation.replace("tastes[Bo]", [0, 0, 0, 0, 0, 7])
    assert changed.reservation.tolist() == [2, 7]
    assert negotiation.reservation.tolist() == [2, 1]


IMPOSSIBLE = [Constraint([1, 1, 1, 0, 0], 0.5)]
APART = [Constraint([0, 1, 1, 0, 0], 0), Constraint([0, -1, -1, 0, 0], -1)]
BAD = [
    (lambda: Negotiation.additive(["Ana"], [], {"Ana": {}}), "nothing to settle"),
    (lambda: camp(constraints=IMPOSSIBLE), r"constraints\[0\]: no deal keeps the constraint"),
    (lambda: camp(constraints=APART).payoff_points(), "no deal keeps all constraints"),
    (lambda: camp(constraints=APART).best_plan([1, 1]), "no deal keeps all constraints"),
    (lambda: camp(constraints=[Constraint([1], 0)]), r"constraints\[0\]: shape does not fit"),
    (lambda: camp(discount=0), "discount is out of range"),
    (lambda: camp(discount=1.5), "discount is out of range"),
    (lambda: camp(reservation=[1, 2, 3]), "reservation: shape does not fit"),
    (lambda: camp(reservation=np.nan), r"reservation\[0\]: not finite"),
    (lambda: Negotiation.additive(["Ana"], ISSUES, VALUES), "unknown party.*'Bo'"),
    (lambda: Negotiation.additive(["Ana", "Bo", "Cy"], ISSUES, VALUES), "party is missing.*'Cy'"),
    (lambda: Negotiation.additive(["Ana", "Bo"], ISSUES[:1], VALUES), "unknown issue.*'rent'"),
    (
        lambda: Negotiation.additive(["Ana"], ISSUES, {"Ana": {"water": [1, 2, 3]}}),
        r"values\.Ana: issue is missing.*'rent'",
    ),
    (
        lambda: Negotiation.additive(["Ana"], ISSUES[:1], {"Ana": {"water": [1, 2]}}),
        r"values\.Ana\.water: shape does not fit",
    ),
    (
        lambda: Negotiation.weighted(
            ["Ana"], ISSUES[:1], {"Ana": {}}, {"Ana": {"water": [1, 2, 3]}}
        ),
        r"weights\.Ana: issue is missing",
    ),
    (
        lambda: Negotiation.weighted(["Ana"], ISSUES, {"Ana": {}}, {}),
        "evaluations: party is missing",
    ),
    (lambda: Negotiation.tabulated(["Ana"], ISSUES, np.zeros((1, 3, 3))), "utilities: shape"),
    (lambda: camp().payoffs(Lottery.pure((3, 0))), "not a deal of this game"),
    (lambda: camp().payoffs(Lottery.pure((0,))), "not a deal of this game"),
    (lambda: camp().payoffs(MixedProfile(([1],))), "settled by a lottery over deals"),
    (lambda: camp().outcome(6), "no such outcome"),
    (
        lambda: camp(constraints=[Constraint([0, 0, 1, 0, 0], 0)]).payoffs(Lottery.pure((2, 0))),
        "the deal breaks a constraint.*water: 2",
    ),
]


@pytest.mark.parametrize(("make", "words"), BAD)
def test_bad_input(make, words):
    with pytest.raises(InputError, match=words):
        make()


def test_a_table_of_ten_to_the_nine_is_refused_before_it_is_made():
    issues = [Issue.integers(f"i{j}", 0, 999) for j in range(3)]
    with pytest.raises(SizeError, match="1,000,000,000 cells"):
        Negotiation.tabulated(["Ana"], issues, np.zeros((1, 1)))
