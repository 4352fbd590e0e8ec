"""SmartBot: hints mean that the newest card they touch is playable, or a warning.

Conventions, as published. All keep the same public sets of what each card may be.

* *Play.* A hint that makes no card certain to be playable says that the newest card it touches
  that may be playable is.
* *Warning.* A rank told to the next player of the card that it would discard next, where that card
  may be the last of its kind, says that it is: do not discard it. Nothing of the sort said, it is
  not the last.
* *Finesse.* Who discards a card known to be playable sees its twin as somebody's newest card; who
  sees it nowhere holds it.
* *Waiting.* When all tokens are there, who finds nothing to do tells the rank of the oldest card
  of the player before: no play is meant.

It plays what it alone knows to be playable first, then low cards; near the end of the deck it
risks lives on its likeliest card. Against strangers who hint by other conventions it is misled.

Published with points kept on bombing and without empty hints: 23.09, 23.26, 22.40, 20.69 for two to
five players. Where bombing loses all it keeps its last life.

Source: O'Dwyer, Hanabi (SmartBot), 2013 to 2019; written from its description of conventions.
"""

from __future__ import annotations

import numpy as np

from comity.learning.environments.hanabi.kernel import (
    card_at,
    compiled,
    dealt_of,
    hand_of,
    hint_of,
    information_of,
    is_over,
    lives_of,
    rank_of,
    rules_from,
    seat_after,
    word,
)
from comity.learning.environments.hanabi.loops import count
from comity.learning.environments.hanabi.rules import (
    LAST,
    MATCHES,
    MATCHES_MASK,
    MOVED_CARD,
    MOVER,
    TURN,
    Rules,
)
from comity.learning.partners.hanabi_masks import (
    add_hand,
    all_set,
    full_set,
    is_one,
    kind_set,
    maybe,
    narrowed,
    only_card,
    playable_set,
    public_counts,
    shifted,
    start_sets,
    surely,
    told_set,
    worth_sets,
)
from comity.learning.partners.hanabi_program import HanabiProgram, SetMemory

MYSTERY = np.array([-99, 1, 1, 3])
"""By lives left, the cards in the deck at or below which a card is played on chance."""


@compiled
def next_discard(row: np.ndarray, sets: np.ndarray, player: int, rules: Rules) -> int:
    """Return the card that a player would discard next by public knowledge, -1 if none.

    It is none if a card is known to be playable or dead.
    """
    playable = playable_set(row, rules)
    dead, last = worth_sets(row, rules)
    best, place = -1.0, -1
    for card in range(hand_of(row, player, rules)):
        cards = sets[player, card]
        if surely(cards, playable) or surely(cards, dead):
            return -1
        if not surely(cards, last):
            share = count(cards & dead) / count(cards)
            if share > best:
                best, place = share, card
    return place


@compiled
def no_warning(row: np.ndarray, sets: np.ndarray, mover: int, rules: Rules) -> None:
    """Note that the card that the next player would discard is not the last of its kind."""
    if dealt_of(row) == rules.cards or information_of(row) == 0:
        return
    player = seat_after(mover, 1, rules.players)
    place = next_discard(row, sets, player, rules)
    if place >= 0:
        told = told_set(row, player, place, rules)
        sets[player, place] = narrowed(sets[player, place], ~worth_sets(row, rules)[1], told)


@compiled
def note_hint(before: np.ndarray, sets: np.ndarray, last: int, rules: Rules) -> None:
    """Note what a hint says, and what it means."""
    mover, matches = (last >> MOVER) & 7, (last >> MATCHES) & MATCHES_MASK
    offset, by_rank, value = hint_of(last & 63, rules)
    target = seat_after(mover, offset, rules.players)
    kind, playable = kind_set(by_rank, value), playable_set(before, rules)
    waiting, warning = False, False
    if by_rank:
        full = information_of(before) == rules.information
        waiting = full and mover == seat_after(target, 1, rules.players) and matches & 1 == 1
        place = next_discard(before, sets, seat_after(mover, 1, rules.players), rules)
        if not waiting and offset == 1 and place >= 0 and (matches >> place) & 1:
            last_ones, cards = worth_sets(before, rules)[1], sets[target, place]
            warning = maybe(cards, last_ones) and cards & kind & last_ones != 0
            if warning:
                sets[target, place] = cards & last_ones
    certain, inferred = False, -1
    for place in range(hand_of(before, target, rules) - 1, -1, -1):
        cards, touched = sets[target, place], (matches >> place) & 1
        told = told_set(before, target, place, rules)
        now = narrowed(cards, kind if touched else ~kind, told)
        sets[target, place] = now
        if maybe(cards, playable):
            if surely(now, playable):
                certain = True
            elif touched and now & playable and inferred < 0:
                inferred = place
    if not (warning or waiting or certain) and inferred >= 0:
        sets[target, inferred] &= playable
    if offset != 1:
        no_warning(before, sets, mover, rules)


