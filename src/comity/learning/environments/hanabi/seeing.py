"""What a player of Hanabi sees, compiled: packed bits first, then one byte a bit."""

from __future__ import annotations

import numpy as np

from comity.learning.environments.hanabi.kernel import (
    colour_of,
    compiled,
    dealt_of,
    hand_of,
    hint_of,
    information_of,
    lives_of,
    rank_of,
    seat_after,
    word,
)
from comity.learning.environments.hanabi.rules import (
    ANY,
    BOARD,
    CARD_BITS,
    GONE,
    GONE_MORE,
    HANDS,
    LAST,
    MATCHES,
    MATCHES_MASK,
    MINIMAL,
    MOVED_CARD,
    MOVER,
    RANKS_TOLD,
    SCORED,
    SHORT,
    TOKEN,
    TURN,
    Rules,
    copies,
)

MOST_WORDS = 32
"""64-bit words that hold any observation: five players with six cards need 1,750 bits."""

BYTES = np.array(
    [sum(((byte >> bit) & 1) << (8 * bit) for bit in range(8)) for byte in range(256)],
    dtype=np.uint64,
)
"""By byte, its eight bits as eight bytes, the lowest first."""


STRIDES = np.array(
    [
        [sum(((mask >> bit) & 1) << (bit * ranks) for bit in range(5)) for mask in range(32)]
        for ranks in range(6)
    ],
    dtype=np.int64,
)
"""By ranks and colours: a set of ranks times this is the set of cards of these colours."""

GONE_BITS = np.array([sum(copies(rank, ranks) for rank in range(ranks)) for ranks in range(6)])
"""By ranks, the cards of a colour."""


def _thermometer(ranks: int, gone: int) -> int:
    bits, place = 0, 0
    for rank in range(ranks):
        bits |= ((1 << ((gone >> (2 * rank)) & 3)) - 1) << place
        place += copies(rank, ranks)
    return bits


THERMOMETER = np.array(
    [[_thermometer(ranks, gone) for gone in range(1024)] for ranks in range(6)], dtype=np.int64
)
"""By ranks and the ten bits of a colour's discards, as many bits set of each rank."""


@compiled
def put(bits: np.ndarray, place: int, width: int, value: int) -> int:
    """Write ``width`` bits at a place: return the place behind them. Up to 63 bits at once."""
    which, shift = place >> 6, place & 63
    bits[which] |= np.uint64(value) << np.uint64(shift)
    if shift + width > 64:
        bits[which + 1] |= np.uint64(value) >> np.uint64(64 - shift)
    return place + width


@compiled
def one_hot(card: int, ranks: int) -> int:
    """Return the bit of a card among all."""
    return 1 << (colour_of(card) * ranks + rank_of(card))


@compiled
def put_table(row: np.ndarray, seat: int, bits: np.ndarray, rules: Rules) -> int:
    """Write the hands of the others, the tokens, the piles and the discards."""
    players, ranks = rules.players, rules.ranks
    kinds, place = rules.colours * ranks, 0
    for offset in range(1, players):
        player = seat_after(seat, offset, players)
        hand = word(row, HANDS + player)
        for card in range(hand_of(row, player, rules)):
            put(bits, place + card * kinds, kinds, one_hot(hand & 31, ranks))
            hand >>= CARD_BITS
        place += rules.hand * kinds
    short = word(row, TURN) >> SHORT
    turned = (short >> seat) | (short << (players - seat))
    place = put(bits, place, players, turned & ((1 << players) - 1))
    left = rules.cards - dealt_of(row)
    place = put(bits, place, rules.cards - players * rules.hand, (1 << left) - 1)
    piles, gone, each = 0, 0, GONE_BITS[ranks]
    board, first, second = word(row, BOARD), word(row, GONE), word(row, GONE_MORE)
    for colour in range(rules.colours):
        piles |= ((1 << ((board >> (3 * colour)) & 7)) >> 1) << (colour * ranks)
        two = first >> (10 * colour) if colour < 3 else second >> (10 * colour - 30)
        gone |= THERMOMETER[ranks, two & 1023] << (colour * each)
    place = put(bits, place, kinds, piles)
    tokens = (1 << information_of(row)) - 1
    lives = (1 << lives_of(row)) - 1
    place = put(bits, place, rules.information, tokens)
    place = put(bits, place, rules.lives, lives)
    return put(bits, place, rules.cards, gone)


