"""Members say how likely every option is, afresh in every situation."""

import numpy as np

from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import explain
from comity.inference.explanations.member import Member, choice_tables, one_decision_each

PIES = [Situation("ab", [[8, 2], [5, 5]]), Situation("abc", [[8, 2], [0, 0], [3, 7]])]


def test_names():
    greed = explain("own-payoff", "logit")
    assert Member(greed, {"sensitivity": 1.0}).name == "own-payoff x logit"
    assert Member(greed, {"sensitivity": 1.0}, "greed").name == "greed"


def test_tables():
    members = [
        Member(explain("own-payoff", "logit"), {"sensitivity": np.log(2) / 3}),
        Member(explain("own-payoff", "tremble"), {"error": 0.3}),
        Member(explain("own-payoff", "random")),
    ]
    weights = np.array([2 ** (8 / 3), 1, 2])
    expected = [
        [[2 / 3, 1 / 3, 0], weights / weights.sum()],
        [[0.85, 0.15, 0], [0.8, 0.1, 0.1]],
        [[0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3]],
    ]
    np.testing.assert_allclose(choice_tables(members, PIES), expected, rtol=1e-12)


def test_every_situation_is_met_afresh():
    asked = one_decision_each(PIES)
    assert len(set(asked.sequence.tolist())) == len(asked) == 2
    habit = Member(explain("own-payoff", "inertia"), {"sensitivity": 0.5, "inertia": 0.9})
    logit = Member(explain("own-payoff", "logit"), {"sensitivity": 0.5})
    first, second = choice_tables([habit, logit], PIES)
    np.testing.assert_allclose(first, second, rtol=1e-12)
