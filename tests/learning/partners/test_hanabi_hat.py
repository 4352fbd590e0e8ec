import numpy as np
import pytest

from comity.learning import make, play
from comity.learning.partners.hanabi_hat import HatBot
from hanabi_seats import Blindfold, Stranger

PUBLISHED = {2: 22.52, 3: 24.79, 4: 24.94, 5: 24.92}


@pytest.mark.parametrize("players", PUBLISHED)
def test_teams_score_what_is_published(players):
    """2,000 games have a standard error of at most .04; the seed is fixed."""
    environment = make("hanabi", players=players, bombing="keeps points")
    scores = play(environment, [HatBot()] * players, 2_000, rng=1).scores[:, 0]
    assert scores.mean() == pytest.approx(PUBLISHED[players], abs=0.1)


@pytest.mark.parametrize("players", [2, 5])
def test_it_reads_nothing_that_its_seat_does_not_see(players):
    environment = make("hanabi", players=players)
    plain = play(environment, [HatBot()] * players, 200, rng=3)
    blind = play(environment, [Blindfold(HatBot()) for _ in range(players)], 200, rng=3)
    assert np.array_equal(plain.actions, blind.actions)


def test_it_plays_variants_and_with_strangers():
    for variant in ({"ranks": 3, "colours": 2, "hand": 2}, {"players": 3, "information": 2}):
        environment = make("hanabi", **variant)
        seats = len(environment.shape.players)
        played = play(environment, [HatBot()] + [Stranger()] * (seats - 1), 200, rng=2)
        assert played.lengths.max() <= environment.shape.horizon
