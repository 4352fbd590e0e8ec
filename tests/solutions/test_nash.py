import numpy as np
import pytest

from comity.games import NormalForm
from comity.solutions import bargain
from comity.solutions.nash import choose
from solutions import oracles
from solutions.oracles import options


@pytest.mark.parametrize("n", [2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(5))
def test_against_a_general_optimiser(n, seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 1, (12, n))
    origin = np.quantile(points, 0.2, axis=0)
    found = bargain(options(*points), "nash", origin)
    if found.status == "no gain":
        pytest.skip("nothing to bargain over")
    expected = oracles.nash_by_slsqp(points, origin)
    assert np.prod(found.payoffs - origin) >= np.prod(expected - origin) - 1e-12
    np.testing.assert_allclose(found.payoffs, expected, atol=2e-4)
    assert float(found.gap) <= 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_two_parties_against_a_grid(seed):
    points = np.random.default_rng(seed).uniform(0, 1, (8, 2))
    origin = points.min(axis=0)
    gains = np.clip(oracles.segments(points) - origin, 0, None).prod(axis=1)
    found = bargain(options(*points), "nash", origin)
    assert found.objective >= gains.max() - 1e-12
    assert found.objective == pytest.approx(gains.max(), rel=1e-4)


def test_weights_prove_it(rng):
    points = rng.uniform(0, 1, (30, 3))
    found = bargain(options(*points), "nash", [0, 0, 0])
    worth = points @ found.weights
    assert worth.max() == pytest.approx(found.weights @ found.payoffs, rel=1e-8)


def test_those_who_cannot_gain_are_left_where_they_are():
    # Player 3 is bound to 0; for the others (4, 0)-(0, 4) is split evenly.
    game = options((4, 0, 0), (0, 4, 0), (9, 9, -1))
    found = bargain(game, "nash", [0, 0, 0])
    assert found.status == "optimal"
    np.testing.assert_allclose(found.payoffs, [2, 2, 0], atol=1e-6)


def test_splitting_a_pie_among_n():
    pie = options(*np.eye(5))
    np.testing.assert_allclose(
        bargain(pie, "nash", np.zeros(5)).payoffs, np.full(5, 0.2), atol=1e-9
    )
    shifted = bargain(pie, "nash", [0.5, 0, 0, 0, 0]).payoffs
    np.testing.assert_allclose(shifted, [0.6, 0.1, 0.1, 0.1, 0.1], atol=1e-9)


def test_choose_takes_a_largest_group_that_gains():
    gains = np.array([[9.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 2.0, 2.0]])
    assert choose(gains, np.arange(3)).indices.tolist() == [1, 2]
    assert choose(gains, np.array([0])).indices.tolist() == [0]


def test_many_domains_of_many_parties(rng):
    for n in (3, 6):
        domain = oracles.random_domain(rng, players=n, issues=10, choices=6, reservation=2.0)
        found = bargain(domain, "nash", domain.reservation)
        assert found.status == "optimal"
        assert (found.payoffs > 2).all()


def test_duplicated_players_get_the_same():
    rng = np.random.default_rng(4)
    table = rng.uniform(0, 1, (2, 20))
    twins = NormalForm.from_payoffs(table[[0, 1, 1]].reshape(3, 20, 1, 1))
    payoffs = bargain(twins, "nash", [0, 0, 0]).payoffs
    assert payoffs[1] == pytest.approx(payoffs[2], abs=1e-9)
