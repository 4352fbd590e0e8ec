"""Each rule against the hands and what was told, read from the plain words of the state."""

import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import kernel
from comity.learning.environments.hanabi.loops import roam
from comity.learning.partners.hanabi_masks import (
    kind_set,
    playable_set,
    told_set,
    worth_sets,
)
from comity.learning.partners.hanabi_rule_moves import RULES, rule_action


@pytest.fixture(scope="module")
def positions():
    environment = make("hanabi", lives=7, players=3)
    words = environment.begin(1, 150)
    out = np.zeros((150, 3, 1), dtype=np.uint64)
    roam(words, 20, out, False, environment._sorted, environment.facts, np.uint64(5))
    return environment.rules, words


@pytest.mark.parametrize("name", RULES)
def test_a_rule_answers_a_legal_action_of_its_kind_or_none(positions, name):
    rules, words = positions
    applied = 0
    for row in words:
        action = rule_action(row, int(row[1]) & 7, RULES[name], rules)
        if action >= 0:
            applied += 1
            assert kernel.legal_bits(row, rules) >> action & 1
            kinds = ["discard"] * rules.hand + ["play"] * rules.hand
            assert name.split()[0] == (kinds[action] if action < 2 * rules.hand else "tell")
    assert applied


def touched(row, action, rules):
    offset, by_rank, value = kernel.hint_of(action, rules)
    player = (int(row[1] & 7) + offset) % rules.players
    places = range(kernel.hand_of(row, player, rules))
    cards = [int(kernel.card_at(row, player, place)) for place in places]
    told = [told_set(row, player, place, rules) for place in places]
    kind = int(kind_set(by_rank, value))
    return [(card, int(know)) for card, know in zip(cards, told, strict=True) if kind >> card & 1]


def test_hints_are_about_what_they_say(positions):
    rules, words = positions
    about = {
        "tell playable": lambda row: playable_set(row, rules),
        "tell playable by rank": lambda row: playable_set(row, rules),
        "tell playable by colour": lambda row: playable_set(row, rules),
        "tell last": lambda row: worth_sets(row, rules)[1],
        "tell dead": lambda row: worth_sets(row, rules)[0],
    }
    for row in words:
        for name, those_of in about.items():
            action = rule_action(row, int(row[1]) & 7, RULES[name], rules)
            if action >= 0:
                those = int(those_of(row))
                cards = touched(row, action, rules)
                assert any(those >> card & 1 and know & ~those for card, know in cards)
                by_rank = kernel.hint_of(action, rules)[1]
                assert ("by rank" in name) <= by_rank <= ("by colour" not in name)


def test_the_first_hint_is_the_lowest_legal(positions):
    rules, words = positions
    for row in words:
        legal = [a for a in range(2 * rules.hand, 40) if kernel.legal_bits(row, rules) >> a & 1]
        found = rule_action(row, int(row[1]) & 7, RULES["tell anything"], rules)
        assert found == (legal[0] if legal else -1)


def test_chances_are_taken_with_two_lives_only():
    environment = make("hanabi", lives=1)
    for row in environment.begin(0, 50):
        assert rule_action(row, 0, RULES["play at .4"], environment.rules) == -1
