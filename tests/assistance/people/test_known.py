import numpy as np
import pytest

from assisting import best_by_decision_rules, random_game
from comity.assistance.people import solve_known


@pytest.mark.parametrize("seed", range(3))
def test_a_single_goal_needs_no_person_to_tell(seed):
    game = random_game(np.random.default_rng(seed), goals=1, horizon=3, discount=0.9)
    found = solve_known(game).value(0)[0, game.start]
    assert found == pytest.approx(best_by_decision_rules(game))


def test_values_for_ever_solve_bellmans_equation(rng):
    game = random_game(rng, horizon=None, discount=0.8)
    known = solve_known(game)
    follow = np.einsum("shak,gshak->gsha", game.chances, known.values[0][:, game.next_states])
    again = game.rewards + 0.8 * follow
    assert known.joint[0] == pytest.approx(again, abs=1e-8)
    assert known.values[0] == pytest.approx(again.max(axis=(2, 3)), abs=1e-8)


def test_given_policies_are_averaged(rng):
    game = random_game(rng, states=2, horizon=2, discount=0.7)
    even = np.full((2, 2), 0.5)
    person = np.full((1, 2, 2, 2), 0.5)
    both = solve_known(game, assistant=even, person=person)
    mean = game.rewards.mean(axis=(2, 3))
    chain = np.zeros((2, 2))
    for s, h, a in np.ndindex(2, 2, 2):
        for _, follows, chance in game.successors(s, h, a):
            chain[s, follows] += chance / 4
    assert both.value(0) == pytest.approx(mean + 0.7 * mean @ chain.T)
    one = solve_known(game, assistant=even).value(0)
    other = solve_known(game, person=person).value(0)
    free = solve_known(game).value(0)
    assert (both.value(0) <= np.minimum(one, other) + 1e-12).all()
    assert (np.maximum(one, other) <= free + 1e-12).all()
