"""Groups: payoffs by plain arithmetic, and what holds at every size."""

from itertools import product

import pytest

from comity.core.errors import InputError, SizeError
from comity.games import Lottery
from comity.games.catalogue import commons, public_goods


@pytest.mark.parametrize(
    ("n", "endowment", "multiplier"), [(2, 10, 1.5), (4, 1, 3.9), (5, 20, 1.6)]
)
def test_public_goods(n, endowment, multiplier):
    game = public_goods(n, endowment, multiplier)
    for profile in product(range(2), repeat=n):
        pot = multiplier * endowment * profile.count(0)
        expected = [endowment * (action == 1) + pot / n for action in profile]
        assert game.payoffs(Lottery.pure(profile)) == pytest.approx(expected)
    nobody, everybody = Lottery.pure((1,) * n), Lottery.pure((0,) * n)
    assert all(game.best_reply(i, nobody).gain == 0 for i in range(n))
    gain = endowment * (1 - multiplier / n)
    assert game.best_reply(0, everybody).gain == pytest.approx(gain)


@pytest.mark.parametrize(("n", "capacity", "most"), [(2, 12, 6), (3, 20, 5)])
def test_commons(n, capacity, most):
    game = commons(n, capacity, most)
    for profile in product(range(most + 1), repeat=n):
        left = capacity - sum(profile)
        play = Lottery.pure(profile)
        assert game.payoffs(play).tolist() == [x * left for x in profile]
        assert game.effects(play).tolist() == [left]


def test_agreement_of_two_leaves_more_for_those_who_come_after():
    game = commons()
    best = game.best_plan([1, 1])
    assert sum(best.outcome) == 6
    assert game.effects(Lottery.pure(best.outcome)) > game.effects(Lottery.pure((4, 4)))


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: public_goods(1), InputError),
        (lambda: public_goods(3, multiplier=3), InputError),
        (lambda: public_goods(3, multiplier=1), InputError),
        (lambda: public_goods(3, endowment=0), InputError),
        (lambda: public_goods(10**6), SizeError),
        (lambda: commons(1), InputError),
        (lambda: commons(most=0), InputError),
        (lambda: commons(capacity=11), InputError),
        (lambda: commons(9, 10**5, 10**4), SizeError),
    ],
)
def test_parameters_are_checked(make, kind):
    with pytest.raises(kind):
        make()
