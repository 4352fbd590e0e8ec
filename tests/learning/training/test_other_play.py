import jax
import jax.numpy as jnp
import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.training.other_play import OtherPlay, exchanged

LEVERS = 4


@pytest.fixture(scope="module")
def environment():
    """Three levers that pay 1 and one that pays .9."""
    return OtherPlay(make("lever", "jax", payoffs=[1.0, 1.0, 1.0, 0.9]))


def test_places_come_from_where_the_labels_were():
    slots = np.array([[0, 3], [1, 4], [2, 5]])
    come = np.asarray(exchanged(slots, jnp.array([1, 2, 0]), 7))
    before = np.array(["a0", "b0", "c0", "a1", "b1", "c1", "rest"])
    # What stood at a stands at b now, b's at c, c's at a.
    assert before[come].tolist() == ["c0", "a0", "b0", "c1", "a1", "b1", "rest"]


def test_strangers_meet_by_chance_alone_unless_they_take_the_odd_one(environment):
    games = 20_000
    state = jax.jit(lambda key: environment.begin(key, games))(jax.random.key(0))
    assert np.sort(np.asarray(state.meant), axis=2).tolist() == [[[0, 1, 2, 3]] * 2] * games
    mean = [
        float(environment.step(state, jnp.full((games, 2), lever)).rewards.mean())
        for lever in range(LEVERS)
    ]
    assert mean[:3] == pytest.approx([1 / 3] * 3, abs=0.02)
    assert mean[3] == pytest.approx(0.9)


def test_all_names_are_as_likely_and_players_draw_apart(environment):
    meant = np.asarray(environment.begin(1, 6000).meant)[:, :, :3]
    codes = meant @ [9, 3, 1]
    counts = np.unique(codes[:, 0], return_counts=True)[1]
    assert counts == pytest.approx(np.full(6, 1000), abs=150)
    assert (codes[:, 0] == codes[:, 1]).mean() == pytest.approx(1 / 6, abs=0.03)


def test_a_given_start_keeps_the_usual_names(environment):
    state = environment.start([{}, {}])
    rewards = np.asarray(environment.step(state, jnp.array([[1, 1], [0, 2]])).rewards)
    assert rewards.tolist() == [[1.0, 1.0], [0.0, 0.0]]
    assert environment.given(state) == [{}, {}]
    assert np.asarray(environment.observe(state)).shape == (2, 2, 1)
    assert np.asarray(environment.legal(state)).all()
    assert np.asarray(environment.acting(state)).all()
    assert environment.shaped(state) == 0.0
    assert "lever 2" in environment.describe(0, 1)


def test_names_change_with_the_game(environment):
    state = environment.begin(2, 200)
    done = jnp.arange(200) < 100
    after = environment.renew(environment.step(state, jnp.zeros((200, 2), int)).state, done, 3)
    same = (np.asarray(after.meant) == np.asarray(state.meant)).all(axis=(1, 2))
    assert same[100:].all()
    assert same[:100].mean() < 0.2
    assert np.asarray(environment.acting(after)).all(axis=1).tolist() == np.asarray(done).tolist()


def test_a_game_without_symmetries():
    with pytest.raises(InputError, match="symmetries"):
        OtherPlay(make("tiny hanabi", "jax"))
