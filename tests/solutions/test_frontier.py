import numpy as np
import pytest

from comity.games import Constraint, Negotiation, NormalForm
from comity.solutions import frontier
from solutions import oracles
from solutions.oracles import options

SQUARE = options((0, 3), (2, 2), (1, 2.6), (3, 0), (1, 1), (2, 2))


def test_outcomes_and_corners():
    outcomes = frontier(SQUARE, lotteries=False)
    assert outcomes.points.tolist() == [[3, 0], [2, 2], [2, 2], [1, 2.6], [0, 3]]
    assert float(outcomes.size) == 5
    corners = frontier(SQUARE)
    assert corners.points.tolist() == [[3, 0], [2, 2], [1, 2.6], [0, 3]]
    assert corners.kind == "lotteries"


@pytest.mark.parametrize("players", [2, 3])
@pytest.mark.parametrize("lotteries", [True, False])
def test_tables_and_sums_agree(players, lotteries, rng):
    domain = oracles.random_domain(rng, players=players)
    table = domain.payoff_points().T.reshape(players, *domain.shape)
    same = Negotiation.tabulated(domain.players, domain.issues, table)
    first, second = (frontier(d, lotteries=lotteries) for d in (domain, same))
    np.testing.assert_allclose(first.points, second.points, atol=1e-12)
    assert first.outcomes == second.outcomes


def test_outcomes_yield_their_points(rng):
    game = NormalForm.from_payoffs(rng.integers(0, 5, size=(2, 4, 4)))
    found = frontier(game, lotteries=False)
    for point, outcome in zip(found.points, found.outcomes, strict=True):
        assert game.table[(slice(None), *outcome)].tolist() == point.tolist()
    assert len(found.outcomes) == len(oracles.undominated(game.payoff_points()))


def test_constraints_are_kept(rng):
    domain = oracles.random_domain(rng)
    limit = Constraint(np.tile(np.arange(4.0), 4), 4.0)
    limited = Negotiation.additive(
        domain.players,
        domain.issues,
        {
            p: {i.name: domain.values[r, 4 * k : 4 * k + 4] for k, i in enumerate(domain.issues)}
            for r, p in enumerate(domain.players)
        },
        constraints=[limit],
    )
    for lotteries in (True, False):
        assert all(sum(o) <= 4 for o in frontier(limited, lotteries=lotteries).outcomes)
