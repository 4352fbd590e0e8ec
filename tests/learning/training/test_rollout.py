import jax
import numpy as np
import pytest

from comity.learning.environments.make import make
from comity.learning.training.networks import Network
from comity.learning.training.rollout import Partners, Rollout, pick

GAMES, STEPS = 6, 5


@pytest.fixture(scope="module")
def played():
    """Tiny Hanabi, by a learner that remembers, beside two partners."""
    environment = make("tiny hanabi", "jax", game="E")
    network = Network(2, environment.shape.observations[0], 3, hidden=(4,), recurrent=3)
    stacked = jax.tree.map(lambda *x: np.stack(x), network.init(1), network.init(2))
    rollout = Rollout(environment, network, GAMES, Partners(network, stacked, 2))
    table = rollout.begin(jax.random.key(0))
    play = jax.jit(lambda *told: rollout.play(*told, steps=STEPS, shaping=0.0))
    return rollout, table, *play(network.init(0), table, jax.random.key(1))


def test_no_sample_is_made_of_a_player_that_waits(played):
    _, _, _, samples, happened = played
    assert samples.action.shape == (STEPS, GAMES, 1)
    assert (np.asarray(happened.acting).sum(axis=2) == 1).all()
    assert np.array_equal(np.asarray(samples.seat)[..., 0], np.argmax(happened.acting, axis=2))
    assert np.asarray(samples.seat)[:2, :, 0].tolist() == [[0] * GAMES, [1] * GAMES]


def test_the_learner_learns_from_its_own_seat_alone(played):
    samples = played[3]
    own = np.arange(GAMES) % 2
    assert np.array_equal(
        np.asarray(samples.learns)[..., 0], np.asarray(samples.seat)[..., 0] == own
    )


def test_games_end_and_begin_again(played):
    rollout, _, after, _, happened = played
    assert np.asarray(happened.done).sum(axis=1).tolist() == [0, GAMES, 0, GAMES, 0]
    assert np.asarray(happened.score)[[0, 2, 4]].tolist() == [[0.0] * GAMES] * 3
    payoffs = rollout.environment.payoffs
    assert set(np.asarray(happened.score)[1]) <= set(payoffs.ravel())
    assert np.array_equal(np.asarray(after.returns), np.zeros((GAMES, 2)))


def test_memory_moves_with_decisions_and_is_lost_with_the_game(played):
    _, before, after, _, _ = played
    assert not np.asarray(before.memory).any()
    moved = np.asarray(after.memory).any(axis=(2, 3))
    assert moved.tolist() == [[True, False]] * GAMES


def test_those_who_move_are_picked():
    everyone = np.arange(12).reshape(2, 3, 2)
    assert np.asarray(pick(everyone, np.array([[2], [0]]))).tolist() == [[[4, 5]], [[6, 7]]]
    assert pick(everyone, np.zeros((2, 3), dtype=int)) is everyone
