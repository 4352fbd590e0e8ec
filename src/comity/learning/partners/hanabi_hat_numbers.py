"""Numbers that answer questions about hands, and what a player learns from its own.

A question about a hand follows from what is public. Several are asked as long as there is room:
answers are digits of one number, the first the lowest.
"""

from __future__ import annotations

import numpy as np

from comity.learning.environments.hanabi.kernel import card_at, compiled, hand_of, seat_after
from comity.learning.environments.hanabi.rules import Rules
from comity.learning.partners.hanabi_masks import is_one, playable_set, surely, worth_sets
from comity.learning.partners.hanabi_weights import Planes, left_planes, share

NOTHING, FIRST_OF, PLAYABLE, GROUP = range(4)
"""Kinds of questions: none; which of a list is the first that is playable or dead; is a card
playable; which group is a card in."""

LIKELY, WIDTH = 0.7, 0.2
"""Whether a card is playable is asked alone if the chance is this, give or take."""

ASKS_DEAD = 8
"""Added to the place of a card in a list where it is asked whether the card is dead."""


@compiled
def ask(
    hand: np.ndarray,
    size: int,
    room: int,
    playable: int,
    dead: int,
    planes: Planes,
    asked: np.ndarray,
) -> tuple[int, int, int]:
    """Return a question about a hand: its kind, how many answers it has, and the card.

    ``hand`` is what each card may be; ``room`` how many answers there may be at most. For a
    question of the kind `FIRST_OF` the cards are written to ``asked``.
    """
    knows_playable, knows_dead = False, False
    for place in range(size):
        knows_playable |= surely(hand[place], playable)
        knows_dead |= surely(hand[place], dead)
    if not knows_playable:
        listed = list_cards(hand, size, room - 1, playable, dead, knows_dead, planes, asked)
        if listed > 0:
            return FIRST_OF, listed + 1, -1
    likely, nearest = -1, WIDTH
    group, least = -1, 2.0
    for place in range(size):
        cards = hand[place]
        if surely(cards, dead) or is_one(cards):
            continue
        off = abs(share(cards, playable, planes) - LIKELY)
        if off < nearest:
            likely, nearest = place, off
        chance = share(cards, dead, planes)
        if chance < least:
            group, least = place, chance
    if likely >= 0:
        return PLAYABLE, 2, likely
    if group < 0:
        return NOTHING, 1, -1
    return GROUP, groups(hand[group], dead, room), group


@compiled
def list_cards(
    hand: np.ndarray,
    size: int,
    room: int,
    playable: int,
    dead: int,
    knows_dead: bool,
    planes: Planes,
    asked: np.ndarray,
) -> int:
    """Write the cards to ask about, those asked whether playable first: return how many.

    The likeliest are kept if there is no room for all; of what is kept the least likely come
    first, since only what comes before the first "yes" is answered as well.
    """
    chances = np.zeros(2 * ASKS_DEAD)
    total = 0
    for asks_dead in range(2):
        if asks_dead and knows_dead:
            break
        those, start = (dead if asks_dead else playable), total
        for place in range(size):
            cards = hand[place]
            if surely(cards, dead) or is_one(cards) or cards & those == 0:
                continue
            chance = share(cards, those, planes)
            at = total
            while at > start and chances[at - 1] > chance:
                chances[at], asked[at] = chances[at - 1], asked[at - 1]
                at -= 1
            chances[at], asked[at] = chance, place + asks_dead * ASKS_DEAD
            total += 1
        if total >= room:
            spare = total - room
            for at in range(start, room):
                asked[at] = asked[at + spare]
            return room
    return total


@compiled
def groups(cards: int, dead: int, room: int) -> int:
    """Return into how many groups what a card may be is split: dead cards are one."""
    split = room - (cards & dead != 0)
    alive = 0
    for card in range(25):
        alive += (cards & ~dead) >> card & 1
    return min(alive, split) + (cards & dead != 0)


@compiled
def group_of(card: int, cards: int, dead: int, room: int) -> int:
    """Return the group of a card: those not dead are dealt out in turn, then come the dead."""
    amount = groups(cards, dead, room)
    if (dead >> card) & 1:
        return amount - 1
    split, before = room - (cards & dead != 0), 0
    for other in range(card):
        before += (cards & ~dead) >> other & 1
    return before % split


@compiled
def answer(
    question: tuple[int, int, int],
    asked: np.ndarray,
    row: np.ndarray,
    player: int,
    hand: np.ndarray,
    room: int,
    playable: int,
    dead: int,
) -> int:
    """Return the answer for the hand that a player really holds."""
    kind, amount, place = question
    if kind == FIRST_OF:
        for which in range(amount - 1):
            those = dead if asked[which] >= ASKS_DEAD else playable
            if (those >> card_at(row, player, asked[which] % ASKS_DEAD)) & 1:
                return which + 1
        return 0
    card = card_at(row, player, place)
    if kind == PLAYABLE:
        return (playable >> card) & 1
    return group_of(card, hand[place], dead, room)


