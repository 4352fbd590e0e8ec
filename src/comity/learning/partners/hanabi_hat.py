"""The information strategy: every hint tells every other player something, by guessing hats.

Whoever hints adds up, modulo the number of hints it may choose from, the answers to questions
about the hands it sees, one player after another; each other player sees all of those hands but
its own, and subtracts. What is asked of a hand follows from public knowledge alone: first which
card is playable, else which is dead; then a card that is likely playable; then which of several
groups a card is in. Discards among several known dead cards carry a number in the same way, and a
discard with tokens left says that nobody lacked a hint.

With points kept on bombing and without empty hints: 22.5, 24.8, 24.9 and 24.9 for two to five
players, the scores that Wu 2016 to 2019 published for this form of the strategy. Against strangers
it is worth little, since what it says lies in no single hint.

Source: Cox, De Silva, DeOrsey, Kenter, Retter and Tobin 2015, "How to Make the Perfect Fireworks
Display", information strategy; Wu 2016, hanabi.rs, for its questions and thresholds, of which this
is written from the description.
"""

from __future__ import annotations

import numpy as np

from comity.learning.environments.hanabi.kernel import (
    card_at,
    colour_of,
    compiled,
    dealt_of,
    gone_of,
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
from comity.learning.environments.hanabi.rules import (
    LAST,
    MATCHES,
    MATCHES_MASK,
    MOVER,
    TURN,
    Rules,
)
from comity.learning.partners.hanabi_hat_numbers import (
    dead_ones,
    hat_sum,
    lacks_hint,
    learn_from_number,
    needs_no_hint,
)
from comity.learning.partners.hanabi_masks import (
    all_set,
    colour_set,
    is_one,
    kind_set,
    narrowed,
    only_card,
    playable_set,
    shifted,
    start_sets,
    surely,
    told_set,
    worth_sets,
)
from comity.learning.partners.hanabi_program import HanabiProgram, SetMemory
from comity.learning.partners.hanabi_weights import (
    Planes,
    left_planes,
    share,
    unseen_planes,
    weigh,
)

RISK = 0.75
"""A card that is dead or playable is played if it is playable with more than this chance."""

MANY_TOKENS = 4
"""With more tokens than this a hint is given rather than a card discarded."""


@compiled
def hints_to(sets: np.ndarray, row: np.ndarray, player: int, rules: Rules) -> int:
    """Return how many hints to a player can be told apart: 4 if surely two colours and ranks."""
    same_colour, same_rank = (1 << rules.colours) - 1, (1 << rules.ranks) - 1
    for place in range(hand_of(row, player, rules)):
        cards = sets[player, place]
        for colour in range(rules.colours):
            if cards & colour_set(colour) == 0:
                same_colour &= ~(1 << colour)
        for rank in range(rules.ranks):
            if cards & kind_set(1, rank) == 0:
                same_rank &= ~(1 << rank)
    return 3 if same_colour or same_rank else 4


@compiled
def pointed(sets: np.ndarray, row: np.ndarray, player: int, rules: Rules) -> int:
    """Return the card about which a hint to a player is: that of which most is open."""
    dead = worth_sets(row, rules)[0]
    best, place = -1, 0
    for card in range(hand_of(row, player, rules)):
        cards, score = sets[player, card], 0
        if not (surely(cards, dead) or is_one(cards)):
            low = only_card(cards & -cards)
            score = 1 + (cards & ~colour_set(colour_of(low)) != 0)
            score += cards & ~kind_set(1, rank_of(low)) != 0
        if score > best:
            best, place = score, card
    return place


@compiled
def numbers(sets: np.ndarray, row: np.ndarray, mover: int, rules: Rules) -> int:
    """Return how many numbers a hint of the mover can stand for."""
    total = 0
    for offset in range(1, rules.players):
        total += hints_to(sets, row, seat_after(mover, offset, rules.players), rules)
    return total


@compiled
def number_of_hint(
    sets: np.ndarray, row: np.ndarray, mover: int, action: int, matches: int, rules: Rules
) -> int:
    """Return the number that a hint stands for."""
    offset, by_rank, _ = hint_of(action, rules)
    number = 0
    for nearer in range(1, offset):
        number += hints_to(sets, row, seat_after(mover, nearer, rules.players), rules)
    target = seat_after(mover, offset, rules.players)
    if (matches >> pointed(sets, row, target, rules)) & 1:
        return number + 1 - by_rank
    if hints_to(sets, row, target, rules) == 3 or by_rank:
        return number + 2
    return number + 3


@compiled
def goodness(
    row: np.ndarray, sets: np.ndarray, target: int, kind: int, planes: Planes, rules: Rules
) -> float:
    """Return how much a hint says besides its number: the odds that it narrows, multiplied."""
    dead, good = worth_sets(row, rules)[0], 1.0
    for place in range(hand_of(row, target, rules)):
        cards = sets[target, place]
        if surely(cards, dead) or is_one(cards):
            continue
        touched = (kind >> card_at(row, target, place)) & 1
        now = cards & kind if touched else cards & ~kind
        if now == 0:
            continue
        twice = is_one(now) or surely(now, dead)
        good *= (2.0 if twice else 1.0) * weigh(cards, planes) / weigh(now, planes)
    return good


@compiled
def hint_for(
    row: np.ndarray,
    sets: np.ndarray,
    after: np.ndarray,
    seat: int,
    number: int,
    rules: Rules,
) -> int:
    """Return the best hint that stands for a number, or -1 if none does.

    ``after`` is what the cards may be once the number is told.
    """
    planes, best, action = left_planes(row, rules), -1.0, -1
    kinds = rules.colours + rules.ranks
    for told in range(2 * rules.hand, 2 * rules.hand + (rules.players - 1) * kinds):
        offset, by_rank, value = hint_of(told, rules)
        target, kind = seat_after(seat, offset, rules.players), kind_set(by_rank, value)
        matches = 0
        for place in range(hand_of(row, target, rules)):
            matches |= ((kind >> card_at(row, target, place)) & 1) << place
        if matches and number_of_hint(sets, row, seat, told, matches, rules) == number:
            good = goodness(row, after, target, kind, planes, rules)
            if good > best:
                best, action = good, told
    return action


@compiled
def any_hint(row: np.ndarray, seat: int, rules: Rules) -> int:
    """Return the rank of the oldest card of the next player."""
    rank = rank_of(card_at(row, seat_after(seat, 1, rules.players), 0))
    return 2 * rules.hand + (rules.players - 1) * rules.colours + rank


@compiled
def note(
    before: np.ndarray,
    row: np.ndarray,
    sets: np.ndarray,
    seat: int,
    found: np.ndarray,
    rules: Rules,
) -> None:
    """Note the move that led from one state to the next, and what it said."""
    last = word(row, LAST)
    action, mover = last & 63, (last >> MOVER) & 7
    if action < 2 * rules.hand:
        size = hand_of(before, mover, rules)
        if action < rules.hand:
            dead = worth_sets(before, rules)[0]
            total = dead_ones(sets[mover], size, dead, found)
            if information_of(before) > 0:
                needs_no_hint(before, sets, mover, rules)
            for number in range(total):
                if total > 1 and found[number] == action:
                    learn_from_number(before, sets, mover, seat, number, total, rules)
        place = action if action < rules.hand else action - rules.hand
        fresh = all_set(rules) if dealt_of(before) < rules.cards else 0
        shifted(sets[mover], place, size, fresh)
    else:
        matches = (last >> MATCHES) & MATCHES_MASK
        total = numbers(sets, before, mover, rules)
        number = number_of_hint(sets, before, mover, action, matches, rules)
        learn_from_number(before, sets, mover, seat, number, total, rules)
    agree(row, sets, rules)


@compiled
def agree(row: np.ndarray, sets: np.ndarray, rules: Rules) -> None:
    """Keep to what was told plainly and to cards of which copies are left."""
    left = left_planes(row, rules)[0]
    for player in range(rules.players):
        for place in range(hand_of(row, player, rules)):
            told = told_set(row, player, place, rules)
            sets[player, place] = narrowed(sets[player, place] & told, left, told)


@compiled
def best_play(row: np.ndarray, own: np.ndarray, seat: int, planes: Planes, rules: Rules) -> int:
    """Return the sure play that is most urgent: low cards that nobody else holds; -1 if none."""
    playable, best, place = playable_set(row, rules), 0.0, -1
    for at in range(hand_of(row, seat, rules)):
        if not surely(own[at], playable):
            continue
        total, weight = 0.0, 0
        for card in range(25):
            if (own[at] >> card) & 1:
                left = weigh(1 << card, planes)
                weight += left
                total += left * (9.0 - rank_of(card)) / holders(row, card, seat, rules)
        urgency = total / max(weight, 1)
        if urgency > best:
            best, place = urgency, at
    return place


@compiled
def holders(row: np.ndarray, card: int, seat: int, rules: Rules) -> int:
    """Return one, and one for each other player who holds a card while there is a deck."""
    total = 1
    if dealt_of(row) == rules.cards:
        return total
    for player in range(rules.players):
        if player != seat and holds(row, player, 1 << card, rules):
            total += 1
    return total


@compiled
def holds(row: np.ndarray, player: int, those: int, rules: Rules) -> bool:
    """Return whether a player really holds one of those cards."""
    for place in range(hand_of(row, player, rules)):
        if (those >> card_at(row, player, place)) & 1:
            return True
    return False


@compiled
def risky_play(row: np.ndarray, own: np.ndarray, seat: int, planes: Planes, rules: Rules) -> int:
    """Return the likeliest play of a card that is dead if it does not fit, or -1."""
    playable, dead = playable_set(row, rules), worth_sets(row, rules)[0]
    best, place = RISK, -1
    for at in range(hand_of(row, seat, rules)):
        chance = share(own[at], playable, planes)
        if surely(own[at], playable | dead) and chance > best:
            best, place = chance, at
    return place


@compiled
def least_loss(row: np.ndarray, own: np.ndarray, seat: int, planes: Planes, rules: Rules) -> int:
    """Return the discard that loses least: cards seen elsewhere, then those not the last."""
    last, seen = worth_sets(row, rules)[1], 0
    for player in range(rules.players):
        if player != seat:
            for place in range(hand_of(row, player, rules)):
                seen |= 1 << card_at(row, player, place)
    best, place = -1.0, 0
    for at in range(hand_of(row, seat, rules)):
        ranks = 0.0
        for rank in range(rules.ranks):
            ranks += (rank + 1) * share(own[at], kind_set(1, rank), planes)
        value = 20 * share(own[at], seen, planes) + 10 * share(own[at], ~last, planes) + ranks
        if value > best:
            best, place = value, at
    return place


@compiled
def gone_total(row: np.ndarray, rules: Rules) -> int:
    """Return the number of cards in the discards."""
    total = 0
    for card in range(25):
        total += gone_of(row, card)
    return total


@compiled
def will_hint(
    row: np.ndarray, sets: np.ndarray, seat: int, may_discard: bool, rules: Rules
) -> bool:
    """Return whether it is better to hint than to discard."""
    tokens = information_of(row)
    if tokens == 0 or tokens == rules.information:
        return tokens > 0
    if lacks_hint(row, sets, seat, rules):
        return True
    if may_discard:
        return False
    for player in range(rules.players):
        if player != seat and holds(row, player, playable_set(row, rules), rules):
            return True
    return tokens > MANY_TOKENS


@compiled
def decide(row: np.ndarray, sets: np.ndarray, seat: int, found: np.ndarray, rules: Rules) -> int:
    """Return the action of a seat that is to move."""
    size, planes = hand_of(row, seat, rules), unseen_planes(row, seat, rules)
    own = np.zeros(rules.hand, dtype=np.int64)
    for place in range(size):
        own[place] = narrowed(sets[seat, place], planes[0], sets[seat, place])
    play = best_play(row, own, seat, planes, rules)
    threshold = rules.cards - rules.colours * rules.ranks - rules.players * rules.hand
    early = gone_total(row, rules) <= threshold
    if play < 0 and lives_of(row) > 1 and early:
        play = risky_play(row, own, seat, planes, rules)
    if play >= 0:
        return rules.hand + play
    dead = worth_sets(row, rules)[0]
    private = dead_ones(own, size, dead, found)
    first = found[0]
    if will_hint(row, sets, seat, early and private > 0, rules):
        total, after = numbers(sets, row, seat, rules), sets.copy()
        hint = hint_for(row, sets, after, seat, hat_sum(row, after, seat, total, rules), rules)
        return hint if hint >= 0 else any_hint(row, seat, rules)
    public = dead_ones(sets[seat], size, dead, found)
    if public > 1:
        after = sets.copy()
        if information_of(row) > 0:
            needs_no_hint(row, after, seat, rules)
        return found[hat_sum(row, after, seat, public, rules)]
    return first if private > 0 else least_loss(row, own, seat, planes, rules)


@compiled
def hat_all(
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
    found = np.zeros(8, dtype=np.int64)
    for game in range(len(words)):
        row = words[game]
        if is_over(row):
            continue
        if begun[game] and word(row, LAST):
            note(before[game], row, sets[game], seat, found, rules)
        else:
            start_sets(row, sets[game], rules)
        begun[game] = True
        before[game] = row
        if word(row, TURN) & 7 == seat:
            actions[game] = decide(row, sets[game], seat, found, rules)


class HatBot(HanabiProgram):
    """The information strategy in a seat of Hanabi, see the module."""

    name = "hat"

    def follow(self, memory: SetMemory, seat: int, words: np.ndarray) -> np.ndarray:
        """Return the actions of the seat, after noting what was played."""
        actions = np.zeros(len(words), dtype=np.int32)
        hat_all(words, memory.before, memory.sets, memory.begun, seat, actions, memory.facts)
        return actions
