"""One game of Hanabi on the CPU, compiled: deal, what is legal, move.

Every function takes the row of words of one game and changes it in place. Nothing is checked
here: `loops` asks `legal_bits` before it moves.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from comity.core.compiling import compiled as core_compiled
from comity.learning.environments.hanabi.rules import (
    ANY,
    BOARD,
    CARD_BITS,
    CARDS_A_WORD,
    CARDS_IN_GONE,
    DEALT,
    DEALT_MASK,
    GONE,
    GONE_MORE,
    HANDS,
    INFORMATION,
    INFORMATION_MASK,
    LAST,
    LIVES,
    LIVES_MASK,
    MATCHES,
    MOVED_CARD,
    MOVER,
    OVER,
    RANKS_TOLD,
    SCORED,
    SEER,
    SHORT,
    TOKEN,
    TURN,
    TURNS_LEFT,
    Rules,
)

compiled = core_compiled(nogil=True)

small = core_compiled(nogil=True, forceinline=True)
"""For functions compiled into whatever compiled function calls them."""


@small
def rules_from(facts: np.ndarray) -> Rules:
    """Return the rules from their numbers, shape (10,), int64.

    What Python calls takes the array: to look at a named tuple costs more than a step.
    """
    return Rules(
        facts[0],
        facts[1],
        facts[2],
        facts[3],
        facts[4],
        facts[5],
        facts[6],
        facts[7],
        facts[8],
        facts[9],
    )


@small
def word(row: np.ndarray, place: int) -> int:
    """Return a word of a state as a signed whole number, so that shifts do not wrap."""
    return row[place] & 0xFFFFFFFF


@small
def colour_of(card: int) -> int:
    """Return ``card // 5``, of a card."""
    return (card * 13) >> 6


@small
def rank_of(card: int) -> int:
    """Return ``card % 5``, of a card."""
    return card - 5 * ((card * 13) >> 6)


@small
def seat_after(player: int, offset: int, players: int) -> int:
    """Return the seat ``offset`` on, less than all the way round."""
    seat = player + offset
    return seat - players if seat >= players else seat


@small
def hand_of(row: np.ndarray, player: int, rules: Rules) -> int:
    """Return how many cards a player holds."""
    return rules.hand - ((word(row, TURN) >> (SHORT + player)) & 1)


@small
def card_at(row: np.ndarray, player: int, place: int) -> int:
    """Return the card at a place of a hand, the oldest at place 0."""
    return (word(row, HANDS + player) >> (CARD_BITS * place)) & 31


@small
def pile(row: np.ndarray, colour: int) -> int:
    """Return how many cards of a colour have been played."""
    return (word(row, BOARD) >> (3 * colour)) & 7


@compiled
def score_of(row: np.ndarray, rules: Rules) -> int:
    """Return the cards played so far."""
    total = 0
    for colour in range(rules.colours):
        total += pile(row, colour)
    return total


@small
def information_of(row: np.ndarray) -> int:
    """Return the information tokens left."""
    return (word(row, BOARD) >> INFORMATION) & INFORMATION_MASK


@small
def lives_of(row: np.ndarray) -> int:
    """Return the lives left."""
    return (word(row, BOARD) >> LIVES) & LIVES_MASK


@small
def dealt_of(row: np.ndarray) -> int:
    """Return how many cards have left the deck."""
    return (word(row, TURN) >> DEALT) & DEALT_MASK


@small
def gone_of(row: np.ndarray, card: int) -> int:
    """Return how many copies of a card lie in the discards."""
    if card < CARDS_IN_GONE:
        return (word(row, GONE) >> (2 * card)) & 3
    return (word(row, GONE_MORE) >> (2 * (card - CARDS_IN_GONE))) & 3


