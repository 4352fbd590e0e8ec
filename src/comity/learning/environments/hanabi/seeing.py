"""What a player of Hanabi sees, compiled: packed bits first, then one byte a bit."""

from __future__ import annotations

from typing import Any

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
    small,
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


DECK, TOKENS, GONES, LAST_CARDS, KNOWN = range(5)
"""Where the scratch keeps what all seats see alike: the deck, piles and tokens, the discards, the
last move but for who made it to whom, and from `KNOWN` on a word for each card of each hand."""

SCRATCH_WORDS = KNOWN + 5 * 6

Writer = tuple[Any, int, int]
"""Bits not yet stored, how many, and the word that they will be stored in."""


@small
def push(bits: np.ndarray, writer: Writer, width: int, value: Any) -> Writer:
    """Write ``width`` bits, 1 to 63, behind what was written: return the writer behind them."""
    waiting, fill, at = writer
    whole = np.uint64(value)
    joined = waiting | (whole << np.uint64(fill))
    bits[np.uint64(at)] = joined
    fill += width
    full = fill >> 6
    fill &= 63
    # Without a branch, which would be guessed wrong every other time.
    spilt = whole >> np.uint64((width - fill) & 63)
    mask = np.uint64(0) - np.uint64(full)
    return (spilt & mask) | (joined & ~mask), fill, at + full


@small
def one_hot(card: int, ranks: int) -> int:
    """Return the bit of a card among all."""
    return 1 << (colour_of(card) * ranks + rank_of(card))


@small
def write_common(row: np.ndarray, scratch: np.ndarray, rules: Rules) -> None:
    """Write the deck, the piles, the tokens and the discards."""
    ranks, each = rules.ranks, GONE_BITS[rules.ranks]
    scratch[DECK] = (1 << (rules.cards - dealt_of(row))) - 1
    piles, gone = 0, 0
    board, first, second = word(row, BOARD), word(row, GONE), word(row, GONE_MORE)
    for colour in range(rules.colours):
        piles |= ((1 << ((board >> (3 * colour)) & 7)) >> 1) << (colour * ranks)
        two = first >> (10 * colour) if colour < 3 else second >> (10 * colour - 30)
        gone |= THERMOMETER[ranks, two & 1023] << (colour * each)
    tokens = (1 << information_of(row)) - 1
    lives = ((1 << lives_of(row)) - 1) << rules.information
    scratch[TOKENS] = piles | ((tokens | lives) << (rules.colours * ranks))
    scratch[GONES] = gone


@small
def last_cards(row: np.ndarray, rules: Rules) -> int:
    """Return the last move: what was told and matches, or which card and what came of it."""
    last, hand = word(row, LAST), rules.hand
    action, told = last & 63, rules.colours + rules.ranks
    if (last >> ANY) & 1 == 0:
        return 0
    if action < 2 * hand:
        plays = action >= hand
        bits = 1 << (told + hand + action - (hand if plays else 0))
        bits |= one_hot((last >> MOVED_CARD) & 31, rules.ranks) << (told + 2 * hand)
        outcome = ((last >> SCORED) & 1) | (((last >> TOKEN) & 1) << 1)
        kinds = rules.colours * rules.ranks
        return bits | (outcome << (told + 2 * hand + kinds) if plays else 0)
    _, by_rank, value = hint_of(action, rules)
    bits = ((last >> MATCHES) & MATCHES_MASK) << told
    return bits | (1 << (value + (rules.colours if by_rank else 0)))


@small
def write_known(row: np.ndarray, player: int, words: np.ndarray, rules: Rules) -> None:
    """Write what each card of a hand may be and what was told of it, a word a card."""
    players, kinds = rules.players, rules.colours * rules.ranks
    colours = word(row, HANDS + players + player)
    ranks = word(row, HANDS + 2 * players + player)
    told = word(row, HANDS + 3 * players + player)
    for place in range(hand_of(row, player, rules)):
        colour, rank = colours & 31, ranks & 31
        heard = (colour * (told & 1)) | ((rank * ((told >> RANKS_TOLD) & 1)) << rules.colours)
        words[place] = (rank * STRIDES[rules.ranks, colour]) | (heard << kinds)
        colours >>= CARD_BITS
        ranks >>= CARD_BITS
        told >>= 1


