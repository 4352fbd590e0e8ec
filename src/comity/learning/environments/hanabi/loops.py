"""Batches of games of Hanabi on the CPU, compiled: one row of words a game."""

from __future__ import annotations

from typing import Any

import numpy as np

from comity.learning.environments.hanabi.kernel import (
    compiled,
    deal,
    is_over,
    legal_bits,
    mixed,
    move,
    rules_from,
    shuffle,
    word,
)
from comity.learning.environments.hanabi.rules import TURN
from comity.learning.environments.hanabi.seeing import MOST_WORDS, SCRATCH_WORDS, observe_game


@compiled
def begin_all(
    words: np.ndarray, which: np.ndarray, sorted_cards: np.ndarray, facts: np.ndarray, seed: Any
) -> None:
    """Begin a fresh game in each row that is named."""
    rules = rules_from(facts)
    stream = np.uint64(seed)
    for game in range(len(words)):
        if which[game]:
            stream = shuffle(words[game], sorted_cards, rules, stream)
            deal(words[game], rules)


@compiled
def deal_all(words: np.ndarray, facts: np.ndarray) -> None:
    """Begin each game from the deck in its row."""
    rules = rules_from(facts)
    for game in range(len(words)):
        deal(words[game], rules)


@compiled
def first_illegal(words: np.ndarray, actions: np.ndarray, facts: np.ndarray) -> int:
    """Return the first game whose action is illegal or that is over, or -1."""
    rules = rules_from(facts)
    for game in range(len(words)):
        row = words[game]
        action = actions[game, word(row, TURN) & 7]
        if is_over(row) or action < 0 or action > 62 or not (legal_bits(row, rules) >> action) & 1:
            return game
    return -1


@compiled
def step_all(
    words: np.ndarray, actions: np.ndarray, rewards: np.ndarray, done: np.ndarray, facts: np.ndarray
) -> None:
    """Play the action of who is to move in each game."""
    rules = rules_from(facts)
    for game in range(len(words)):
        row = words[game]
        rewards[game, :] = move(row, actions[game, word(row, TURN) & 7], rules)
        done[game] = is_over(row)


@compiled
def legal_all(words: np.ndarray, legal: np.ndarray, facts: np.ndarray) -> None:
    """Write what each player may do: everything where it waits."""
    rules = rules_from(facts)
    legal[:] = True
    for game in range(len(words)):
        row = words[game]
        if not is_over(row):
            bits = legal_bits(row, rules)
            player = word(row, TURN) & 7
            for action in range(legal.shape[2]):
                legal[game, player, action] = (bits >> action) & 1


@compiled
def observe_all(words: np.ndarray, out: np.ndarray, facts: np.ndarray) -> None:
    """Write what each player sees, eight bits to a word, shape (B, n, words), uint64."""
    rules = rules_from(facts)
    bits = np.zeros(MOST_WORDS, dtype=np.uint64)
    scratch = np.zeros(SCRATCH_WORDS, dtype=np.uint64)
    for game in range(len(words)):
        observe_game(words[game], bits, scratch, out[game], rules)


DE_BRUIJN = 0x022FDD63CC95386D
"""A cycle of 64 bits in which every six in a row differ."""

PLACE = np.zeros(64, dtype=np.int64)
"""By the six bits that the cycle begins with when it is turned so far: how far."""
for _turn in range(64):
    PLACE[((DE_BRUIJN << _turn) % 2**64) >> 58] = _turn


@compiled
def pick(bits: int, which: int) -> int:
    """Return the place of the set bit number ``which``, the lowest is number 0.

    Source: Leiserson, Prokop and Randall 1998, for the place of the lowest set bit.
    """
    for _ in range(which):
        bits &= bits - 1
    lowest = np.uint64(bits & -bits)
    return PLACE[(lowest * np.uint64(DE_BRUIJN)) >> np.uint64(58)]


@compiled
def count(bits: int) -> int:
    """Return how many bits are set, of up to 63."""
    pairs = bits - ((bits >> 1) & 0x5555555555555555)
    fours = (pairs & 0x3333333333333333) + ((pairs >> 2) & 0x3333333333333333)
    eights = (fours + (fours >> 4)) & 0x0F0F0F0F0F0F0F0F
    return (
        eights
        + (eights >> 8)
        + (eights >> 16)
        + (eights >> 24)
        + (eights >> 32)
        + (eights >> 40)
        + (eights >> 48)
        + (eights >> 56)
    ) & 127


@compiled
def roam(
    words: np.ndarray,
    steps: int,
    out: np.ndarray,
    look: bool,
    sorted_cards: np.ndarray,
    facts: np.ndarray,
    seed: Any,
) -> tuple[int, int]:
    """Play random legal moves in all games, each begun again when over.

    If ``look``, what every player sees after each step is written to ``out``. Return how many
    games ended and the sum of all rewards.
    """
    rules = rules_from(facts)
    stream, ended, total = np.uint64(seed), 0, 0
    bits = np.zeros(MOST_WORDS, dtype=np.uint64)
    scratch = np.zeros(SCRATCH_WORDS, dtype=np.uint64)
    for _ in range(steps):
        for game in range(len(words)):
            row = words[game]
            legal = legal_bits(row, rules)
            stream, drawn = mixed(stream)
            total += move(row, pick(legal, (drawn * count(legal)) >> 32), rules)
            if is_over(row):
                ended += 1
                stream = shuffle(row, sorted_cards, rules, stream)
                deal(row, rules)
            if look:
                observe_game(row, bits, scratch, out[game], rules)
    return ended, total
