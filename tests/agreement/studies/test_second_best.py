"""The second best: bilateral trade, toy cases by brute force, and its constraints."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.agreement.studies.second_best import bilateral_trade, second_best
from comity.core.errors import InputError


def midpoints(count):
    return (np.arange(count) + 0.5) / count


def trade(count):
    return second_best(*bilateral_trade(midpoints(count), midpoints(count)))


def test_bilateral_trade_approaches_myerson_and_satterthwaite():
    """Uniform types: 9/64 of a first best of 1/6; a coarse grid needs less to tell types apart."""
    errors = [abs(trade(count).welfare.value - 9 / 64) for count in (5, 10, 20)]
    assert errors[0] > errors[1] > errors[2]
    fine, coarse = trade(20).welfare.value, trade(10).welfare.value
    assert fine == pytest.approx(9 / 64, abs=0.01)
    # The error falls as 1/count, so one step of Richardson lands much closer.
    assert 2 * fine - coarse == pytest.approx(9 / 64, abs=2.5e-3)
    assert trade(20).first_best.value == pytest.approx(1 / 6, abs=1e-3)


def test_bilateral_trade_is_inefficient_and_keeps_its_constraints():
    found = trade(8)
    assert found.welfare.value < found.first_best.value - 1e-3
    assert found.incentive_slack >= -1e-9
    assert found.participation_slack >= -1e-9


def test_complete_information_reaches_the_first_best():
    found = second_best(*bilateral_trade([0.8], [0.3]))
    assert found.welfare.value == pytest.approx(0.5) == found.first_best.value


def deterministic_optimum(utilities, chances, outside):
    """Best over all deterministic mechanisms of two types each: loops over loops."""
    n, outcomes = len(utilities), utilities.shape[-1]
    best = -np.inf
    for choice in itertools.product(range(outcomes), repeat=chances.size):
        pick = np.array(choice).reshape(chances.shape)
        if all(
            honest_and_staying(i, own, pick, utilities, chances, outside)
            for i in range(n)
            for own in range(2)
        ):
            total = sum(
                chances[t] * sum(utilities[(i, *t, pick[t])] - outside[(i, *t)] for i in range(n))
                for t in np.ndindex(chances.shape)
            )
            best = max(best, total)
    return best


def honest_and_staying(i, own, pick, utilities, chances, outside):
    truth = lie = leave = 0.0
    for other in range(2):
        t = (own, other) if i == 0 else (other, own)
        told = (1 - own, other) if i == 0 else (other, 1 - own)
        truth += chances[t] * utilities[(i, *t, pick[t])]
        lie += chances[t] * utilities[(i, *t, pick[told])]
        leave += chances[t] * outside[(i, *t)]
    return truth >= lie - 1e-12 and truth >= leave - 1e-12


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_toy_cases_by_brute_force(seed):
    rng = np.random.default_rng(seed)
    utilities = rng.integers(-2, 4, size=(2, 2, 2, 3)).astype(float)
    utilities[..., 0] = 0.0
    chances = rng.dirichlet(np.ones(4)).reshape(2, 2)
    outside = np.zeros((2, 2, 2))
    found = second_best(utilities, chances, outside)
    assert found.welfare.value >= deterministic_optimum(utilities, chances, outside) - 1e-9
    assert found.welfare.value <= found.first_best.value + 1e-9
    assert min(found.incentive_slack, found.participation_slack) >= -1e-8


def test_screening_by_hand():
    """One informed party picks from a menu: types like opposite outcomes, so all is had."""
    utilities = np.zeros((2, 2, 1, 2))
    utilities[0, 0, 0] = [1, 0]
    utilities[0, 1, 0] = [0, 1]
    found = second_best(utilities, np.full((2, 1), 0.5), np.zeros((2, 2, 1)))
    assert found.welfare.value == pytest.approx(1.0)
    assert found.mechanism[:, 0].argmax(axis=-1).tolist() == [0, 1]


def test_opposed_interests_leave_pooling():
    """The informed side always wants outcome 1, worth 3 or -4 to the other, who then leaves."""
    utilities = np.zeros((2, 2, 1, 2))
    utilities[0, :, 0, 1] = 1
    utilities[1, :, 0, 1] = [3, -4]
    found = second_best(utilities, np.full((2, 1), 0.5), np.zeros((2, 2, 1)))
    assert found.first_best.value == pytest.approx(2.0)
    assert found.welfare.value == pytest.approx(0.0, abs=1e-9)


def test_types_without_chance_bind_nobody():
    u, _, d = bilateral_trade([0.9, 0.1], [0.5])
    found = second_best(u, np.array([[1.0], [0.0]]), d)
    assert found.welfare.value == pytest.approx(0.4)


def test_three_parties():
    utilities = np.ones((3, 2, 2, 2, 2))
    utilities[..., 0] = 0
    found = second_best(utilities, np.full((2, 2, 2), 1 / 8), np.zeros((3, 2, 2, 2)))
    assert found.welfare.value == pytest.approx(3.0)


def test_leaving_that_beats_everything_is_an_error():
    u, p, d = bilateral_trade([0.8], [0.3])
    with pytest.raises(InputError, match="keeps everyone"):
        second_best(u, p, d + 9)


@pytest.mark.parametrize("field", ["utilities", "chances", "outside"])
def test_bad_arrays_are_named(field):
    u, p, d = bilateral_trade([0.2, 0.8], [0.3])
    arrays = {"utilities": u, "chances": p, "outside": d}
    arrays[field] = arrays[field][:1]
    with pytest.raises(InputError):
        second_best(**arrays)
