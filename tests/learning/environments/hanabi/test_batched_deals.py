import jax
import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import batched_deals, decks
from comity.learning.environments.hanabi.batched import rows_of
from comity.learning.environments.hanabi.batched_deals import ROUNDS, shuffled


@pytest.fixture(autouse=True, params=["as on a CPU", "as on a GPU"])
def device(request, monkeypatch):
    monkeypatch.setattr(batched_deals, "on_cpu", lambda: request.param == "as on a CPU")


def test_shuffles_are_whole_decks_and_even():
    rules = make("hanabi", colours=1, ranks=3, hand=1).rules
    deck = np.asarray(shuffled(jax.random.key(0), 30_000, rules))
    assert (np.sort(deck, axis=0) == decks.sorted_deck(rules)[:, None]).all()
    for place in (0, 5):
        share = np.bincount(deck[place], minlength=3) / 30_000
        assert share == pytest.approx(np.array([3, 2, 1]) / 6, abs=5 * np.sqrt(0.25 / 30_000))


@pytest.mark.parametrize("ended", [0, 1, 40])
def test_only_games_that_are_done_are_renewed_however_many(ended):
    environment = make("hanabi", "jax")
    state = environment.step(environment.begin(0, 48), np.full((48, 2), 5)).state
    done = np.arange(48) < ended
    assert ended in (0, 1) or ended > 48 // ROUNDS
    before, after = rows_of(state), rows_of(environment.renew(state, done, 3))
    assert np.array_equal(after[~done], before[~done])
    assert (after[done, 2] == 0).all()
    fresh = decks.unpacked(after[done, -9:], environment.rules)
    assert (np.sort(fresh, axis=1) == decks.sorted_deck(environment.rules)).all()
    assert len(np.unique(fresh, axis=0)) == ended


def test_neighbours_in_a_deck_are_drawn_without_memory():
    rules = make("hanabi", colours=1, ranks=3, hand=1).rules
    deck = np.asarray(shuffled(jax.random.key(1), 30_000, rules))
    after_the_last = np.bincount(deck[1][deck[0] == 2], minlength=3)
    share = after_the_last / after_the_last.sum()
    bound = 5 * np.sqrt(0.25 / after_the_last.sum())
    assert share == pytest.approx(np.array([3, 2, 0]) / 5, abs=bound)