@compiled
def put_last(row: np.ndarray, seat: int, bits: np.ndarray, place: int, rules: Rules) -> int:
    """Write the last move: who, what kind, to whom, what was told or which card."""
    players, hand, kinds = rules.players, rules.hand, rules.colours * rules.ranks
    last = word(row, LAST)
    end = place + 2 * players + 4 + rules.colours + rules.ranks + 2 * hand + kinds + 2
    if (last >> ANY) & 1 == 0:
        return end
    action, mover = last & 63, (last >> MOVER) & 7
    by = seat_after(mover, players - seat, players)
    place = put(bits, place, players, 1 << by)
    if action < 2 * hand:
        plays = int(action >= hand)
        put(bits, place, 4, 2 - plays)
        place += 4 + players + rules.colours + rules.ranks + hand
        place = put(bits, place, hand, 1 << (action - hand * plays))
        place = put(bits, place, kinds, one_hot((last >> MOVED_CARD) & 31, rules.ranks))
        put(bits, place, 2, plays * (((last >> SCORED) & 1) | (((last >> TOKEN) & 1) << 1)))
        return end
    offset, by_rank, value = hint_of(action, rules)
    place = put(bits, place, 4, 8 if by_rank else 4)
    place = put(bits, place, players, 1 << seat_after(by, offset, players))
    put(bits, place + (rules.colours if by_rank else 0), rules.ranks, 1 << value)
    place += rules.colours + rules.ranks
    put(bits, place, hand, (last >> MATCHES) & MATCHES_MASK)
    return end


@compiled
def put_knowledge(row: np.ndarray, seat: int, bits: np.ndarray, place: int, rules: Rules) -> int:
    """Write what each card may be and what was told of it, own cards first."""
    players, kinds = rules.players, rules.colours * rules.ranks
    width = kinds + rules.colours + rules.ranks
    for offset in range(players):
        player = seat_after(seat, offset, players)
        colours = word(row, HANDS + players + player)
        ranks = word(row, HANDS + 2 * players + player)
        told = word(row, HANDS + 3 * players + player)
        for card in range(hand_of(row, player, rules)):
            colour, rank = colours & 31, ranks & 31
            heard = (colour * (told & 1)) | ((rank * ((told >> RANKS_TOLD) & 1)) << rules.colours)
            may_be = rank * STRIDES[rules.ranks, colour]
            put(bits, place + card * width, width, may_be | (heard << kinds))
            colours >>= CARD_BITS
            ranks >>= CARD_BITS
            told >>= 1
        place += rules.hand * width
    return place


@compiled
def observe_bits(row: np.ndarray, seat: int, bits: np.ndarray, rules: Rules) -> int:
    """Write what a seat sees as packed bits: return how many."""
    bits[:] = 0
    place = put_last(row, seat, bits, put_table(row, seat, bits, rules), rules)
    if rules.sees == MINIMAL:
        return place
    return put_knowledge(row, seat, bits, place, rules)


@compiled
def observe_row(
    row: np.ndarray, seat: int, bits: np.ndarray, out: np.ndarray, rules: Rules
) -> None:
    """Write what a seat sees, eight bits to a word of ``out``, shape (words,), uint64."""
    observe_bits(row, seat, bits, rules)
    for place in range(len(out)):
        byte = (bits[place >> 3] >> np.uint64(8 * (place & 7))) & np.uint64(255)
        out[place] = BYTES[byte]
