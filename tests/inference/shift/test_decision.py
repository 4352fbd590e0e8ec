"""Decisions under hypotheses: fractions, grids and separate linear programs as oracles."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from comity.core.errors import InputError
from comity.inference.shift.decision import Decision

RNG = np.random.default_rng(3)
UMBRELLA = Decision([[1, 1], [3, -2], [0, 0]], ["umbrella", "none", "stay"], ["dry", "wet"])


def random_decision(actions, hypotheses, seed):
    table = np.random.default_rng(seed).normal(size=(actions, hypotheses))
    names = [f"a{i}" for i in range(actions)], [f"h{i}" for i in range(hypotheses)]
    return Decision(table, *names)


def test_bayes_by_hand():
    found = UMBRELLA.bayes({"dry": 0.5, "wet": 0.5})
    assert (found.action, found.payoff, found.margin) == ("umbrella", 1, 0.5)
    assert UMBRELLA.bayes("dry").action == "none"
    tied = UMBRELLA.bayes([0.6, 0.4])
    assert tied.tied == ("umbrella", "none")
    assert tied.margin == pytest.approx(1)
    assert Decision([[1.0]], ["only"], ["h"]).bayes([1]).margin == np.inf


def exact_breaks(table):
    """Weights at which two lines cross above all others, in fractions."""
    low, high = ([Fraction(x) for x in column] for column in table.T)
    found = set()
    for i in range(len(low)):
        for j in range(i):
            bend = (high[i] - low[i]) - (high[j] - low[j])
            if bend == 0:
                continue
            t = (low[j] - low[i]) / bend
            level = low[i] + t * (high[i] - low[i])
            top = max(a + t * (b - a) for a, b in zip(low, high, strict=True))
            if 0 < t < 1 and level == top:
                found.add(t)
    return sorted(found)


@pytest.mark.parametrize("seed", range(8))
def test_breaks_are_those_of_exact_fractions(seed):
    table = np.random.default_rng(seed).integers(-20, 20, size=(7, 2)).astype(float)
    act = Decision(table, [f"a{i}" for i in range(7)], ["one", "two"])
    found = act.along("one", "two")
    np.testing.assert_allclose(found.breaks, [float(t) for t in exact_breaks(table)], atol=1e-14)
    assert len(found.actions) == len(found.breaks) + 1 == len(found.payoffs) - 1
    assert found.violation.value <= 1e-13


def test_actions_along_a_line_of_three_hypotheses_are_bayes_choices():
    act = random_decision(6, 3, 4)
    start, end = [0.7, 0.2, 0.1], {"h1": 0.1, "h2": 0.9}
    found = act.along(start, end)
    for t in np.linspace(0, 1, 301):
        mixed = (1 - t) * act.prior(start) + t * act.prior(end)
        best = act.bayes(mixed)
        assert found.action_at(float(t)) in best.tied or best.margin < 1e-9
    np.testing.assert_allclose(found.payoffs[0], act.bayes(start).payoff)
    np.testing.assert_allclose(found.payoffs[-1], act.bayes(end).payoff)
    assert "weight 0 to" in str(found)


def test_lines_that_meet_in_one_point_and_ties_at_the_ends():
    three = Decision([[2, 0], [1, 1], [0, 2]], ["x", "y", "z"], ["one", "two"])
    found = three.along("one", "two")
    assert found.actions == ("x", "z")
    np.testing.assert_allclose(found.breaks, [0.5])
    tie = Decision([[1, 0], [1, 1]], ["low", "high"], ["one", "two"]).along("one", "two")
    assert tie.actions == ("high",)
    assert Decision([[0, 1], [1, 1]], ["low", "high"], ["a", "b"]).along("a", "b").breaks.size == 0


def worst_case_program(table):
    """Largest guaranteed payoff by a program of its own."""
    actions, hypotheses = table.shape
    found = linprog(
        np.append(np.zeros(actions), -1),
        A_ub=np.column_stack([-table.T, np.ones(hypotheses)]),
        b_ub=np.zeros(hypotheses),
        A_eq=[np.append(np.ones(actions), 0)],
        b_eq=[1],
        bounds=[(0, 1)] * actions + [(None, None)],
    )
    return -found.fun


@pytest.mark.parametrize("shape", [(2, 2), (5, 3), (3, 6)])
def test_minimax_regret_and_maximin_by_another_program(shape):
    act = random_decision(*shape, seed=sum(shape))
    regret = act.robust("minimax regret")
    assert regret.value.kind == "exact"
    assert regret.value.value == pytest.approx(-worst_case_program(-act.regrets), abs=1e-9)
    assert (regret.chances @ act.regrets).max() == pytest.approx(regret.value.value, abs=1e-9)
    assert (act.regrets @ regret.prior).min() == pytest.approx(regret.value.value, abs=1e-9)
    assert regret.pure_value == act.regrets.max(axis=1).min() >= regret.value.value - 1e-12
    payoff = act.robust("maximin payoff")
    assert payoff.value.value == pytest.approx(worst_case_program(act.payoffs), abs=1e-9)
    assert payoff.pure_value == act.payoffs.min(axis=1).max() <= payoff.value.value + 1e-12


def test_regret_ignores_what_depends_on_the_hypothesis_alone_and_maximin_does_not():
    act = random_decision(4, 3, 8)
    moved = Decision(act.payoffs + np.array([0, 5, -2]), act.actions, act.hypotheses)
    first, second = act.robust(), moved.robust()
    assert first.value.value == pytest.approx(second.value.value, abs=1e-9)
    np.testing.assert_allclose(first.chances, second.chances, atol=1e-7)
    worst = [d.robust("maximin payoff").value.value for d in (act, moved)]
    assert worst[0] != pytest.approx(worst[1], abs=1e-3)


def test_value_of_perfect_information_by_cases():
    prior = np.array([0.25, 0.75])
    knowing = 0.25 * 3 + 0.75 * 1
    assert UMBRELLA.perfect_information(prior).value == pytest.approx(knowing - 1)
    assert UMBRELLA.perfect_information("dry").value == 0
    act = random_decision(5, 4, 1)
    prior = RNG.dirichlet(np.ones(4))
    least = (act.regrets @ prior).min()
    assert act.perfect_information(prior).value == pytest.approx(least)


def test_cost_of_a_wrong_belief():
    act = random_decision(6, 3, 12)
    for _ in range(20):
        belief, truth = RNG.dirichlet(np.ones(3), size=2)
        chosen = int(np.argmax(act.payoffs @ belief))
        cost = (act.payoffs @ truth).max() - act.payoffs[chosen] @ truth
        assert act.misspecified(belief, truth).value == pytest.approx(cost)
    assert act.misspecified(belief, belief).value == 0
    tied = UMBRELLA.misspecified([0.6, 0.4], "wet")
    assert (tied.value, tied.kind) == (3, "upper_bound")


@pytest.mark.parametrize(
    "prior", ["rain", {"rain": 1.0}, [0.5, 0.6], [1.5, -0.5], [1.0], [np.nan, 1]]
)
def test_what_is_no_prior_is_refused(prior):
    with pytest.raises(InputError):
        UMBRELLA.bayes(prior)


def test_wrong_tables_are_refused():
    with pytest.raises(InputError, match="shape"):
        Decision([[1, 2]], ["a", "b"], ["h", "k"])
    with pytest.raises(InputError, match="finite"):
        Decision([[np.inf]], ["a"], ["h"])
    with pytest.raises(InputError, match="twice"):
        Decision([[1, 2]], ["a"], ["h", "h"])
    with pytest.raises(InputError, match="criterion"):
        UMBRELLA.robust("best")
    with pytest.raises(InputError, match="weight"):
        UMBRELLA.along("dry", "wet").action_at(1.2)


def test_plain_data():
    assert UMBRELLA.to_dict()["hypotheses"] == ["dry", "wet"]
    assert UMBRELLA.robust().to_dict()["criterion"] == "minimax regret"
