import numpy as np
import pytest

from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, Reply, noisy
from comity.assistance.solving import (
    Idle,
    evaluate_assistant,
    one_person,
    solve_assistance,
    unsure,
)
from comity.assistance.solving.hidden import check_covered
from comity.core import InputError


def test_types_are_goals_of_one_person():
    game = catalogue_game("cake-or-pie")
    hidden = one_person(game, RATIONAL)
    assert hidden.names == ("cake", "pie")
    assert hidden.rational.all()
    assert hidden.exact
    assert not one_person(game, Reply(1.0)).exact


def test_types_are_pairs_of_goal_and_procedure():
    game = catalogue_game("cake-or-pie")
    hidden = unsure(game, {"sharp": RATIONAL, "errs": noisy(game, 1.0)}, [0.25, 0.75])
    assert hidden.names == ("cake, sharp", "pie, sharp", "cake, errs", "pie, errs")
    assert hidden.prior.tolist() == pytest.approx([0.15, 0.1, 0.45, 0.3])
    assert hidden.fixed.tolist() == [False, False, True, True]
    worth = np.tile([0.0, 2.0, 1.0], (4, 1))
    found = hidden.chances(1, game.state("asked"), worth)
    assert found[:2].tolist() == [[0, 1, 0], [0, 1, 0]]
    assert found[2:] == pytest.approx(noisy(game, 1.0).at(1, game.state("asked")))


@pytest.mark.parametrize("weights", [[1.0], [0.5, 0.6], [1.5, -0.5]])
def test_weights_are_chances(weights):
    game = catalogue_game("cake-or-pie")
    with pytest.raises(InputError, match="weights"):
        unsure(game, {"a": RATIONAL, "b": noisy(game, 1.0)}, weights)


def test_procedures_need_names_of_their_own():
    game = catalogue_game("cake-or-pie")
    with pytest.raises(InputError, match="names"):
        unsure(game, [RATIONAL, RATIONAL])
    with pytest.raises(InputError, match="names"):
        unsure(game, [])


def test_noise_depends_on_all_that_is_to_come():
    game = catalogue_game("off-switch")
    endless = game.with_fields(horizon=None, discount=0.9)
    check_covered(one_person(game, Reply(1.0)))
    check_covered(one_person(endless, RATIONAL))
    with pytest.raises(InputError, match="noisy reply"):
        check_covered(one_person(endless, Reply(1.0)))
    with pytest.raises(InputError, match="1 are counted"):
        check_covered(one_person(game, Reply(1.0)), 1)
    with pytest.raises(InputError, match="noisy reply"):
        solve_assistance(endless, Reply(1.0))
    with pytest.raises(InputError, match="noisy reply"):
        evaluate_assistant(endless, Idle(endless), Reply(1.0))
