"""Drawing one outcome of an agreed lottery so that nobody can choose it.

The draw is a hash of one secret nonce of each party. They are committed with the reports and opened
only after all have accepted, so that nobody can refuse a lottery for what it drew; the draw is
uniform as long as one party picked its nonce at random.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from comity.core import digest
from comity.games import MixedProfile, Play
from comity.games.plays import Outcome

BITS = 52


def draw_seed(case: str, nonces: Mapping[str, str]) -> str:
    """Return the hash of the draw nonces that decides the draw, 64 hexadecimal digits."""
    return digest({"case": case, "nonces": dict(nonces)})


def uniform_draw(seed: str) -> float:
    """Return the number in [0, 1) that the leading 52 bits of a hash stand for."""
    return int(seed[: BITS // 4], 16) / 2.0**BITS


def drawn_outcome(play: Play, number: float) -> Outcome:
    """Return the outcome at a place in [0, 1) of the play, outcomes in index order.

    Examples
    --------
    >>> from comity.games import Lottery
    >>> drawn_outcome(Lottery.uniform([(1, 0), (0, 1)]), 0.4)
    (0, 1)
    """
    lottery = play.to_lottery() if isinstance(play, MixedProfile) else play
    order = sorted(range(len(lottery.outcomes)), key=lambda k: lottery.outcomes[k])
    heights = np.cumsum(lottery.probabilities[order])
    place = int(np.searchsorted(heights, number * heights[-1], side="right"))
    return lottery.outcomes[order[min(place, len(order) - 1)]]
