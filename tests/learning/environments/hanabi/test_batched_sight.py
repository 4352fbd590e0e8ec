import numpy as np

from comity.learning import make
from comity.learning.environments.hanabi.batched_sight import seen, turned
from comity.learning.environments.hanabi.rules import MOVER


def test_packed_and_expanded_are_the_same_sight():
    environment = make("hanabi", "jax", players=3)
    state = environment.step(environment.begin(2, 5), np.full((5, 3), 5)).state
    view = turned(state, environment.rules)
    words = np.asarray(seen(view, environment.rules))
    bits = (words[..., None] >> np.arange(32, dtype=np.uint32)) & 1
    whole = bits.reshape(5, 3, -1)[:, :, : environment.length]
    assert np.array_equal(whole, np.asarray(environment.observe(state)))


def test_each_seat_counts_from_itself():
    environment = make("hanabi", "jax", players=3)
    state = environment.step(environment.begin(2, 1), np.full((1, 3), 5)).state
    view = turned(state, environment.rules)
    for seat in range(3):
        for offset in range(3):
            own = state.hands[(seat + offset) % 3][0]
            assert view.hands[offset][0, seat] == own
        assert int(view.last[0, seat]) >> MOVER & 7 == -seat % 3


def test_all_is_legal_for_those_who_wait_and_when_a_game_is_over():
    environment = make("hanabi", "jax", lives=1)
    state = environment.begin(0, 40)
    assert np.asarray(environment.legal(state))[:, 1].all()
    step = environment.step(state, np.full((40, 2), 5))
    done = np.asarray(step.done)
    assert done.any()
    assert np.asarray(environment.legal(step.state))[done].all()
