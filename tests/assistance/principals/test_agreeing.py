import numpy as np
import pytest

from comity.assistance.principals import Norm, agree_on_assistance, harmless
from comity.core import InputError
from comity.games.plays import Lottery
from comity.solutions import Vertex, bargain
from sharing import evening, policy_values


class Listed:
    """The payoffs of all policies, as a set to bargain over."""

    n = 2

    def __init__(self, points):
        self.points = points

    def maximise(self, weights):
        k = int(np.argmax(self.points @ weights))
        return Vertex(self.points[k], Lottery.pure((k,)), float(self.points[k] @ weights))


@pytest.fixture(scope="module")
def shared():
    return evening()


@pytest.mark.parametrize("solution", ["nash", "kalai-smorodinsky", "egalitarian", "utilitarian"])
def test_agreements_are_those_over_all_policies(shared, solution):
    found = agree_on_assistance(shared, solution)
    listed = policy_values(shared)[:, :2]
    again = bargain(Listed(listed), solution, found.default)
    assert found.payoffs == pytest.approx(again.payoffs, abs=1e-7)
    assert found.gap.value < 1e-7
    assert (found.payoffs >= found.default - 1e-9).all()


def test_who_loses_is_named(shared):
    found = agree_on_assistance(shared, "utilitarian")
    assert set(found.losers) == {"Cy"}
    assert found.losers["Cy"] == pytest.approx(-found.effects[0])


def test_helping_one_is_not_cooperating_with_the_rest(shared):
    found = agree_on_assistance(shared)
    rows = {(row.plan, row.principal): row for row in found.helping}
    alone = rows["for Ana alone", "Ana"]
    agreed = rows["the agreement", "Ana"]
    assert alone.helped == pytest.approx(1)
    assert 0 < agreed.helped < 1
    assert agreed.worst[0] == "Cy"


def test_a_norm_protects_the_bystander_and_its_cost_is_told(shared):
    found = agree_on_assistance(shared, norms=[harmless(shared)])
    assert found.losers == {}
    assert found.effects.tolist() == [0.0]
    free = agree_on_assistance(shared)
    assert found.norm_costs == pytest.approx(free.payoffs - found.payoffs)
    assert found.norms == ("harm no bystander",)


def test_a_norm_of_ones_own(shared):
    quiet = Norm("no jazz after all", "Bo", lambda state, action: action == "jazz")
    found = agree_on_assistance(shared, norms=[quiet])
    listed = policy_values(shared)
    assert found.payoffs[0] < agree_on_assistance(shared).payoffs[0]
    assert len(listed) == 243


def test_the_default_waits_whatever_comes_first():
    """Two principals have no joint move called waiting; the assistant has one all the same."""
    found = agree_on_assistance(evening())
    other = agree_on_assistance(evening(assistant=("rock", "jazz", "wait")))
    assert other.default == pytest.approx(found.default)
    assert other.default_effects.tolist() == [0.0]
    assert other.payoffs == pytest.approx(found.payoffs, abs=1e-7)
    with pytest.raises(InputError, match="wait"):
        agree_on_assistance(evening(assistant=("rock", "jazz")))
