"""Lies with a name: what they change, and that probabilities stay probabilities."""

import numpy as np
import pytest

from comity.agreement.misreports.bends import (
    bends_to,
    beyond_belief,
    named_lies,
    needing_nothing,
    own_cells,
    turned,
)
from comity.agreement.settle import Table
from comity.cases import Case, Constitution, Party
from comity.games import Issue, Negotiation, NormalForm


def river(states=()):
    payoffs = np.array([[[-4, 5], [-1.5, 1]], [[-5, -1], [2, 1.5]]], float)
    model = NormalForm.from_payoffs(payoffs, "AB", block="facts")
    if states:
        tables = dict.fromkeys(states, payoffs)
        model = NormalForm.from_payoffs(payoffs, "AB").with_states(tables, [0.4, 0.6])
    return model


def table_of(first, second, **rules):
    case = Case("x", (Party("A", first), Party("B", second)), Constitution(**rules))
    return Table.of(case)


@pytest.fixture
def home():
    issue = Issue("deal", tuple("abc"))
    model = Negotiation.tabulated(
        ("A", "B"), [issue], [[0, 2, 4], [4, 3, 0]], reservation=[1.0, 0.5]
    )
    return table_of(model, model, disagreement="no-deal", default="no-deal")


def test_a_negotiator_raises_what_no_deal_is_worth(home):
    gain = home.settle().payoffs[0] - 1
    bends = needing_nothing(home, 0)
    assert gain > 0
    assert turned(home.models["A"], bends, 1.0).reservation == pytest.approx([1 + gain, 0.5])


def test_a_player_raises_its_own_default_action_only():
    model = river()
    table = table_of(model, model, default="favourite-equilibrium")
    raised = turned(model, needing_nothing(table, 0), 1.0).table - model.table
    gain = table.settle().payoffs[0] - table.fallback[0]
    assert gain > 0
    assert raised[0] == pytest.approx(np.array([[gain, gain], [0, 0]]))
    assert raised[1] == pytest.approx(0)


def test_overstating_doubles_the_distance_from_the_other():
    first, second = river(), river().replace("facts", river().blocks()["facts"].values + 1)
    assert beyond_belief(table_of(first, second), 0)["facts"] == pytest.approx(-1)
    assert beyond_belief(table_of(first, first), 0) == {}


def test_cells_of_an_action_in_every_state():
    model = river(("wet", "dry"))
    cells = own_cells(model, 1, np.array([0.25, 0.75]))
    assert cells == pytest.approx([0.25, 0.75] * 4)


def test_probabilities_stay_probabilities_and_level_zero_is_the_truth():
    model = river(("wet", "dry"))
    bends = {"prior": np.array([-0.5, 0.5])}
    assert turned(model, bends, 0.0).prior == pytest.approx([0.4, 0.6])
    for level in (0.5, 1.0, 4.0):
        prior = turned(model, bends, level).prior
        assert prior.sum() == pytest.approx(1)
        assert prior.min() > 0


def test_bends_lead_from_the_truth_to_the_lie(home):
    told = [report for _, report in named_lies(home, 0)]
    truth = home.models["A"]
    assert len(told) == 6
    for report in told:
        bends = bends_to(truth, report)
        assert list(bends) == ["tastes[A]"]
        again = turned(truth, bends, 1.0)
        assert again.reservation == pytest.approx(report.reservation)
    assert bends_to(truth, truth) == {}