@compiled
def write_shared(row: np.ndarray, scratch: np.ndarray, rules: Rules) -> None:
    """Write all that several seats see alike."""
    scratch[:] = 0
    write_common(row, scratch, rules)
    scratch[LAST_CARDS] = last_cards(row, rules)
    if rules.sees != MINIMAL:
        for player in range(rules.players):
            write_known(row, player, scratch[KNOWN + rules.hand * player :], rules)


@small
def push_hands(
    row: np.ndarray, seat: int, bits: np.ndarray, writer: Writer, rules: Rules
) -> Writer:
    """Write the hands of the others, and whose hand lacks a card."""
    players, kinds = rules.players, rules.colours * rules.ranks
    for offset in range(1, players):
        player = seat_after(seat, offset, players)
        hand, size = word(row, HANDS + player), hand_of(row, player, rules)
        for place in range(rules.hand):
            card = one_hot(hand & 31, rules.ranks) if place < size else 0
            writer = push(bits, writer, kinds, card)
            hand >>= CARD_BITS
    short = word(row, TURN) >> SHORT
    turned = (short >> seat) | (short << (players - seat))
    return push(bits, writer, players, turned & ((1 << players) - 1))


@small
def mover_bits(row: np.ndarray, seat: int, rules: Rules) -> int:
    """Return who made the last move, what kind it was, and to whom."""
    last, players = word(row, LAST), rules.players
    if (last >> ANY) & 1 == 0:
        return 0
    action = last & 63
    by = seat_after((last >> MOVER) & 7, players - seat, players)
    if action < 2 * rules.hand:
        return (1 << by) | ((2 if action < rules.hand else 1) << players)
    offset, by_rank, _ = hint_of(action, rules)
    kind = (8 if by_rank else 4) | (1 << (seat_after(by, offset, players) + 4))
    return (1 << by) | (kind << players)


@compiled
def observe_bits(
    row: np.ndarray, seat: int, bits: np.ndarray, scratch: np.ndarray, rules: Rules
) -> None:
    """Write what a seat sees as packed bits, `write_shared` done before."""
    kinds, told = rules.colours * rules.ranks, rules.colours + rules.ranks
    writer = push_hands(row, seat, bits, (np.uint64(0), 0, 0), rules)
    drawn = rules.cards - rules.players * rules.hand
    if drawn > 0:
        writer = push(bits, writer, drawn, scratch[DECK])
    tokens = rules.information + rules.lives
    writer = push(bits, writer, kinds + tokens, scratch[TOKENS])
    writer = push(bits, writer, rules.cards, scratch[GONES])
    writer = push(bits, writer, 2 * rules.players + 4, mover_bits(row, seat, rules))
    writer = push(bits, writer, 2 * rules.hand + told + kinds + 2, scratch[LAST_CARDS])
    if rules.sees != MINIMAL:
        for offset in range(rules.players):
            first = KNOWN + rules.hand * seat_after(seat, offset, rules.players)
            for place in range(rules.hand):
                writer = push(bits, writer, kinds + told, scratch[first + place])
    bits[writer[2]] = writer[0]


@compiled
def expand(bits: np.ndarray, out: np.ndarray) -> None:
    """Write packed bits as bytes, eight to a word of ``out``, shape (words,), uint64."""
    for place in range(len(out)):
        byte = (bits[place >> 3] >> np.uint64(8 * (place & 7))) & np.uint64(255)
        out[place] = BYTES[byte]


@compiled
def observe_game(
    row: np.ndarray, bits: np.ndarray, scratch: np.ndarray, out: np.ndarray, rules: Rules
) -> None:
    """Write what each seat sees, eight bits to a word of ``out``, shape (n, words), uint64."""
    write_shared(row, scratch, rules)
    for seat in range(rules.players):
        observe_bits(row, seat, bits, scratch, rules)
        expand(bits, out[seat])
