import numpy as np
import pytest

from comity.assistance.games import build, catalogue_game, check_assistance_game
from comity.assistance.people import demonstrating, noisy
from comity.assistance.solving import solve_assistance
from comity.core import InputError


def silent():
    """A person who cannot say which drink it wants."""
    return build(
        ["table"],
        ["wait"],
        ["wait", "tea", "coffee"],
        {"tea": 0.7, "coffee": 0.3},
        step=lambda s, h, a: s,
        reward=lambda g, s, h, a: float(g == a),
        start="table",
        horizon=1,
    )


def test_a_person_who_can_do_nothing_reveals_nothing():
    found = check_assistance_game(silent())
    assert found.classes == (("tea", "coffee"),)
    assert found.costs[0].value == pytest.approx(0.3)  # Known, 1; unknown, 0.7.
    with pytest.raises(InputError, match="no behaviour of this person"):
        found.require_some_told_apart()


def test_goals_alike_that_do_not_matter_cost_nothing():
    found = check_assistance_game(catalogue_game("off-switch"))
    assert len(found.alike) == 2
    assert found.costly == ()
    found.require_some_told_apart()


@pytest.mark.parametrize("name", ["cake-or-pie", "meal-choice", "wormy-apples", "chef-world"])
def test_goals_of_the_catalogue_can_be_told(name):
    game = catalogue_game(name)
    for procedure in (noisy(game, 2.0), demonstrating(game)):
        assert check_assistance_game(game, procedure).alike == ()
    assert check_assistance_game(game).alike == ()


def test_noise_without_end_reveals_nothing():
    game = catalogue_game("cake-or-pie")
    found = check_assistance_game(game, noisy(game, 0.0))
    assert found.classes == (("cake", "pie"),)


def test_a_cost_from_a_plan_by_points_is_an_estimate():
    """Four goals of one who acts by a table are planned by points; the truth is worked out here."""
    game = catalogue_game("chef-world", recipes=4)
    person = noisy(game, 0.0)  # Nobody can be told apart from anybody.
    found = check_assistance_game(game, person).costs[0]
    sure = [game.with_fields(prior=row) for row in np.eye(4)]
    told = [solve_assistance(known, person).value.value for known in sure]
    truth = game.prior @ told - solve_assistance(game, person).value.value
    assert found.kind == "estimate"
    assert found.low <= truth <= found.high
    assert truth > 0.01
