import numpy as np
import pytest

from assisting import random_game
from comity.assistance.people import RATIONAL, Reply
from comity.assistance.solving.backup import Update, backup_depth, solve_layers
from comity.assistance.solving.hidden import one_person


def best_vectors(game, procedure, prune):
    update = Update(one_person(game, procedure), 1e-12, prune)
    layers = solve_layers(update, game.horizon)
    stage = layers[game.horizon][game.start]
    return stage.vectors[stage.useful], update


@pytest.mark.parametrize("procedure", [RATIONAL, Reply(error=0.3)])
@pytest.mark.parametrize("seed", range(3))
def test_pruning_loses_nothing_at_any_belief(seed, procedure):
    rng = np.random.default_rng(seed)
    game = random_game(rng, branching=1, horizon=3)
    pruned, _ = best_vectors(game, procedure, True)
    every, _ = best_vectors(game, procedure, False)
    beliefs = rng.dirichlet(np.ones(2), size=500)
    assert len(pruned) <= len(every)
    assert (pruned @ beliefs.T).max(axis=0) == pytest.approx((every @ beliefs.T).max(axis=0))


def test_every_plan_of_one_step_is_an_action():
    game = random_game(np.random.default_rng(1), assistant=3, horizon=1)
    vectors, update = best_vectors(game, RATIONAL, False)
    expected = game.rewards[:, game.start].max(axis=1).T
    assert np.sort(vectors, axis=0) == pytest.approx(np.sort(expected, axis=0))
    assert update.largest == 3


def test_only_states_that_can_be_met_are_worked_out():
    game = random_game(np.random.default_rng(2), states=6, branching=1, horizon=2)
    update = Update(one_person(game, RATIONAL), 1e-12, True)
    layers = solve_layers(update, 2)
    assert set(layers[2]) == {game.start}
    assert len(layers[0]) <= 6
    assert backup_depth(update.hidden) == 2 * 1 + 2 + 1