@compiled
def note_card(before: np.ndarray, sets: np.ndarray, last: int, seat: int, rules: Rules) -> None:
    """Note a play or a discard, and whose newest card a discard points at."""
    action, mover = last & 63, (last >> MOVER) & 7
    card = (last >> MOVED_CARD) & 31
    place = action if action < rules.hand else action - rules.hand
    no_warning(before, sets, mover, rules)
    cards = sets[mover, place]
    if action < rules.hand and is_one(cards) and surely(cards, playable_set(before, rules)):
        holder = seat
        for player in range(rules.players):
            if player not in (mover, seat) and newest(before, player, rules) == card:
                holder = player
                break
        if holder != mover:
            sets[holder, hand_of(before, holder, rules) - 1] = 1 << card
    size = hand_of(before, mover, rules)
    fresh = all_set(rules) if dealt_of(before) < rules.cards else 0
    shifted(sets[mover], place, size, fresh)


@compiled
def newest(row: np.ndarray, player: int, rules: Rules) -> int:
    """Return the card that a player drew last."""
    return card_at(row, player, hand_of(row, player, rules) - 1)


@compiled
def settle(row: np.ndarray, sets: np.ndarray, counts: np.ndarray, rules: Rules) -> None:
    """Strike out cards all of whose copies are located, until nothing more follows."""
    while True:
        public_counts(row, counts, rules)
        for player in range(rules.players):
            for place in range(hand_of(row, player, rules)):
                if is_one(sets[player, place]):
                    counts[only_card(sets[player, place])] += 1
        full, more = full_set(counts, rules), False
        for player in range(rules.players):
            for place in range(hand_of(row, player, rules)):
                cards = sets[player, place]
                if not is_one(cards) and cards & full:
                    told = told_set(row, player, place, rules)
                    sets[player, place] = narrowed(cards, ~full, told)
                    more |= is_one(sets[player, place])
        if not more:
            return


@compiled
def unseen_full(
    row: np.ndarray, sets: np.ndarray, seat: int, counts: np.ndarray, rules: Rules
) -> int:
    """Return the cards all of whose copies a seat sees, or knows in its own hand."""
    public_counts(row, counts, rules)
    for player in range(rules.players):
        if player != seat:
            add_hand(row, player, counts, rules)
    for place in range(hand_of(row, seat, rules)):
        if is_one(sets[seat, place]):
            counts[only_card(sets[seat, place])] += 1
    return full_set(counts, rules)


@compiled
def with_eyes(cards: int, full: int) -> int:
    """Return what an own card may be by all that its holder sees."""
    return cards if is_one(cards) or not cards & ~full else cards & ~full


@compiled
def best_hint(
    row: np.ndarray, sets: np.ndarray, seat: int, offset: int, rules: Rules
) -> tuple[int, int]:
    """Return the hint to a player that says most of those that do not mislead, and how much.

    How much is the number of possibilities struck out; -1 if there is no such hint.
    """
    target, playable = seat_after(seat, offset, rules.players), playable_set(row, rules)
    avoid = -1
    if offset == 1:
        place = next_discard(row, sets, target, rules)
        if place >= 0:
            last, rank = worth_sets(row, rules)[1], rank_of(card_at(row, target, place))
            cards = sets[target, place]
            if maybe(cards, last) and cards & kind_set(1, rank) & last:
                avoid = rank
    best, action = -1, -1
    first = 2 * rules.hand + (offset - 1) * rules.colours
    for colour in range(rules.colours):
        gain = hint_gain(row, sets, target, kind_set(0, colour), playable, rules)
        if gain > best:
            best, action = gain, first + colour
    first = 2 * rules.hand + (rules.players - 1) * rules.colours + (offset - 1) * rules.ranks
    for rank in range(rules.ranks):
        gain = hint_gain(row, sets, target, kind_set(1, rank), playable, rules)
        if rank != avoid and gain > best:
            best, action = gain, first + rank
    return action, best


