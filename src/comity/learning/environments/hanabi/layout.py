"""Where an observation keeps what: its sections, and the places of each colour.

The order and the content are those of the canonical encoder of hanabi-learning-environment 0.0.4
(Bard et al. 2020): every number is 0 or 1.
"""

from __future__ import annotations

import numpy as np

from comity.learning.environments.hanabi.rules import MINIMAL, Rules, copies
from comity.learning.environments.protocol import Symmetry


def sections(rules: Rules) -> dict[str, int]:
    """Return the length of each section of an observation, in order.

    ``hands`` are the cards of the others, one-hot, next player first; ``short`` tells whose hand
    lacks a card, own first; ``deck``, ``information`` and ``lives`` are thermometers; ``piles``
    and what follows ``gone`` are one-hot; ``gone`` has a thermometer a card; ``knowledge`` has for
    each card what it may be, then the colour and the rank it was told.
    """
    players, hand, kinds = rules.players, rules.hand, rules.colours * rules.ranks
    told = kinds + rules.colours + rules.ranks
    return {
        "hands": (players - 1) * hand * kinds,
        "short": players,
        "deck": rules.cards - players * hand,
        "piles": kinds,
        "information": rules.information,
        "lives": rules.lives,
        "gone": rules.cards,
        "mover": players,
        "move": 4,
        "target": players,
        "colour": rules.colours,
        "rank": rules.ranks,
        "matches": hand,
        "place": hand,
        "card": kinds,
        "outcome": 2,
        "knowledge": 0 if rules.sees == MINIMAL else players * hand * told,
    }


def length(rules: Rules) -> int:
    """Return the length of an observation."""
    return sum(sections(rules).values())


def offsets(rules: Rules) -> dict[str, int]:
    """Return where each section begins."""
    sizes = sections(rules)
    ends = np.cumsum(list(sizes.values()))
    return {name: int(end) - size for (name, size), end in zip(sizes.items(), ends, strict=True)}


def colour_symmetry(rules: Rules) -> tuple[Symmetry, ...]:
    """Return that colours may be exchanged, unless there is one only."""
    if rules.colours == 1:
        return ()
    return (Symmetry("colours", observations=_seen(rules), actions=_told(rules)),)


def _seen(rules: Rules) -> np.ndarray:
    begin, kinds = offsets(rules), rules.colours * rules.ranks
    colours = np.arange(rules.colours)[:, None]
    cards = colours * rules.ranks + np.arange(rules.ranks)
    each = sum(copies(rank, rules.ranks) for rank in range(rules.ranks))
    gone = colours * each + np.arange(each)
    hands = [begin["hands"] + place * kinds for place in range((rules.players - 1) * rules.hand)]
    parts = [start + cards for start in [*hands, begin["piles"], begin["card"]]]
    parts += [begin["gone"] + gone, begin["colour"] + colours]
    if rules.sees != MINIMAL:
        width = kinds + rules.colours + rules.ranks
        for place in range(rules.players * rules.hand):
            start = begin["knowledge"] + place * width
            parts += [start + cards, start + kinds + colours]
    return np.concatenate(parts, axis=1)


def _told(rules: Rules) -> np.ndarray:
    others = np.arange(rules.players - 1) * rules.colours
    return 2 * rules.hand + others + np.arange(rules.colours)[:, None]
