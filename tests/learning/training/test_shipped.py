import pytest

from comity.learning.environments.make import make
from comity.learning.policies.playing import play
from comity.learning.training.agents import policy_of
from comity.learning.training.shipped import shipped

MOST_BYTES = 1_000_000


@pytest.mark.parametrize("name", shipped())
def test_it_is_small_and_plays_its_game(name):
    path = shipped()[name]
    assert path.stat().st_size < MOST_BYTES
    assert policy_of(path).name == name


def test_the_cook_serves_twelve_soups_with_itself():
    cook = policy_of(shipped()["overcooked-cramped-room"])
    scores = play(make("overcooked"), [cook, cook], 4, rng=0).scores
    assert scores.tolist() == [[240.0, 240.0]] * 4