@small
def next_card(row: np.ndarray, dealt: int, rules: Rules) -> int:
    """Return the card at a place of the deck."""
    cards = word(row, HANDS + 4 * rules.players + dealt // CARDS_A_WORD)
    return (cards >> (CARD_BITS * (dealt % CARDS_A_WORD))) & 31


@compiled
def lay(row: np.ndarray, player: int, place: int, card: int, rules: Rules) -> None:
    """Put a new card at a place of a hand where nothing lies."""
    hands, players, shift = HANDS + player, rules.players, CARD_BITS * place
    colours, ranks = (1 << rules.colours) - 1, (1 << rules.ranks) - 1
    if rules.sees == SEER:
        colours, ranks = 1 << colour_of(card), 1 << rank_of(card)
        told = word(row, hands + 3 * players)
        row[hands + 3 * players] = told | (1 << place) | (1 << (RANKS_TOLD + place))
    row[hands] = word(row, hands) | (card << shift)
    row[hands + players] = word(row, hands + players) | (colours << shift)
    row[hands + 2 * players] = word(row, hands + 2 * players) | (ranks << shift)


@compiled
def deal(row: np.ndarray, rules: Rules) -> None:
    """Begin the game whose deck lies in the last words of the row."""
    row[: HANDS + 4 * rules.players] = 0
    row[BOARD] = (rules.information << INFORMATION) | (rules.lives << LIVES)
    dealt = 0
    for player in range(rules.players):
        for place in range(rules.hand):
            lay(row, player, place, next_card(row, dealt, rules), rules)
            dealt += 1
    row[TURN] = (rules.players << TURNS_LEFT) | (dealt << DEALT)


@compiled
def legal_bits(row: np.ndarray, rules: Rules) -> int:
    """Return the actions of who is to move, one bit each."""
    player = word(row, TURN) & 7
    own = (1 << hand_of(row, player, rules)) - 1
    bits = own << rules.hand
    information = information_of(row)
    if information < rules.information:
        bits |= own
    if information == 0:
        return bits
    place = 2 * rules.hand
    more = place + (rules.players - 1) * rules.colours
    for offset in range(1, rules.players):
        target = seat_after(player, offset, rules.players)
        colours, ranks = (1 << rules.colours) - 1, (1 << rules.ranks) - 1
        if not rules.empty:
            colours, ranks = kinds_held(row, target, rules)
        bits |= (colours << place) | (ranks << more)
        place += rules.colours
        more += rules.ranks
    return bits


@compiled
def kinds_held(row: np.ndarray, player: int, rules: Rules) -> tuple[int, int]:
    """Return the colours and the ranks in a hand, one bit each."""
    colours, ranks = 0, 0
    hand = word(row, HANDS + player)
    for _ in range(hand_of(row, player, rules)):
        card = hand & 31
        colours |= 1 << colour_of(card)
        ranks |= 1 << rank_of(card)
        hand >>= CARD_BITS
    return colours, ranks


@small
def without(fields: int, place: int, bits: int) -> int:
    """Return a word of fields with one taken out and those above it moved down."""
    below = fields & ((1 << (bits * place)) - 1)
    return below | ((fields >> (bits * (place + 1))) << (bits * place))


@compiled
def take(row: np.ndarray, player: int, place: int, rules: Rules) -> None:
    """Take a card out of a hand and draw another if there is one."""
    hands, players = HANDS + player, rules.players
    for kind in (hands, hands + players, hands + 2 * players):
        row[kind] = without(word(row, kind), place, CARD_BITS)
    told = word(row, hands + 3 * players)
    colours = without(told & 63, place, 1)
    row[hands + 3 * players] = colours | (without(told >> RANKS_TOLD, place, 1) << RANKS_TOLD)
    dealt = dealt_of(row)
    if dealt < rules.cards:
        lay(row, player, rules.hand - 1, next_card(row, dealt, rules), rules)
        row[TURN] = word(row, TURN) + (1 << DEALT)
    else:
        row[TURN] = word(row, TURN) | (1 << (SHORT + player))


@compiled
def discard(row: np.ndarray, card: int) -> None:
    """Lay a card on the discards."""
    if card < CARDS_IN_GONE:
        row[GONE] = word(row, GONE) + (1 << (2 * card))
    else:
        row[GONE_MORE] = word(row, GONE_MORE) + (1 << (2 * (card - CARDS_IN_GONE)))


@compiled
def play_card(row: np.ndarray, card: int, rules: Rules) -> tuple[int, int]:
    """Play a card: return whether it scored, and whether a token came back."""
    board = word(row, BOARD)
    colour, rank = colour_of(card), rank_of(card)
    if (board >> (3 * colour)) & 7 != rank:
        row[BOARD] = board - (1 << LIVES)
        discard(row, card)
        return 0, 0
    back = int(rank + 1 == rules.ranks and information_of(row) < rules.information)
    row[BOARD] = board + (1 << (3 * colour)) + (back << INFORMATION)
    return 1, back


@compiled
def tell(row: np.ndarray, target: int, by_rank: int, value: int, rules: Rules) -> int:
    """Tell a player of a colour or a rank: return which cards match, one bit each."""
    told_word = HANDS + 3 * rules.players + target
    kind = HANDS + (1 + by_rank) * rules.players + target
    known = word(row, kind)
    matches = 0
    for place in range(hand_of(row, target, rules)):
        card = card_at(row, target, place)
        shift = CARD_BITS * place
        if (rank_of(card) if by_rank else colour_of(card)) == value:
            matches |= 1 << place
            known = (known & ~(31 << shift)) | (1 << (shift + value))
        else:
            known &= ~(1 << (shift + value))
    row[kind] = known
    row[told_word] = word(row, told_word) | (matches << (RANKS_TOLD * by_rank))
    row[BOARD] = word(row, BOARD) - (1 << INFORMATION)
    return matches


@small
def hint_of(action: int, rules: Rules) -> tuple[int, int, int]:
    """Return, of a hint, how many seats on, whether by rank, and the colour or rank."""
    told = action - 2 * rules.hand
    by_rank = int(told >= (rules.players - 1) * rules.colours)
    if by_rank:
        told -= (rules.players - 1) * rules.colours
        return 1 + told // rules.ranks, 1, told % rules.ranks
    return 1 + told // rules.colours, 0, told % rules.colours


@compiled
def move(row: np.ndarray, action: int, rules: Rules) -> int:
    """Play a legal action: return the change of the score."""
    turn = word(row, TURN)
    player = turn & 7
    if dealt_of(row) == rules.cards:
        row[TURN] = turn - (1 << TURNS_LEFT)
    last, reward = action | (player << MOVER) | (1 << ANY), 0
    if action < 2 * rules.hand:
        place = action if action < rules.hand else action - rules.hand
        card = card_at(row, player, place)
        last |= card << MOVED_CARD
        if action < rules.hand:
            discard(row, card)
            row[BOARD] = word(row, BOARD) + (1 << INFORMATION)
            last |= 1 << TOKEN
        else:
            reward, back = play_card(row, card, rules)
            last |= (reward << SCORED) | (back << TOKEN)
        take(row, player, place, rules)
    else:
        offset, by_rank, value = hint_of(action, rules)
        target = seat_after(player, offset, rules.players)
        last |= tell(row, target, by_rank, value, rules) << MATCHES
    row[LAST] = last
    return finish(row, player, reward, rules)


@compiled
def finish(row: np.ndarray, player: int, reward: int, rules: Rules) -> int:
    """Pass the turn on, and note whether the game is over: return the change of the score."""
    turn = word(row, TURN)
    turn = (turn & ~7) | seat_after(player, 1, rules.players)
    bombed = lives_of(row) == 0
    complete = reward == 1 and score_of(row, rules) == rules.colours * rules.ranks
    if bombed or complete or (turn >> TURNS_LEFT) & 7 == 0:
        turn |= 1 << OVER
    row[TURN] = turn
    if bombed and not rules.keeps:
        return -score_of(row, rules)
    return reward


@small
def is_over(row: np.ndarray) -> bool:
    """Return whether the game is over."""
    return (word(row, TURN) >> OVER) & 1 == 1


@small
def mixed(state: Any) -> Any:
    """Return the next state of a stream of random bits, and 32 bits from it.

    Source: Steele, Lea and Flood 2014, SplitMix64.
    """
    state = np.uint64(state) + np.uint64(0x9E3779B97F4A7C15)
    bits = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state, np.int64((bits ^ (bits >> np.uint64(31))) >> np.uint64(32))


@compiled
def shuffle(row: np.ndarray, sorted_cards: np.ndarray, rules: Rules, stream: Any) -> Any:
    """Write a shuffled deck into the row: return the stream of random bits.

    Fisher and Yates 1938, in the form of Durstenfeld 1964; a draw from k is off by less than
    k / 2^32.
    """
    deck = np.empty(64, dtype=np.int64)
    for place in range(rules.cards):
        stream, bits = mixed(stream)
        other = (bits * (place + 1)) >> 32
        deck[place] = deck[other]
        deck[other] = sorted_cards[place]
    first = HANDS + 4 * rules.players
    place = 0
    for kind in range(first, len(row)):
        cards = 0
        for shift in range(CARDS_A_WORD):
            if place < rules.cards:
                cards |= deck[place] << (CARD_BITS * shift)
                place += 1
        row[kind] = cards
    return stream
