"""How many steps of a game matter, and what the rest can be worth."""

from __future__ import annotations

import math

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.solving.hidden import Hidden
from comity.core.errors import InputError

ERROR = 1e-6
"""Error, as a share of the range of values, to which a game without end is solved."""
MOST_STEPS = 2_000


def steps_for(game: AssistanceGame, error: float) -> int:
    """Return how many steps cover a game: its horizon, or until the rest is below the error."""
    if game.horizon is not None:
        return game.horizon
    steps = math.ceil(math.log(error) / math.log(game.discount))
    if steps > MOST_STEPS:
        raise InputError(
            "too many steps matter",
            place="discount",
            found=game.discount,
            expected=f"smaller, a horizon, or an error that {MOST_STEPS} steps reach",
        )
    return max(1, steps)


def reward_range(hidden: Hidden) -> tuple[float, float]:
    """Return the least and the most that one step can be worth under any type, 0 included."""
    game = hidden.game
    live = game.possible.any(axis=-1) & ~game.final[:, None, None]
    of_steps = hidden.rewards[:, live]
    return float(min(0.0, of_steps.min(initial=0.0))), float(max(0.0, of_steps.max(initial=0.0)))


def tail(hidden: Hidden, steps: int) -> tuple[float, float]:
    """Return the least and the most that steps after those covered can be worth."""
    game = hidden.game
    last = game.reachable(steps + 1)[-1]
    if game.horizon is not None or game.final[last].all():
        return 0.0, 0.0
    low, high = reward_range(hidden)
    scale = game.discount**steps / (1 - game.discount) if game.discount < 1 else np.inf
    return low * scale, high * scale