@compiled
def hint_gain(
    row: np.ndarray, sets: np.ndarray, target: int, kind: int, playable: int, rules: Rules
) -> int:
    """Return what a hint strikes out, or -1 if it touches nothing, misleads or shows no play."""
    gain, touches, shows, points = 0, False, False, -1
    for place in range(hand_of(row, target, rules) - 1, -1, -1):
        card, cards = card_at(row, target, place), sets[target, place]
        touched = (kind >> card) & 1 == 1
        touches |= touched
        now = cards & kind if touched else cards & ~kind
        gain += count(cards) - count(now)
        if maybe(cards, playable):
            if surely(now, playable):
                shows = True
            elif touched and now & playable and points < 0:
                points = (playable >> card) & 1
    return gain if touches and (shows or points == 1) else -1


@compiled
def warn(row: np.ndarray, sets: np.ndarray, seat: int, rules: Rules) -> int:
    """Return a hint that keeps the next player from discarding the last of a kind, or -1."""
    target = seat_after(seat, 1, rules.players)
    place = next_discard(row, sets, target, rules)
    if information_of(row) == 0 or place < 0:
        return -1
    card = card_at(row, target, place)
    if not (worth_sets(row, rules)[1] >> card) & 1:
        return -1
    action, gain = best_hint(row, sets, seat, 1, rules)
    if gain > 0:
        return action
    return 2 * rules.hand + (rules.players - 1) * rules.colours + rank_of(card)


@compiled
def finesse(row: np.ndarray, sets: np.ndarray, seat: int, rules: Rules) -> int:
    """Return the discard of a playable card whose twin is the newest of one other, or -1."""
    if information_of(row) == rules.information:
        return -1
    useful = playable_set(row, rules) & ~worth_sets(row, rules)[1]
    for place in range(hand_of(row, seat, rules)):
        cards = sets[seat, place]
        if is_one(cards) and surely(cards, useful):
            twins = 0
            for offset in range(1, rules.players):
                player = seat_after(seat, offset, rules.players)
                twins += newest(row, player, rules) == only_card(cards)
            if twins == 1:
                return place
    return -1


@compiled
def sure_play(row: np.ndarray, sets: np.ndarray, seat: int, full: int, rules: Rules) -> int:
    """Return a play that is sure by all that the seat sees: what others do not know first."""
    playable, best, place = playable_set(row, rules), 0, -1
    for card in range(hand_of(row, seat, rules)):
        cards = with_eyes(sets[seat, card], full)
        if not surely(cards, playable):
            continue
        known_rank = -1
        for rank in range(rules.ranks):
            if surely(cards, kind_set(1, rank)):
                known_rank = rank
        fitness = 5 - known_rank if known_rank >= 0 else 7
        if not surely(sets[seat, card], playable):
            fitness += 100
        if fitness > best:
            best, place = fitness, card
    return rules.hand + place if place >= 0 else -1


@compiled
def chance_play(row: np.ndarray, sets: np.ndarray, seat: int, full: int, rules: Rules) -> int:
    """Return the likeliest play if the deck is nearly empty and lives are left, or -1."""
    lives = lives_of(row)
    if rules.cards - dealt_of(row) > MYSTERY[min(lives, 3)] or (lives == 1 and not rules.keeps):
        return -1
    playable, best, place = playable_set(row, rules), 0.0, -1
    for card in range(hand_of(row, seat, rules) - 1, -1, -1):
        cards = with_eyes(sets[seat, card], full)
        share = count(cards & playable) / count(cards)
        if share > best:
            best, place = share, card
    return rules.hand + place if place >= 0 else -1


