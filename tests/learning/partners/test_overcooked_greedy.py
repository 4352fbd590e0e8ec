"""The greedy cook: it serves, it evades, and it reads nothing but the kitchen."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.partners.overcooked_greedy import GreedyCook
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy, View


def score(layout, cooks, **rules):
    kitchen = make("overcooked", layout=layout, **rules)
    return play(kitchen, cooks, 8, 0).scores[:, 0]


def test_it_is_a_policy():
    cook = GreedyCook()
    assert isinstance(cook, Policy)
    assert (cook.kind, cook.name) == ("program", "greedy cook")
    assert GreedyCook(0.2).name == "greedy cook, slip 0.2"


@pytest.mark.parametrize("layout", ["cramped_room", "asymmetric_advantages", "forced_coordination"])
@pytest.mark.parametrize("old", [True, False])
def test_two_of_them_serve_in_every_game(layout, old):
    assert score(layout, [GreedyCook(), GreedyCook()], old_dynamics=old).min() >= 100


@pytest.mark.parametrize("layout", ["coordination_ring", "counter_circuit"])
def test_a_slip_now_and_then_frees_the_way_in_rings(layout):
    assert score(layout, [GreedyCook(0.1), GreedyCook(0.1)]).mean() >= 40


def test_same_seed_same_play():
    kitchen = make("overcooked", horizon=100)
    games = [play(kitchen, [GreedyCook(0.3)] * 2, 4, 5).actions for _ in range(2)]
    assert np.array_equal(*games)


def test_it_steps_aside_where_both_stood_still():
    kitchen = make("overcooked")
    state = kitchen.start({"cooks": [{"at": [1, 1]}, {"at": [2, 1]}]})
    cook = GreedyCook()
    memory = cook.begin(kitchen, 0, 1, 0)
    view = View(None, None, np.array([True]), state, 0)
    cook.act(memory, view)
    action, _ = cook.act(memory, view)
    # Only to the south is there room: west and north are counters, east stands the partner.
    assert action.tolist() == [1]


def test_it_plays_nothing_else():
    with pytest.raises(InputError, match="Overcooked"):
        GreedyCook().begin(make("lever"), 0, 1, 0)


@pytest.mark.parametrize("slip", [-0.1, 1.1])
def test_a_slip_is_a_chance(slip):
    with pytest.raises(InputError, match="slip"):
        GreedyCook(slip)
