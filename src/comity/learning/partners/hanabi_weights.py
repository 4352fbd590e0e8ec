"""How many copies of each card are left, as three sets of 25 bits: a share is then a few counts."""

from __future__ import annotations

import numpy as np

from comity.learning.environments.hanabi.kernel import card_at, compiled, gone_of, hand_of, pile
from comity.learning.environments.hanabi.loops import count
from comity.learning.environments.hanabi.rules import Rules
from comity.learning.partners.hanabi_masks import copies_of

Planes = tuple[int, int, int]
"""Cards of which at least one, two and three copies are left."""


@compiled
def left_planes(row: np.ndarray, rules: Rules) -> Planes:
    """Return the copies that lie neither on a pile nor in the discards."""
    one, two, three = 0, 0, 0
    for colour in range(rules.colours):
        height = pile(row, colour)
        for rank in range(rules.ranks):
            card = 5 * colour + rank
            left = copies_of(rank, rules) - gone_of(row, card) - (height > rank)
            one |= (left > 0) << card
            two |= (left > 1) << card
            three |= (left > 2) << card
    return one, two, three


@compiled
def unseen_planes(row: np.ndarray, seat: int, rules: Rules) -> Planes:
    """Return the copies left that a seat does not see in another hand."""
    one, two, three = left_planes(row, rules)
    for player in range(rules.players):
        if player == seat:
            continue
        for place in range(hand_of(row, player, rules)):
            card = 1 << card_at(row, player, place)
            if three & card:
                three &= ~card
            elif two & card:
                two &= ~card
            else:
                one &= ~card
    return one, two, three


@compiled
def weigh(cards: int, planes: Planes) -> int:
    """Return how many copies of the cards of a set are left."""
    return count(cards & planes[0]) + count(cards & planes[1]) + count(cards & planes[2])


@compiled
def share(cards: int, those: int, planes: Planes) -> float:
    """Return the chance that a card is one of those, all copies left being as likely."""
    return weigh(cards & those, planes) / max(weigh(cards, planes), 1)
