import numpy as np
import pytest

from comity.games import Constraint, Negotiation
from comity.solutions.pareto_gap import MOST_POINTS, pareto_gaps
from solutions import oracles


def test_options_agree_with_outcomes(rng):
    domain = oracles.random_domain(rng, players=3)
    table = domain.payoff_points().T.reshape(3, *domain.shape)
    listed = Negotiation.tabulated(domain.players, domain.issues, table)
    for _ in range(5):
        payoffs = listed.payoff_points()[rng.integers(listed.size)]
        first, second = pareto_gaps(domain, payoffs), pareto_gaps(listed, payoffs)
        for a, b in zip(first, second, strict=True):
            assert float(a) == pytest.approx(float(b), abs=1e-8)
            assert a.method != b.method


def test_constraints_on_a_huge_domain_give_a_bound(rng):
    domain = oracles.random_domain(rng, issues=12, choices=4)
    limited = Negotiation(
        **{f: getattr(domain, f) for f in ("players", "issues", "prior", "facts", "weights")},
        tastes=domain.tastes,
        constraints=(Constraint(np.tile(np.arange(4.0), 12), 12.0),),
    )
    assert limited.size > MOST_POINTS
    best = limited.best_plan([1, 1])
    gap, slack = pareto_gaps(limited, best.payoffs)
    assert gap.kind == slack.kind == "upper_bound"
    assert 0 <= float(slack) < 0.2


class Opaque:
    """A game of which only best plans can be asked."""

    players = ("A", "B")
    size = 10**30

    def __init__(self, inner):
        self.best_plan = inner.best_plan


def test_other_games_are_bounded_by_best_plans(rng):
    domain = oracles.random_domain(rng, issues=6, choices=4)
    opaque = Opaque(domain)
    inside = domain.payoff_points().mean(axis=0)
    for bound, exact in zip(pareto_gaps(opaque, inside), pareto_gaps(domain, inside), strict=True):
        assert bound.kind == "upper_bound"
        assert float(bound) >= float(exact) - 1e-9
    assert float(pareto_gaps(opaque, inside)[0]) == pytest.approx(
        float(pareto_gaps(domain, inside)[0]), rel=0.2
    )