@compiled
def helpful(row: np.ndarray, sets: np.ndarray, seat: int, rules: Rules) -> int:
    """Return the hint to anyone that says most, or -1."""
    best, action = 0, -1
    if information_of(row) > 0:
        for offset in range(1, rules.players):
            hint, gain = best_hint(row, sets, seat, offset, rules)
            if gain > best:
                best, action = gain, hint
    return action


@compiled
def discard_choice(row: np.ndarray, sets: np.ndarray, seat: int, full: int, rules: Rules) -> int:
    """Return the card to discard: dead ones that only it knows of, then the oldest not needed."""
    dead = worth_sets(row, rules)[0]
    best, place = 0.0, -1
    for card in range(hand_of(row, seat, rules)):
        cards = sets[seat, card]
        if surely(with_eyes(cards, full), dead):
            fitness = 2.0 - count(cards & dead) / count(cards)
            if fitness > best:
                best, place = fitness, card
    if place < 0:
        place = next_discard(row, sets, seat, rules)
    if place >= 0:
        return place
    place, highest = 0, -2
    for card in range(hand_of(row, seat, rules)):
        rank = -1
        for value in range(rules.ranks):
            if surely(sets[seat, card], kind_set(1, value)):
                rank = value
        if rank > highest:
            place, highest = card, rank
    return place


@compiled
def decide(row: np.ndarray, sets: np.ndarray, seat: int, counts: np.ndarray, rules: Rules) -> int:
    """Return the action of a seat that is to move."""
    full = unseen_full(row, sets, seat, counts, rules)
    if dealt_of(row) == rules.cards:
        action = sure_play(row, sets, seat, full, rules)
        action = action if action >= 0 else chance_play(row, sets, seat, full, rules)
        if action >= 0:
            return action
    action = warn(row, sets, seat, rules)
    action = action if action >= 0 else finesse(row, sets, seat, rules)
    action = action if action >= 0 else sure_play(row, sets, seat, full, rules)
    action = action if action >= 0 else helpful(row, sets, seat, rules)
    action = action if action >= 0 else chance_play(row, sets, seat, full, rules)
    if action >= 0:
        return action
    if information_of(row) < rules.information:
        return discard_choice(row, sets, seat, full, rules)
    offset = rules.players - 1
    oldest = card_at(row, seat_after(seat, offset, rules.players), 0)
    first = 2 * rules.hand + offset * rules.colours + (offset - 1) * rules.ranks
    return first + rank_of(oldest)


@compiled
def note(before: np.ndarray, row: np.ndarray, sets: np.ndarray, seat: int, rules: Rules) -> None:
    """Note the move that led from one state to the next."""
    last = word(row, LAST)
    if last & 63 < 2 * rules.hand:
        note_card(before, sets, last, seat, rules)
    else:
        note_hint(before, sets, last, rules)


@compiled
def smart_all(
    words: np.ndarray,
    before: np.ndarray,
    sets: np.ndarray,
    begun: np.ndarray,
    seat: int,
    actions: np.ndarray,
    facts: np.ndarray,
) -> None:
    """Follow each game by one move, and write the actions of the seat where it is to move."""
    rules = rules_from(facts)
    counts = np.zeros(25, dtype=np.int64)
    for game in range(len(words)):
        row = words[game]
        if is_over(row):
            continue
        if begun[game] and word(row, LAST):
            note(before[game], row, sets[game], seat, rules)
        else:
            start_sets(row, sets[game], rules)
        begun[game] = True
        settle(row, sets[game], counts, rules)
        before[game] = row
        if word(row, TURN) & 7 == seat:
            actions[game] = decide(row, sets[game], seat, counts, rules)


class SmartBot(HanabiProgram):
    """SmartBot in a seat of Hanabi, see the module."""

    name = "smart"

    def follow(self, memory: SetMemory, seat: int, words: np.ndarray) -> np.ndarray:
        """Return the actions of the seat, after noting what was played."""
        actions = np.zeros(len(words), dtype=np.int32)
        smart_all(words, memory.before, memory.sets, memory.begun, seat, actions, memory.facts)
        return actions
