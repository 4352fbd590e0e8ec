import pytest

from comity.learning.environments.make import make
from comity.learning.policies.playing import play
from comity.learning.training.agents import policy_of
from comity.learning.training.shipped import shipped

MOST_BYTES = 5_000_000


def test_all_are_small_and_can_be_read():
    assert sum(path.stat().st_size for path in shipped().values()) < MOST_BYTES
    for name, path in shipped().items():
        assert policy_of(path).name == name


def test_a_pair_of_the_hanabi_agent_scores_as_it_did():
    player = policy_of(shipped()["hanabi-two-players"])
    scores = play(make("hanabi"), [player, player], 60, rng=0).scores[:, 0]
    assert scores.mean() == pytest.approx(20.7, abs=5 * scores.std() / 60**0.5)
    assert scores.std() < 4


def test_the_cook_serves_twelve_soups_with_itself():
    cook = policy_of(shipped()["overcooked-cramped-room"])
    scores = play(make("overcooked"), [cook, cook], 4, rng=0).scores
    assert scores.tolist() == [[240.0, 240.0]] * 4
