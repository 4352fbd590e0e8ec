"""What a cook sees: a picture of the kitchen in 26 channels.

Source: the lossless encoding of overcooked_ai 1.1.0: shape (width, height, 26), for each cook with
its own place first.
"""

from __future__ import annotations

import numpy as np

from comity.learning.environments.overcooked.layouts import (
    COUNTER,
    DISHES,
    ONIONS,
    POT,
    SERVING,
    TOMATOES,
)
from comity.learning.environments.overcooked.rules import HEADINGS, Rules

CHANNELS = (
    "own place",
    "partner's place",
    *(f"own heading {heading}" for heading in HEADINGS),
    *(f"partner's heading {heading}" for heading in HEADINGS),
    "pot",
    "counter",
    "onion supply",
    "tomato supply",
    "dish supply",
    "serving place",
    "onions in a pot",
    "tomatoes in a pot",
    "onions in a soup",
    "tomatoes in a soup",
    "steps left to cook",
    "soup done",
    "dish",
    "onion",
    "tomato",
    "time runs out",
)
"""Names of the channels, in order."""

HEADINGS_AT = (2, 6)
TERRAIN_AT = {POT: 10, COUNTER: 11, ONIONS: 12, TOMATOES: 13, DISHES: 14, SERVING: 15}
IN_POT_AT, SOUP_AT, REMAINING_AT, DONE_AT, URGENCY_AT = 16, 18, 20, 21, 25
ITEMS_AT = (-1, 23, 24, 22)
"""Channel of each item, by its code in `rules`."""


def bare(rules: Rules) -> np.ndarray:
    """Return the kitchen without cooks and things, shape (cells, 26), uint8."""
    seen = np.zeros((rules.cells, len(CHANNELS)), np.uint8)
    for kind, channel in TERRAIN_AT.items():
        seen[rules.terrain == kind, channel] = 1
    return seen


def grounds(rules: Rules) -> np.ndarray:
    """Return the bare kitchen, flat, before and after time begins to run out; (2, cells * 26)."""
    early = bare(rules)
    late = early.copy()
    late[:, URGENCY_AT] = 1
    return np.stack([early.ravel(), late.ravel()])
