"""Rules of thumb of Hanabi: each returns an action where it applies, else -1."""

from __future__ import annotations

import numpy as np

from comity.learning.environments.hanabi.kernel import (
    card_at,
    colour_of,
    compiled,
    hand_of,
    hint_of,
    information_of,
    legal_bits,
    lives_of,
    rank_of,
    seat_after,
    word,
)
from comity.learning.environments.hanabi.loops import count
from comity.learning.environments.hanabi.rules import HANDS, RANKS_TOLD, Rules
from comity.learning.partners.hanabi_masks import (
    kind_set,
    playable_set,
    surely,
    told_set,
    worth_sets,
)
from comity.learning.partners.hanabi_weights import share, unseen_planes

RULES = {
    "play sure": 0,
    "play at .8": 1,
    "play at .6": 2,
    "play at .4": 3,
    "discard dead": 4,
    "discard likely dead": 5,
    "discard oldest": 6,
    "discard not last": 7,
    "tell playable": 8,
    "tell playable by rank": 9,
    "tell playable by colour": 10,
    "tell last": 11,
    "tell dead": 12,
    "tell most": 13,
    "tell anything": 14,
}
"""Rules by name.

``play``: the likeliest card if it is playable with this chance, on chance only with two lives or
more. ``discard``: a card surely dead; the card likeliest dead; the oldest; the card that is least
likely the last of its kind. ``tell``: somebody of a playable card that they do not know to be
playable, by what is left to tell or as named; of a card that is the last of its kind; of a dead
one; the hint that newly touches most cards; the first legal hint.
"""

THRESHOLDS = np.array([1.0, 0.8, 0.6, 0.4])


@compiled
def own_set(row: np.ndarray, seat: int, place: int, unseen: int, rules: Rules) -> int:
    """Return what an own card may be: what was told, less what the seat sees all of."""
    told = told_set(row, seat, place, rules)
    return told & unseen if told & unseen else told


@compiled
def play_likely(row: np.ndarray, seat: int, threshold: float, rules: Rules) -> int:
    """Return the play of the likeliest card if likely enough."""
    if threshold < 1 and lives_of(row) < 2:
        return -1
    planes, playable = unseen_planes(row, seat, rules), playable_set(row, rules)
    best, place = threshold - 1e-9, -1
    for card in range(hand_of(row, seat, rules)):
        cards = own_set(row, seat, card, planes[0], rules)
        if cards & playable:
            chance = share(cards, playable, planes)
            if chance > best:
                best, place = chance, card
    return rules.hand + place if place >= 0 else -1


@compiled
def discard_by(row: np.ndarray, seat: int, rule: int, rules: Rules) -> int:
    """Return a discard: surely dead (4), likely dead (5), oldest (6), least likely last (7)."""
    if information_of(row) == rules.information:
        return -1
    if rule == 6:
        return 0
    planes = unseen_planes(row, seat, rules)
    dead, last = worth_sets(row, rules)
    best, place = (1.0 - 1e-9 if rule == 4 else 1e-9), -1
    for card in range(hand_of(row, seat, rules)):
        cards = own_set(row, seat, card, planes[0], rules)
        chance = share(cards, ~last if rule == 7 else dead, planes)
        if chance > best:
            best, place = chance, card
    return place


@compiled
def hint_action(offset: int, by_rank: int, value: int, rules: Rules) -> int:
    """Return the action that tells a player of a colour or a rank."""
    if by_rank:
        first = 2 * rules.hand + (rules.players - 1) * rules.colours
        return first + (offset - 1) * rules.ranks + value
    return 2 * rules.hand + (offset - 1) * rules.colours + value


@compiled
def tell_of(row: np.ndarray, seat: int, those: int, how: int, rules: Rules) -> int:
    """Return a hint of a card that is one of those, which its holder does not know.

    ``how`` is 1 by rank, 0 by colour, 2 by whichever was not told yet, the rank first.
    """
    if information_of(row) == 0:
        return -1
    for offset in range(1, rules.players):
        player = seat_after(seat, offset, rules.players)
        heard = word(row, HANDS + 3 * rules.players + player)
        for place in range(hand_of(row, player, rules)):
            card = card_at(row, player, place)
            if not (those >> card) & 1 or surely(told_set(row, player, place, rules), those):
                continue
            knows_colour, knows_rank = (heard >> place) & 1, (heard >> (RANKS_TOLD + place)) & 1
            if how != 0 and not knows_rank:
                return hint_action(offset, 1, rank_of(card), rules)
            if how != 1 and not knows_colour:
                return hint_action(offset, 0, colour_of(card), rules)
    return -1


@compiled
def tell_most(row: np.ndarray, seat: int, rules: Rules) -> int:
    """Return the hint that tells most cards something new."""
    if information_of(row) == 0:
        return -1
    best, action = 0, -1
    first, kinds = 2 * rules.hand, rules.colours + rules.ranks
    for hint in range(first, first + (rules.players - 1) * kinds):
        offset, by_rank, value = hint_of(hint, rules)
        player, kind = seat_after(seat, offset, rules.players), kind_set(by_rank, value)
        heard, touched = word(row, HANDS + 3 * rules.players + player) >> (RANKS_TOLD * by_rank), 0
        for place in range(hand_of(row, player, rules)):
            touched |= ((kind >> card_at(row, player, place)) & 1) << place
        news = count(touched & ~heard)
        if news > best:
            best, action = news, hint
    return action


@compiled
def tell_anything(row: np.ndarray, rules: Rules) -> int:
    """Return the first legal hint."""
    bits = legal_bits(row, rules) >> (2 * rules.hand)
    return 2 * rules.hand + count((bits & -bits) - 1) if bits else -1


@compiled
def rule_action(row: np.ndarray, seat: int, rule: int, rules: Rules) -> int:
    """Return the action of a rule for the seat that is to move, or -1."""
    if rule < 4:
        return play_likely(row, seat, THRESHOLDS[rule], rules)
    if rule < 8:
        return discard_by(row, seat, rule, rules)
    if rule == 13:
        return tell_most(row, seat, rules)
    if rule == 14:
        return tell_anything(row, rules)
    if rule > 10:
        dead, last = worth_sets(row, rules)
        return tell_of(row, seat, last if rule == 11 else dead, 2, rules)
    how = 2 if rule == 8 else 10 - rule
    return tell_of(row, seat, playable_set(row, rules), how, rules)
