import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import make
from comity.learning.environments.hanabi import decks

RULES = make("hanabi").rules
SMALL = make("hanabi", colours=2, ranks=3, hand=2).rules


def test_a_deck_has_ten_cards_a_colour():
    found = np.bincount(decks.sorted_deck(RULES))
    assert found.tolist() == [3, 2, 2, 2, 1] * 5


@pytest.mark.parametrize("rules", [RULES, SMALL])
def test_words_text_and_numbers_are_the_same_deck(rules):
    shuffled = np.random.default_rng(1).permuted(np.tile(decks.sorted_deck(rules), (4, 1)), axis=1)
    assert np.array_equal(decks.unpacked(decks.packed(shuffled, rules), rules), shuffled)
    for deck in shuffled:
        assert np.array_equal(decks.read_deck(decks.deck_text(deck), rules, "deck"), deck)
        numbers = [int(card) // 5 * rules.ranks + int(card) % 5 for card in deck]
        assert np.array_equal(decks.read_deck(numbers, rules, "deck"), deck)


WHOLE = decks.deck_text(decks.sorted_deck(SMALL))


@pytest.mark.parametrize(
    ("deck", "words"),
    [
        (None, "no cards"),
        ("", "not a whole deck"),
        (WHOLE + " R1", "not a whole deck"),
        (WHOLE.replace("Y3", "R3"), "found 2 of R3; expected 1"),
        (WHOLE.replace("Y3", "G3"), "no such card"),
        (WHOLE.replace("Y3", "Y4"), "no such card"),
        (WHOLE.replace("Y3", "Y33"), "no such card"),
        ([0] * 12, "not a deck of this game"),
        ([*range(6), *range(6, 12)], "no such card"),
        ([True] * 12, "no such card"),
    ],
)
def test_a_deck_that_is_none_is_refused_with_the_reason(deck, words):
    with pytest.raises(InputError, match=words):
        decks.read_deck(deck, SMALL, "deck")


def test_colours_exchanged_and_back_is_the_same_deck():
    deck = decks.sorted_deck(RULES)[None]
    turned = decks.relabelled(deck, [1, 2, 3, 4, 0])
    assert turned[0, 0] == 5
    assert np.array_equal(decks.relabelled(turned, [4, 0, 1, 2, 3]), deck)
