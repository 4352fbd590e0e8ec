"""The rules of Hanabi as numbers, and where a state keeps what: both engines read this file.

A state is a row of 32-bit words: the board, the turn, the last move, the discards, then for each
player a hand and what it was told, then the deck. A card is 5 colour + rank, in 5 bits; a hand
holds its oldest card in the lowest bits.

Source: Bard et al. 2020, "The Hanabi Challenge", sections 2 and 5, and the rules that
hanabi-learning-environment 0.0.4 plays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from comity.core.errors import InputError
from comity.learning.environments.stated import whole

COLOURS = "RYGWB"
COLOUR_NAMES = ("red", "yellow", "green", "white", "blue")
OBSERVATIONS = ("minimal", "card knowledge", "seer")
BOMBING = ("loses all", "keeps points")

MINIMAL, KNOWLEDGE, SEER = range(3)

CARD_BITS = 5
CARDS_A_WORD = 6
MOST_CARDS = 50

# Words of a state. Behind these come, for each player: hand, colours, ranks, told; then the deck.
BOARD, TURN, LAST, GONE, GONE_MORE, HANDS = range(6)

# Bits of the board: three a colour for its pile, then tokens, and whether the game began from a
# position that was stated.
INFORMATION, INFORMATION_MASK = 15, 15
LIVES, LIVES_MASK = 19, 7
STATED = 30

# Bits of the turn: who is to move, turns left once the deck is empty, cards dealt, whether the
# game is over, and a bit for each player whose hand lacks a card.
TURNS_LEFT, DEALT, DEALT_MASK, OVER, SHORT = 3, 6, 63, 12, 13

# Bits of the last move: the action, by whom, the card, whether it scored, whether a token came
# back, the cards of a hint that match, and that there was a move at all.
MOVER, MOVED_CARD, SCORED, TOKEN, MATCHES, MATCHES_MASK, ANY = 6, 9, 14, 15, 16, 63, 22

# Discards take two bits a card: fifteen cards in the first word, ten in the second.
CARDS_IN_GONE = 15

RANKS_TOLD = 6


class Rules(NamedTuple):
    """A variant of Hanabi, as whole numbers that a compiled loop can read.

    Attributes
    ----------
    players, colours, ranks, hand, information, lives : how many.
    sees : place in `OBSERVATIONS`.
    keeps : 1 if points are kept when the last life is lost.
    empty : 1 if a hint may touch no card.
    cards : in the whole deck.
    """

    players: int
    colours: int
    ranks: int
    hand: int
    information: int
    lives: int
    sees: int
    keeps: int
    empty: int
    cards: int


def copies(rank: int, ranks: int) -> int:
    """Return how many cards of a rank each colour has: three of the first, one of the last.

    Examples
    --------
    >>> [copies(rank, 5) for rank in range(5)]
    [3, 2, 2, 2, 1]
    """
    return 3 if rank == 0 else 1 if rank == ranks - 1 else 2


LIMITS = {
    "players": (2, 5),
    "colours": (1, 5),
    "ranks": (1, 5),
    "hand": (1, 6),
    "information": (1, 15),
    "lives": (1, 7),
}
"""Least and most of each number."""


def rules_of(stated: dict[str, Any]) -> Rules:
    """Return the rules of a variant with every number stated, or raise `InputError`."""
    for name, (least, most) in LIMITS.items():
        whole(stated[name], name, least, most)
    for name, words in (("observation", OBSERVATIONS), ("bombing", BOMBING)):
        if stated[name] not in words:
            raise InputError(
                "not a rule of Hanabi",
                place=name,
                found=stated[name],
                expected=" or ".join(words),
            )
    ranks = stated["ranks"]
    cards = stated["colours"] * sum(copies(rank, ranks) for rank in range(ranks))
    if stated["players"] * stated["hand"] > cards:
        raise InputError(
            "the deck is too small for the hands",
            place="hand",
            found=f"{stated['players']} hands of {stated['hand']}",
            expected=f"no more than the {cards} cards of the deck",
        )
    return Rules(
        **{name: stated[name] for name in LIMITS},
        sees=OBSERVATIONS.index(stated["observation"]),
        keeps=BOMBING.index(stated["bombing"]),
        empty=int(bool(stated["empty_hints"])),
        cards=cards,
    )


def usual_hand(players: int) -> int:
    """Return how many cards a player holds unless stated: five of two or three, else four."""
    return 5 if players < 4 else 4


def actions_of(rules: Rules) -> int:
    """Return the number of actions: discard, play, tell a colour, tell a rank, in this order."""
    return 2 * rules.hand + (rules.players - 1) * (rules.colours + rules.ranks)


def horizon_of(rules: Rules) -> int:
    """Return a number of moves that no game exceeds.

    Each play or discard before the deck is empty draws a card; each hint needs a token, and
    tokens come back only by discards and finished colours; then each has one turn.
    """
    drawn = rules.cards - rules.players * rules.hand
    return 2 * drawn + rules.information + rules.colours + rules.players


def deck_words(rules: Rules) -> int:
    """Return the number of words of a deck."""
    return -(-rules.cards // CARDS_A_WORD)


def words_of(rules: Rules) -> int:
    """Return the number of words of a state.

    Examples
    --------
    >>> words_of(rules_of(dict(players=2, colours=5, ranks=5, hand=5, information=8, lives=3,
    ...     observation="card knowledge", bombing="loses all", empty_hints=False)))
    22
    """
    return HANDS + 4 * rules.players + deck_words(rules)
