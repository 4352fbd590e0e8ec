import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.agreement.report import space
from comity.games import Issue, Lottery, Negotiation, NormalForm

clouds = st.lists(
    st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=1, max_size=40
).map(lambda rows: np.array(rows, dtype=float))


@given(clouds)
def test_pareto_points_are_those_that_nothing_beats(points):
    def beaten(p):
        return any(np.all(q >= p) and np.any(q > p) for q in points)

    expected = {tuple(p) for p in points if not beaten(p)}
    found = space.pareto(points)
    assert {tuple(p) for p in found} == expected
    assert np.all(np.diff(found[:, 0]) > 0)
    assert np.all(np.diff(found[:, 1]) < 0)


@given(clouds, st.floats(0, np.pi / 2))
def test_no_point_lies_beyond_the_hull(points, angle):
    weights = np.array([np.cos(angle), np.sin(angle)])
    assert (points @ weights).max() == pytest.approx((space.hull_frontier(points) @ weights).max())


@given(clouds)
def test_the_hull_bends_one_way(points):
    corners = space.hull_frontier(points)
    steps = np.diff(corners, axis=0)
    turns = steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]
    assert np.all(turns < 0)


def test_thinning_keeps_few_points_of_the_cloud(rng):
    points = rng.normal(size=(20_000, 2))
    kept = space.thinned(points)
    assert 50 < len(kept) <= space.SHOWN
    assert {tuple(p) for p in kept} <= {tuple(p) for p in points}


def test_each_payoff_comes_from_its_owner():
    a = NormalForm.from_payoffs([[[1, 2]], [[3, 4]]], ("A", "B"))
    b = NormalForm.from_payoffs([[[5, 6]], [[7, 8]]], ("A", "B"))
    play = Lottery.pure((0, 1))
    assert space.own_view({"A": a, "B": b}).payoffs(play).tolist() == [2, 8]
    assert space.own_payoffs({"A": a, "B": b}, play).tolist() == [2, 8]


def test_a_negotiation_keeps_its_own_reservations(household):
    case = household.agreement.case
    assert space.own_view(case.models).reservation.tolist() == [8, 9]


def test_a_huge_domain_is_searched_not_listed():
    issues = [Issue.integers(f"issue {k}", 0, 9) for k in range(20)]
    values = {
        "A": {issue.name: np.arange(10) * (k + 1.0) for k, issue in enumerate(issues)},
        "B": {issue.name: (9 - np.arange(10)) * (20.0 - k) for k, issue in enumerate(issues)},
    }
    game = Negotiation.additive(("A", "B"), issues, values)
    found = space.payoff_space({"A": game, "B": game})
    assert not found.complete
    best = game.best_plan([1, 1]).value
    assert found.frontier.sum(axis=1).max() == pytest.approx(best, rel=1e-2)
