import numpy as np
import pytest

from comity.core import InputError
from comity.games import Negotiation, NormalForm
from comity.solutions import maximin_point, security_level, solve
from solutions import oracles

PUBLISHED = [
    # matching pennies; chicken (Clifton 2020); 2x2 without a saddle point: (ad - bc)/(a+d-b-c).
    ([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], (0, 0)),
    ([[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]], (-1.5, -1)),
    ([[[3, 1], [0, 2]], [[0, 0], [0, 0]]], (1.5, 0)),
]


@pytest.mark.parametrize(("payoffs", "expected"), PUBLISHED)
def test_known_values(payoffs, expected):
    np.testing.assert_allclose(
        maximin_point(NormalForm.from_payoffs(payoffs)), expected, atol=1e-12
    )


@pytest.mark.parametrize("shape", [(2, 2), (4, 3), (3, 3, 3)])
@pytest.mark.parametrize("unit", [1e-6, 1, 1e6])
def test_strategy_secures_the_value_and_no_more_can_be(shape, unit, rng):
    game = NormalForm.from_payoffs(unit * rng.normal(size=(len(shape), *shape)))
    for player in range(len(shape)):
        level = security_level(game, player)
        table = np.moveaxis(game.table[player], player, 0).reshape(shape[player], -1)
        assert (level.strategy @ table).min() == pytest.approx(level.value, abs=1e-12 * unit)
        assert level.gap.kind == "exact"
        mixtures = rng.dirichlet(np.ones(shape[player]), 5_000)
        assert (mixtures @ table).min(axis=1).max() <= level.value + 1e-9 * unit


def test_in_a_negotiation_one_can_only_leave(rng):
    domain: Negotiation = oracles.random_domain(rng, reservation=0.4)
    assert maximin_point(domain).tolist() == [0.4, 0.4]
    assert solve(domain, "maximin").play is None


def test_play_of_all_yields_at_least_the_levels(rng):
    game = NormalForm.from_payoffs(rng.normal(size=(2, 4, 4)))
    found = solve(game, "maximin")
    assert (found.payoffs >= found.disagreement - 1e-9).all()


def test_unknown_player():
    with pytest.raises(InputError, match="no such player"):
        security_level(NormalForm.from_payoffs([[[1]], [[1]]]), 2)