@compiled
def learn(
    question: tuple[int, int, int],
    asked: np.ndarray,
    found: int,
    hand: np.ndarray,
    room: int,
    playable: int,
    dead: int,
) -> None:
    """Narrow what the cards of a hand may be by an answer."""
    kind, amount, place = question
    if kind == FIRST_OF:
        for which in range(amount - 1):
            at = asked[which] % ASKS_DEAD
            those = dead if asked[which] >= ASKS_DEAD else playable
            if found == which + 1:
                keep(hand, at, those)
                return
            keep(hand, at, ~those)
    elif kind == PLAYABLE:
        keep(hand, place, playable if found else ~playable)
    else:
        cards, kept = hand[place], 0
        for card in range(25):
            if (cards >> card) & 1 and group_of(card, cards, dead, room) == found:
                kept |= 1 << card
        keep(hand, place, kept)


@compiled
def keep(hand: np.ndarray, place: int, those: int) -> None:
    """Narrow a card to those unless nothing were left, as among strangers."""
    if hand[place] & those:
        hand[place] &= those


@compiled
def hat_of(
    row: np.ndarray, player: int, hand: np.ndarray, total: int, planes: Planes, rules: Rules
) -> int:
    """Return the number of a hand below ``total``, and narrow ``hand`` as its holder will."""
    asked = np.zeros(2 * ASKS_DEAD, dtype=np.int64)
    playable, dead = playable_set(row, rules), worth_sets(row, rules)[0]
    size, value, modulus = hand_of(row, player, rules), 0, 1
    while True:
        room = (total - value - 1) // modulus + 1
        question = ask(hand, size, room, playable, dead, planes, asked)
        if room == 1 or question[0] == NOTHING:
            return value
        found = answer(question, asked, row, player, hand, room, playable, dead)
        learn(question, asked, found, hand, room, playable, dead)
        value += modulus * found
        modulus = min(total, modulus * question[1])


@compiled
def learn_own(
    row: np.ndarray, seat: int, hand: np.ndarray, value: int, total: int, rules: Rules
) -> None:
    """Narrow a player's own hand by its number."""
    asked = np.zeros(2 * ASKS_DEAD, dtype=np.int64)
    playable, dead = playable_set(row, rules), worth_sets(row, rules)[0]
    planes, size, room = left_planes(row, rules), hand_of(row, seat, rules), total
    while True:
        question = ask(hand, size, room, playable, dead, planes, asked)
        if room == 1 or question[0] == NOTHING:
            return
        found = value % question[1]
        learn(question, asked, found, hand, room, playable, dead)
        value //= question[1]
        room = (room - found - 1) // question[1] + 1


@compiled
def hat_sum(row: np.ndarray, sets: np.ndarray, mover: int, total: int, rules: Rules) -> int:
    """Return the sum of the numbers of all hands but the mover's, and narrow their sets."""
    planes, value = left_planes(row, rules), 0
    for offset in range(1, rules.players):
        player = seat_after(mover, offset, rules.players)
        value += hat_of(row, player, sets[player], total, planes, rules)
    return value % total


@compiled
def learn_from_number(
    row: np.ndarray, sets: np.ndarray, mover: int, seat: int, value: int, total: int, rules: Rules
) -> None:
    """Narrow all sets by a number that the mover told, as a seat can: its own by subtraction."""
    planes = left_planes(row, rules)
    for offset in range(1, rules.players):
        player = seat_after(mover, offset, rules.players)
        if player != seat:
            value -= hat_of(row, player, sets[player], total, planes, rules)
    if seat != mover:
        learn_own(row, seat, sets[seat], value % total, total, rules)


@compiled
def dead_ones(hand: np.ndarray, size: int, dead: int, found: np.ndarray) -> int:
    """Write the cards of a hand known to be dead, or twins of another: return how many."""
    total = 0
    for place in range(size):
        twin = False
        for other in range(size):
            twin |= other != place and is_one(hand[place]) and hand[other] == hand[place]
        if surely(hand[place], dead) or twin:
            found[total] = place
            total += 1
    return total


@compiled
def knows_playable(hand: np.ndarray, size: int, playable: int) -> bool:
    """Return whether a player knows a card of its hand to be playable."""
    knows = False
    for place in range(size):
        knows |= surely(hand[place], playable)
    return knows


@compiled
def lacks_hint(row: np.ndarray, sets: np.ndarray, mover: int, rules: Rules) -> bool:
    """Return whether somebody else has a playable card and knows of none."""
    playable = playable_set(row, rules)
    for offset in range(1, rules.players):
        player = seat_after(mover, offset, rules.players)
        size = hand_of(row, player, rules)
        if knows_playable(sets[player], size, playable):
            continue
        for place in range(size):
            if (playable >> card_at(row, player, place)) & 1:
                return True
    return False


@compiled
def needs_no_hint(row: np.ndarray, sets: np.ndarray, mover: int, rules: Rules) -> None:
    """Note that nobody else has a playable card and knows of none."""
    playable = playable_set(row, rules)
    for offset in range(1, rules.players):
        player = seat_after(mover, offset, rules.players)
        size = hand_of(row, player, rules)
        if not knows_playable(sets[player], size, playable):
            for place in range(size):
                keep(sets[player], place, ~playable)
