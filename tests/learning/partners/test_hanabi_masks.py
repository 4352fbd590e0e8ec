import itertools

import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import decks
from comity.learning.environments.hanabi.loops import roam
from comity.learning.partners import hanabi_masks as masks

COPIES = [3, 2, 2, 2, 1]


@pytest.fixture(scope="module")
def positions():
    """Positions in the middle of random games, where much has been discarded and played."""
    environment = make("hanabi", lives=7, players=3)
    words = environment.begin(1, 40)
    out = np.zeros((40, 3, 1), dtype=np.uint64)
    roam(words, 25, out, False, environment._sorted, environment.facts, np.uint64(5))
    return environment.rules, words


def cards_of(bits):
    return {(card // 5, card % 5) for card in range(25) if int(bits) >> card & 1}


def piles_and_gone(row):
    piles = [int(row[0]) >> 3 * colour & 7 for colour in range(5)]
    gone = [int(row[3]) >> 2 * card & 3 for card in range(15)]
    return piles, gone + [int(row[4]) >> 2 * card & 3 for card in range(10)]


def test_sets_of_cards_are_those_of_the_rules(positions):
    rules, words = positions
    for row in words:
        piles, gone = piles_and_gone(row)
        dead, last = map(cards_of, masks.worth_sets(row, rules))
        every = set(itertools.product(range(5), range(5)))
        assert cards_of(masks.all_set(rules)) == every
        reach = {
            c: next(
                (r for r in range(piles[c], 5) if gone[5 * c + r] == COPIES[r]),
                5,
            )
            for c in range(5)
        }
        assert dead == {(c, r) for c, r in every if r < piles[c] or r > reach[c]} | {
            (c, reach[c]) for c in range(5) if reach[c] < 5 and (c, reach[c]) in dead
        }
        alive = {(c, r) for c, r in every if piles[c] <= r < reach[c]}
        assert last == {(c, r) for c, r in alive if COPIES[r] - gone[5 * c + r] == 1}
        playable = {(c, piles[c]) for c in range(5) if piles[c] < 5}
        assert cards_of(masks.playable_set(row, rules)) == playable


def test_every_copy_is_counted_once(positions):
    rules, words = positions
    counts = np.zeros(25, dtype=np.int64)
    for row in words:
        masks.public_counts(row, counts, rules)
        seen = counts.copy()
        for player in range(3):
            masks.add_hand(row, player, seen, rules)
        dealt = int(row[1]) >> 6 & 63
        deck = decks.unpacked(row[None, -9:], rules)[0]
        assert seen.tolist() == np.bincount(deck[:dealt], minlength=25).tolist()
        full = cards_of(masks.full_set(seen, rules))
        assert full == {(c // 5, c % 5) for c in range(25) if seen[c] == COPIES[c % 5]}


def test_what_was_told_holds_the_card(positions):
    rules, words = positions
    sets = np.zeros((3, 5), dtype=np.int64)
    told = 0
    for row in words:
        masks.start_sets(row, sets, rules)
        for player, place in np.ndindex(3, masks.hand_of(row, 0, rules)):
            if place < masks.hand_of(row, player, rules):
                assert int(sets[player, place]) >> masks.card_at(row, player, place) & 1
                told += sets[player, place] != masks.all_set(rules)
    assert told > 50


def test_questions_about_a_set():
    assert masks.is_one(8)
    assert not masks.is_one(0)
    assert not masks.is_one(12)
    assert masks.only_card(1 << 24) == 24
    assert masks.surely(6, 7)
    assert not masks.surely(8, 7)
    assert masks.maybe(12, 4)
    assert not masks.maybe(12, 3)
    assert masks.kind_set(0, 1) == 31 << 5
    assert cards_of(masks.kind_set(1, 2)) == {(colour, 2) for colour in range(5)}


@pytest.mark.parametrize(
    ("cards", "those", "told", "kept"),
    [(0b110, 0b010, 0b111, 0b010), (0b100, 0b011, 0b110, 0b010), (0b100, 0b001, 0b110, 0b110)],
)
def test_a_broken_convention_falls_back_on_what_was_told(cards, those, told, kept):
    assert masks.narrowed(cards, those, told) == kept


def test_a_card_out_and_another_in():
    sets = np.array([1, 2, 3, 4])
    masks.shifted(sets, 1, 4, 9)
    assert sets.tolist() == [1, 3, 4, 9]
