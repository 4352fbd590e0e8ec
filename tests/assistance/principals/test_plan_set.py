import numpy as np
import pytest

from comity.assistance.principals import PlanSet, bystander_values, principal_values
from comity.assistance.solving import Idle
from sharing import evening, policy_values


@pytest.fixture(scope="module")
def shared():
    return evening()


@pytest.fixture(scope="module")
def listed(shared):
    return policy_values(shared)


@pytest.mark.parametrize("weights", [(1, 0), (0, 1), (0.5, 0.5), (0.8, 0.2), (-1, 0.3)])
def test_the_best_plan_is_the_best_of_all_policies(shared, listed, weights):
    found = PlanSet(shared).maximise(np.array(weights, float))
    best = (listed[:, :2] @ weights).max()
    assert found.payoffs @ weights == pytest.approx(best)
    assert found.upper_bound >= best - 1e-9


def test_values_of_a_plan_are_among_those_listed(shared, listed):
    plans = PlanSet(shared)
    plans.maximise(np.array([0.6, 0.4]))
    assistant = plans.plans[0].assistant
    row = np.concatenate([principal_values(shared, assistant), bystander_values(shared, assistant)])
    assert np.abs(listed - row).sum(axis=1).min() < 1e-9


def test_waiting_harms_nobody(shared):
    assert bystander_values(shared, Idle(shared.game)).tolist() == [0.0]
