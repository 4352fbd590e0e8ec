import numpy as np
import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, Fixed, Reply, check_procedure, noisy
from comity.core import InputError

ALL = np.ones(3, bool)


def test_rational_takes_the_best_and_shares_ties():
    worth = np.array([1.0, 1.0, 0.0])
    assert RATIONAL.chances(worth, ALL).tolist() == [0.5, 0.5, 0.0]
    assert RATIONAL.values(worth, ALL) == 1.0
    assert RATIONAL.values(worth, np.array([False, False, True])) == 0.0


def test_noise_is_logit_with_errors(rng):
    worth = rng.normal(size=3)
    chances = Reply(2.0, 0.1).chances(worth, ALL)
    logit = np.exp(2 * worth) / np.exp(2 * worth).sum()
    assert chances == pytest.approx(0.9 * logit + 0.1 / 3)
    assert Reply(2.0, 0.1).values(worth, ALL) == pytest.approx(chances @ worth)
    assert Reply(0.0).chances(worth, ALL) == pytest.approx(1 / 3)


def test_noise_keeps_to_what_is_allowed():
    chances = Reply(1.0, 0.5).chances(np.array([5.0, -np.inf, 4.0]), np.array([True, False, True]))
    assert chances[1] == 0
    assert chances.sum() == pytest.approx(1)


def test_a_better_reply_can_make_a_plan_worse():
    """Why pruning is not exact for a noisy reply: its value does not rise with those of actions."""
    person = Reply(1.0)
    poor, better = np.array([5.0, 0.0, 0.0]), np.array([5.0, 1.5, 0.0])
    assert person.values(better, ALL) < person.values(poor, ALL)
    assert not person.exact


@pytest.mark.parametrize("fields", [{"sensitivity": -1}, {"sensitivity": np.nan}, {"error": 2}])
def test_bad_settings(fields):
    with pytest.raises(InputError):
        Reply(**fields)


def test_procedures_fit_their_game():
    cake, pie = catalogue_game("cake-or-pie"), catalogue_game("chef-world")
    check_procedure(noisy(cake, 1.0), cake)
    with pytest.raises(InputError, match="another game"):
        check_procedure(noisy(cake, 1.0), pie)
    table = noisy(cake, 1.0).table.copy()
    table[0, 0, 0] = [0.5, 0.5, 0.0]
    with pytest.raises(InputError, match="allows"):
        check_procedure(Fixed(table, "sings"), cake)
    with pytest.raises(InputError, match="shape"):
        Fixed(table[0], "flat")
