"""Guaranteed regret, against closed forms and against a search over thresholds."""

import numpy as np
import pytest

from comity.inference.design import worst_case as module
from comity.inference.design.worst_case import worst_case_regret
from comity.inference.shift.decision import Decision


def ultimatum(threshold):
    """Regrets of taking all and of offering the threshold, against committed and builder."""
    return [[0.0, 1.0], [1 - threshold, 1 - threshold]]


@pytest.mark.parametrize("threshold", [0.1, 0.3, 0.5])
def test_without_an_answer_the_oracle(threshold):
    found = worst_case_regret([[0.5, 0.5], [0.5, 0.5]], ultimatum(threshold))
    expected = threshold * (1 - threshold)
    assert found.before.value == pytest.approx(expected)
    assert found.after.value == pytest.approx(expected)
    # Greedy with the chance of the threshold; hardest where both actions are as good.
    assert found.rule[0] == pytest.approx([threshold, threshold])
    assert found.hardest == pytest.approx([threshold, 1 - threshold])


def test_a_question_that_settles_it_leaves_no_regret():
    found = worst_case_regret(np.eye(2), ultimatum(0.3))
    assert found.before.value == pytest.approx(0.21)
    assert found.after.value == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("people", [1, 2, 5])
def test_two_hypotheses_against_a_search(people):
    """Rules that are best for two hypotheses act by the count, mixing at one count at most."""
    table = np.array([[0.8, 0.2], [0.3, 0.7]])
    found = worst_case_regret(table, ultimatum(0.3), people)
    chances = np.exp([[_log_binomial(people, k, p[0]) for k in range(people + 1)] for p in table])
    best = 1.0
    for cut in range(people + 1):
        for mix in np.linspace(0, 1, 2001):
            # Share where many said what the committed say.
            share = np.where(np.arange(people + 1) > cut, 1.0, 0.0)
            share[cut] = mix
            committed = 0.7 * (1 - chances[0] @ share)
            builder = 0.3 * (chances[1] @ share)
            best = min(best, max(committed, builder))
    assert found.after.value == pytest.approx(best, abs=3e-4)
    assert found.after.value <= best + 1e-12


def _log_binomial(n, k, p):
    from math import comb, log

    return log(comb(n, k)) + k * log(p) + (n - k) * log(1 - p)


def test_more_answers_never_guarantee_less():
    table = [[0.6, 0.3, 0.1], [0.3, 0.3, 0.4], [0.2, 0.5, 0.3]]
    payoffs = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0.4]]
    found = [worst_case_regret(table, payoffs, n) for n in (1, 3, 6)]
    values = [f.before.value for f in found[:1]] + [f.after.value for f in found]
    assert values == sorted(values, reverse=True)
    assert values[-1] < values[0] - 0.1
    # The rule's regrets computed anew from its chances.
    last = found[-1]
    regret = np.max(payoffs, axis=0) - np.array(payoffs)
    from scipy.stats import multinomial

    chance = np.array([multinomial.pmf(last.counts, 6, row) for row in table])
    risks = np.einsum("ah,hy,ay->h", regret, chance, last.rule)
    assert max(risks) == pytest.approx(last.after.value)
    assert last.rule.sum(axis=0) == pytest.approx(np.ones(28))


def test_draws_are_averaged_within_a_member():
    drawn = worst_case_regret([[[0.9, 0.1], [0.7, 0.3]], [0.3, 0.7]], ultimatum(0.3))
    mean = worst_case_regret([[0.8, 0.2], [0.3, 0.7]], ultimatum(0.3))
    assert drawn.after.value == pytest.approx(mean.after.value)
    assert drawn.rule == pytest.approx(mean.rule)


def test_without_an_answer_as_the_decision_itself_says():
    payoffs = np.random.default_rng(1).normal(size=(4, 3))
    found = worst_case_regret(np.full((3, 2), 0.5), payoffs)
    robust = Decision(payoffs, tuple("abcd"), tuple("xyz")).robust("minimax regret")
    assert found.before.value == pytest.approx(robust.value.value)


def test_no_regret_at_all():
    found = worst_case_regret(np.eye(2), [[1.0, 2.0]])
    assert found.before.value == found.after.value == 0


def test_too_many_answers_are_not_guessed(monkeypatch):
    monkeypatch.setattr(module, "MOST_VARIABLES", 10)
    found = worst_case_regret([[0.5, 0.5], [0.4, 0.6]], ultimatum(0.3), people=50)
    assert found.after.kind == "unknown"
    assert found.before.value == pytest.approx(0.21)
    assert "cannot tell (too many answers to list)" in str(found)
