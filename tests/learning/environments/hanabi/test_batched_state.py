import jax.numpy as jnp
import numpy as np

from comity.learning import make
from comity.learning.environments.hanabi import batched_state as read
from comity.learning.environments.hanabi.rules import words_of


def test_a_fresh_game_is_read_as_the_rules_say():
    environment = make("hanabi", "jax", players=3, information=7, lives=2)
    state = environment.begin(0, 2)
    assert len(state.hands) == 3
    assert words_of(environment.rules) == 5 + 4 * 3 + len(state.deck)
    facts = (read.mover, read.information, read.lives, read.cards_dealt)
    assert [int(fact(state)[0]) for fact in facts] == [0, 7, 2, 15]
    assert int(read.held(state, 1, environment.rules)[0]) == 5
    assert not bool(read.is_over(state)[0])


def test_cards_are_taken_apart():
    cards = jnp.arange(25, dtype=jnp.uint32)
    assert np.array_equal(read.colour_of(cards), np.arange(25) // 5)
    assert np.array_equal(read.rank_of(cards), np.arange(25) % 5)


def test_the_score_is_the_sum_of_the_piles():
    rules = make("hanabi").rules
    board = jnp.uint32(5 | 3 << 3 | 1 << 12 | 8 << 15)
    assert int(read.score(board, rules)) == 9
