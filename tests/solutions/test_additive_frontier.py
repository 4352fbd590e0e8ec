import numpy as np
import pytest

from comity.games import Issue, Negotiation
from comity.solutions import additive_frontier, frontier
from comity.solutions.additive_frontier import additive_hull, additive_undominated, most_undominated
from comity.solutions.hull import hull_indices
from solutions import oracles


def whole_numbers(rng, players, issues, choices, high):
    names = [f"P{i}" for i in range(players)]
    return Negotiation.additive(
        names,
        [Issue.integers(f"i{k}", 1, choices) for k in range(issues)],
        {p: {f"i{k}": rng.integers(0, high, choices) for k in range(issues)} for p in names},
    )


@pytest.mark.parametrize("players", [2, 3])
@pytest.mark.parametrize("high", [3, 50])
@pytest.mark.parametrize("seed", range(5))
def test_deals_against_listing(players, high, seed):
    domain = whole_numbers(np.random.default_rng(seed), players, 4, 4, high)
    points, deals, every = additive_undominated(domain)
    listed = domain.payoff_points()
    expected = {domain.outcome(k) for k in oracles.undominated(listed)}
    assert every
    assert set(map(tuple, deals.tolist())) == expected
    assert len(points) == len(expected) <= float(most_undominated(domain))


@pytest.mark.parametrize("high", [3, 50])
@pytest.mark.parametrize("seed", range(5))
def test_hull_against_listing(high, seed):
    domain = whole_numbers(np.random.default_rng(seed), 2, 4, 4, high)
    listed = domain.payoff_points()
    points, deals = additive_hull(domain)
    np.testing.assert_allclose(points, listed[hull_indices(listed)], atol=1e-9)
    for point, deal in zip(points, deals, strict=True):
        np.testing.assert_allclose(listed[np.ravel_multi_index(deal, domain.shape)], point)


def test_hull_of_a_huge_domain_is_supported(rng):
    domain = oracles.random_domain(rng, issues=20, choices=10)
    points, _ = additive_hull(domain)
    steps = np.diff(points, axis=0)
    for (loss, win), point in zip(steps, points, strict=False):
        weights = np.array([win, -loss])
        assert weights @ point == pytest.approx(domain.best_plan(weights).value)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(additive_frontier, "MOST_KEPT", 1_000)


def test_too_many_to_hold_are_bounded(few):
    # Doubling values: every one of 2^40 deals has payoffs of its own, and none dominates another.
    issues = [Issue.integers(f"i{k}", 0, 1) for k in range(40)]
    values = {f"i{k}": [0, 2**k] for k in range(40)}
    against = {f"i{k}": [2**k, 0] for k in range(40)}
    domain = Negotiation.additive(["A", "B"], issues, {"A": values, "B": against})
    found = frontier(domain, lotteries=False)
    assert not found.exact
    assert float(found.size) == 2**40
    assert len(found.points) == 0


def test_one_stands_for_many_equal_deals(few):
    issues = [Issue.integers(f"i{k}", 0, 1) for k in range(40)]
    up, down = {f"i{k}": [0, 1] for k in range(40)}, {f"i{k}": [1, 0] for k in range(40)}
    found = frontier(
        Negotiation.additive(["A", "B"], issues, {"A": up, "B": down}), lotteries=False
    )
    assert found.exact
    assert found.points[:, 0].tolist() == list(range(40, -1, -1))
    assert found.size.kind == "upper_bound"
    assert float(found.size) == 2**40
