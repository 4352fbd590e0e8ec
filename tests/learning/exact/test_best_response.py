from itertools import product

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.exact.best_response import best_response

DILEMMA = np.array([[-1.0, -3.0], [0.0, -2.0]])
TIT_FOR_TAT = np.array([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]], dtype=float)
ALWAYS_DEFECT = np.tile([0.0, 1.0], (5, 1))
GRIM = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [0, 1]], dtype=float)


def played(payoffs, opponent, actions, discount, rounds=600):
    """Return a step of a reply by following the chances forward, round by round."""
    other = payoffs.shape[1]
    at = np.zeros(len(opponent))
    at[0] = 1.0
    total = 0.0
    for t in range(rounds):
        after = np.zeros_like(at)
        for s, chance in enumerate(at):
            for b in range(other):
                total += discount**t * chance * opponent[s, b] * payoffs[actions[s], b]
                after[1 + actions[s] * other + b] += chance * opponent[s, b]
        at = after
    return (1 - discount) * total


def test_against_tit_for_tat_cooperation_is_best_where_the_future_counts():
    found = best_response(DILEMMA, TIT_FOR_TAT, 0.96)
    assert found.value.kind == "exact"
    assert found.value.value == pytest.approx(-1.0)
    assert best_response(DILEMMA, TIT_FOR_TAT, 0.0).value.value == pytest.approx(0.0)


def test_alternating_beats_tit_for_tat_in_between():
    # Defecting for ever pays 0 once and then -2; taking turns pays 0, -3, 0, -3: better at .4.
    discount = 0.4
    found = best_response(DILEMMA, TIT_FOR_TAT, discount)
    turns = (1 - discount) * -3 * discount / (1 - discount**2)
    assert found.value.value == pytest.approx(max(-1, -2 * discount, turns))


def test_nothing_forgives():
    assert best_response(DILEMMA, ALWAYS_DEFECT, 0.9).actions.tolist() == [1] * 5
    grim = best_response(DILEMMA, GRIM, 0.9)
    assert grim.actions[0] == 0
    assert grim.actions[2:].tolist() == [1, 1, 1]


@pytest.mark.parametrize("seed", range(4))
def test_no_reply_to_the_last_round_does_better(seed):
    rng = np.random.default_rng(seed)
    payoffs, opponent = rng.normal(size=(2, 2)), rng.dirichlet([1, 1], size=5)
    found = best_response(payoffs, opponent, 0.8)
    worth = {a: played(payoffs, opponent, a, 0.8, 120) for a in product((0, 1), repeat=5)}
    assert found.value.value == pytest.approx(max(worth.values()), abs=1e-9)
    assert worth[tuple(found.actions.tolist())] == pytest.approx(found.value.value, abs=1e-9)
    assert found.excess < 1e-9


def test_tables_need_not_be_square():
    rng = np.random.default_rng(9)
    payoffs, opponent = rng.normal(size=(3, 2)), rng.dirichlet([1, 1], size=7)
    found = best_response(payoffs, opponent, 0.7)
    worth = played(payoffs, opponent, found.actions, 0.7, 120)
    assert found.value.value == pytest.approx(worth, abs=1e-9)


@pytest.mark.parametrize(
    ("payoffs", "opponent", "discount"),
    [
        (DILEMMA, TIT_FOR_TAT, 1.0),
        (DILEMMA, TIT_FOR_TAT[:4], 0.9),
        (DILEMMA, TIT_FOR_TAT * 2, 0.9),
        (DILEMMA * np.nan, TIT_FOR_TAT, 0.9),
    ],
)
def test_bad_input(payoffs, opponent, discount):
    with pytest.raises(InputError):
        best_response(payoffs, opponent, discount)
