import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi.kernel import card_at, hand_of
from comity.learning.environments.hanabi.loops import roam
from comity.learning.partners import hanabi_hat_numbers as hat
from comity.learning.partners.hanabi_masks import playable_set, start_sets, surely
from comity.learning.partners.hanabi_weights import left_planes


@pytest.fixture(scope="module")
def positions():
    environment = make("hanabi", lives=7, players=4)
    words = environment.begin(1, 60)
    out = np.zeros((60, 4, 1), dtype=np.uint64)
    roam(words, 18, out, False, environment._sorted, environment.facts, np.uint64(5))
    return environment.rules, words


@pytest.mark.parametrize("total", [2, 3, 7, 12])
def test_everybody_learns_the_same_true_things_from_one_number(positions, total):
    """The mover's sum is read by each seat: all hold the same sets, and each holds its card."""
    rules, words = positions
    narrower = 0
    for row in words:
        start = np.zeros((4, rules.hand), dtype=np.int64)
        start_sets(row, start, rules)
        mine = start.copy()
        number = hat.hat_sum(row, mine, 0, total, rules)
        assert 0 <= number < total
        for seat in (1, 2, 3):
            theirs = start.copy()
            hat.learn_from_number(row, theirs, 0, seat, number, total, rules)
            assert np.array_equal(theirs, mine)
        for player in range(4):
            for place in range(hand_of(row, player, rules)):
                assert int(mine[player, place]) >> card_at(row, player, place) & 1
        assert np.array_equal(mine[0], start[0])
        narrower += (mine != start).sum()
    assert narrower > 60


def test_groups_are_dealt_out_in_turn_and_the_dead_are_one():
    cards, dead = 0b1111101, 0b0000101
    found = [hat.group_of(card, cards, dead, 4) for card in (0, 2, 3, 4, 5, 6)]
    assert found == [3, 3, 0, 1, 2, 0]
    assert hat.groups(cards, dead, 4) == 4
    assert hat.groups(0b11000, 0, 9) == 2
    assert [hat.group_of(card, 0b11000, 0, 9) for card in (3, 4)] == [0, 1]


def test_who_knows_no_playable_card_is_told_of_the_first(positions):
    rules, words = positions
    found = 0
    for row in words:
        sets = np.zeros((4, rules.hand), dtype=np.int64)
        start_sets(row, sets, rules)
        playable = playable_set(row, rules)
        size = hand_of(row, 1, rules)
        truly = any(playable >> card_at(row, 1, place) & 1 for place in range(size))
        if not hat.knows_playable(sets[1], size, playable):
            hat.hat_of(row, 1, sets[1], 12, left_planes(row, rules), rules)
            assert any(surely(sets[1, place], playable) for place in range(size)) == truly
            found += truly
    assert found > 20


def test_dead_cards_and_twins_are_found():
    found = np.zeros(8, dtype=np.int64)
    hand = np.array([0b11, 0b1000, 0b1000, 0b110000])
    assert hat.dead_ones(hand, 4, 0b11, found) == 3
    assert found[:3].tolist() == [0, 1, 2]


def test_a_discard_with_tokens_left_says_that_nobody_lacked_a_hint(positions):
    rules, words = positions
    checked = 0
    for row in words:
        sets = np.zeros((4, rules.hand), dtype=np.int64)
        start_sets(row, sets, rules)
        if not hat.lacks_hint(row, sets, 0, rules):
            hat.needs_no_hint(row, sets, 0, rules)
            for player in (1, 2, 3):
                for place in range(hand_of(row, player, rules)):
                    assert int(sets[player, place]) >> card_at(row, player, place) & 1
            checked += 1
        else:
            assert any(
                playable_set(row, rules) >> card_at(row, player, place) & 1
                for player in (1, 2, 3)
                for place in range(hand_of(row, player, rules))
            )
    assert checked < 60
