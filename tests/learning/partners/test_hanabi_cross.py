import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import make, play
from comity.learning.partners.hanabi_cross import rule_cross_play
from comity.learning.partners.hanabi_rules import rule_family


def test_every_pair_scores_what_play_gives_on_the_same_decks():
    environment = make("hanabi", bombing="keeps points")
    bots = rule_family(3, rng=2)
    cross = rule_cross_play(bots, games=40, rng=np.random.default_rng(8))
    fresh = environment.begin(np.random.default_rng(8), 40)

    class Same:
        def __getattr__(self, name):
            return getattr(environment, name)

        def begin(self, rng, size):
            return fresh.copy()

    for one, other in np.ndindex(3, 3):
        scores = play(Same(), [bots[one], bots[other]], 40).scores[:, 0]
        assert cross.means[one, other] == pytest.approx(scores.mean())
        error = scores.std(ddof=1) / np.sqrt(40)
        assert cross.errors[one, other] == pytest.approx(error)


def test_threads_change_nothing():
    bots = rule_family(4, rng=2)
    one, two = (rule_cross_play(bots, games=30, rng=1, jobs=jobs) for jobs in (1, 2))
    assert np.array_equal(one.means, two.means)
    assert one.to_dict()["games"] == 30


def test_what_cannot_be_played_is_refused():
    with pytest.raises(InputError, match="two players"):
        rule_cross_play(rule_family(1), environment=make("hanabi", players=3))
    with pytest.raises(InputError, match="1 games"):
        rule_cross_play(rule_family(1), games=1)
