"""The value of information, against decision trees written out by hand and by loops."""

from itertools import product

import numpy as np
import pytest

from comity.core import InputError
from comity.inference.design import answers as module
from comity.inference.design.value import value_of_information

# An offer is refused by the committed below 0.4. Taking all yields 1 or nothing, sharing 0.6.
ULTIMATUM = np.array([[0.0, 1.0], [0.6, 0.6]])
NAMES = ["all", "share"]


def by_tree(table, payoffs, prior, people):
    """Walk every ordered list of answers and act best after each."""
    table, payoffs, prior = (np.asarray(a, float) for a in (table, payoffs, prior))
    total = 0.0
    for sequence in product(range(table.shape[1]), repeat=people):
        joint = prior * np.prod(table[:, sequence], axis=1)
        total += max(payoffs @ joint)
    return total - max(payoffs @ prior)


def test_a_tree_by_hand():
    # Prior 1/2. "Would you refuse?": the committed say yes by 9/10, the others by 2/10.
    # yes (0.55): posterior 9/11, share 0.6 against all 2/11.
    # no (0.45): posterior 1/9, all 8/9 against share 0.6.
    # Worth 0.55 * 0.6 + 0.45 * 8/9 - 0.6 = 0.33 + 0.4 - 0.6 = 0.13.
    found = value_of_information([[0.9, 0.1], [0.2, 0.8]], ULTIMATUM, actions=NAMES)
    assert found.value.value == pytest.approx(0.13)
    assert found.now == pytest.approx(0.6)
    assert found.perfect == pytest.approx(0.5 * 0.6 + 0.5 - 0.6)
    assert found.changes_the_decision
    plan = {counts: (chance, action) for counts, chance, action in found.plan}
    assert plan[(1, 0)] == (pytest.approx(0.55), "share")
    assert plan[(0, 1)] == (pytest.approx(0.45), "all")


@pytest.mark.parametrize("people", [1, 2, 4])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_trees_by_loops(people, seed):
    rng = np.random.default_rng(seed)
    table, prior = rng.dirichlet(np.ones(3), size=3), rng.dirichlet(np.ones(3))
    payoffs = rng.normal(size=(4, 3))
    found = value_of_information(table, payoffs, prior, people)
    assert found.value.value == pytest.approx(by_tree(table, payoffs, prior, people), abs=1e-12)
    assert found.value.value <= found.perfect + 1e-12


def test_a_question_that_changes_nothing_is_worth_exactly_nothing():
    told_apart_but_idle = value_of_information([[0.9, 0.1], [0.8, 0.2]], ULTIMATUM, [0.9, 0.1])
    assert told_apart_but_idle.value.value == 0
    assert not told_apart_but_idle.changes_the_decision
    blind = value_of_information([[0.5, 0.5], [0.5, 0.5]], ULTIMATUM, people=9)
    assert blind.value.value == 0
    tie = value_of_information([[0.9, 0.1], [0.2, 0.8]], [[1, 1], [1, 1]])
    assert tie.value.value == 0
    assert {action for _, _, action in tie.plan} == {"action 1"}


def test_many_answers_approach_perfect_knowledge():
    found = value_of_information([[0.6, 0.4], [0.4, 0.6]], ULTIMATUM, people=400)
    assert found.value.value == pytest.approx(found.perfect, abs=1e-4)


def test_draws_of_members_are_hypotheses_of_their_own():
    tables = [[[0.9, 0.1], [0.5, 0.5]], [[0.2, 0.8]]]
    flat, beliefs = [[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]], [0.3, 0.3, 0.4]
    by_member = value_of_information(tables, ULTIMATUM, [0.6, 0.4], 3).value.value
    spread = ULTIMATUM[:, [0, 0, 1]]
    assert by_member == pytest.approx(by_tree(flat, spread, beliefs, 3))
    own = np.array([[0.0, 0.3, 1.0], [0.6, 0.6, 0.6]])
    by_draw = value_of_information(tables, own, [0.6, 0.4], 3).value.value
    assert by_draw == pytest.approx(by_tree(flat, own, beliefs, 3))


def test_payoffs_shifted_by_hypothesis_leave_the_value():
    table, shift = [[0.9, 0.1], [0.2, 0.8]], np.array([3.0, -7.0])
    plain = value_of_information(table, ULTIMATUM, people=2).value.value
    moved = value_of_information(table, 2 * ULTIMATUM + shift, people=2).value.value
    assert moved == pytest.approx(2 * plain)


def test_simulation_holds_the_exact_value(monkeypatch):
    table = [[0.6, 0.4], [0.4, 0.6]]
    exact = value_of_information(table, ULTIMATUM, people=5).value.value
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    drawn = value_of_information(table, ULTIMATUM, people=5, rng=2)
    assert drawn.plan == ()
    assert drawn.value.kind == "estimate"
    assert drawn.value.low < exact < drawn.value.high


def test_it_says_what_it_is():
    text = str(value_of_information([[1, 0], [0, 1]], ULTIMATUM, actions=NAMES))
    assert "without asking: share, for 0.6" in text
    assert "after (0, 1) (chance 0.500): all" in text


@pytest.mark.parametrize(
    ("payoffs", "actions", "message"),
    [
        (ULTIMATUM.T[:1], None, None),
        (np.ones((2, 3)), None, r"payoffs do not fit the members.*\(actions, 2\)"),
        (np.full((2, 2), np.inf), None, "not finite"),
        (ULTIMATUM, ["all"], "one name per action"),
        (ULTIMATUM, ["all", "all"], "stands twice"),
    ],
)
def test_bad_input_is_refused(payoffs, actions, message):
    if message is None:
        assert value_of_information(np.eye(2), payoffs, actions=actions).value.value == 0
        return
    with pytest.raises(InputError, match=message):
        value_of_information(np.eye(2), payoffs, actions=actions)
