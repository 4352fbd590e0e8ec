import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import decks, kernel
from comity.learning.environments.hanabi.loops import roam
from comity.learning.partners.hanabi_weights import left_planes, share, unseen_planes, weigh


def test_copies_left_are_those_not_public_and_not_seen():
    environment = make("hanabi", lives=7, players=3)
    rules, words = environment.rules, environment.begin(1, 30)
    out = np.zeros((30, 3, 1), dtype=np.uint64)
    roam(words, 25, out, False, environment._sorted, environment.facts, np.uint64(5))
    whole = np.bincount(decks.sorted_deck(rules), minlength=25)
    for row in words:
        public = np.array(
            [kernel.gone_of(row, c) + (kernel.pile(row, c // 5) > c % 5) for c in range(25)]
        )
        hands = [
            [kernel.card_at(row, p, at) for at in range(kernel.hand_of(row, p, rules))]
            for p in range(3)
        ]
        others = np.bincount(hands[0] + hands[2], minlength=25)
        for planes, left in (
            (left_planes(row, rules), whole - public),
            (unseen_planes(row, 1, rules), whole - public - others),
        ):
            assert [weigh(1 << card, planes) for card in range(25)] == left.tolist()
            assert weigh((1 << 25) - 1, planes) == left.sum()
            assert share((1 << 25) - 1, 31, planes) == pytest.approx(left[:5].sum() / left.sum())
