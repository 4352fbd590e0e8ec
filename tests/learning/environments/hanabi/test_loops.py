import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import loops


def test_pick_and_count_see_every_bit():
    for bits in (1, 0b1011, 1 << 62, (1 << 63) - 1, 0x1234567):
        places = [place for place in range(63) if bits >> place & 1]
        assert loops.count(bits) == len(places)
        assert [loops.pick(bits, which) for which in range(len(places))] == places


def test_roaming_ends_games_and_sums_rewards():
    """Random play bombs soon: with points kept it scores about one and a quarter a game."""
    environment = make("hanabi", bombing="keeps points")
    words = environment.begin(1, 256)
    out = np.zeros((256, 2, 83), dtype=np.uint64)
    ended, total = loops.roam(
        words, 400, out, True, environment._sorted, environment.facts, np.uint64(9)
    )
    assert total / ended == pytest.approx(1.25, abs=0.1)
    assert np.array_equal(out, np.ascontiguousarray(_padded(environment, words)))


def _padded(environment, words):
    seen = environment.observe(words)
    whole = np.zeros((*seen.shape[:2], 83 * 8), dtype=np.uint8)
    whole[:, :, : seen.shape[2]] = seen
    return whole.view(np.uint64)


def test_the_first_illegal_game_is_named():
    environment = make("hanabi")
    words = environment.begin(1, 3)
    play = np.full((3, 2), 5)
    assert loops.first_illegal(words, play, environment.facts) == -1
    for bad in (0, -1, 99):
        play[1, 0] = bad
        assert loops.first_illegal(words, play, environment.facts) == 1
