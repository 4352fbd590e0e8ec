import numpy as np
import pytest

from comity.assistance.principals import questions
from comity.core import InputError
from sharing import evening


def by_hand(weights):
    """One step: the best action at a belief, before and after one of them has answered."""
    shared = evening(horizon=1)
    game = shared.game
    table = np.einsum("n,ngha->gha", weights, shared.rewards[:, :, 0])
    worth = np.einsum("gh,gha->ga", shared.person.at(0, 0), table)
    now = (game.prior @ worth).max()
    found = {}
    for name, own in zip(shared.principals, shared.own_goals, strict=True):
        parts = [np.where(own == g, game.prior, 0) @ worth for g in (0, 1)]
        found[name] = sum(part.max() for part in parts) - now
    return found


@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.9, 0.1), (0.1, 0.9)])
def test_worth_of_an_answer_by_hand(weights):
    expected = by_hand(np.array(weights))
    for question in questions(evening(horizon=1), weights):
        assert question.worth.value == pytest.approx(expected[question.principal])
        assert question.worth.kind == "exact"


def test_asks_whom_it_pays_to_ask():
    for cost in (0.0, 0.05, 10.0):
        found = questions(evening(), cost=cost)
        assert [q.worth.value for q in found] == sorted(
            (q.worth.value for q in found), reverse=True
        )
        for question in found:
            assert question.asks == (question.worth.value > cost)
        assert any(question.asks for question in found) == (cost < 10)


def test_bad_weights():
    with pytest.raises(InputError, match="weights"):
        questions(evening(), [1.0])
    with pytest.raises(InputError, match="cost"):
        questions(evening(), cost=-1)
