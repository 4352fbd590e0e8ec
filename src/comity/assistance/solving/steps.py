"""How many steps of a game matter."""

from __future__ import annotations

import math

from comity.assistance.games.game import AssistanceGame
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
