"""Names and places of the channels."""

from collections import Counter

import numpy as np

from comity.learning.environments.overcooked.layouts import named_layout
from comity.learning.environments.overcooked.rules import DISH, ONION, TOMATO, Rules
from comity.learning.environments.overcooked.view import (
    CHANNELS,
    DONE_AT,
    HEADINGS_AT,
    IN_POT_AT,
    ITEMS_AT,
    REMAINING_AT,
    SOUP_AT,
    TERRAIN_AT,
    URGENCY_AT,
    bare,
)


def test_every_channel_has_one_use():
    used = [0, 1, *TERRAIN_AT.values(), IN_POT_AT, IN_POT_AT + 1, SOUP_AT, SOUP_AT + 1]
    used += [REMAINING_AT, DONE_AT, URGENCY_AT, *ITEMS_AT[1:]]
    used += [at + way for at in HEADINGS_AT for way in range(4)]
    assert sorted(used) == list(range(len(CHANNELS)))


def test_names_fit():
    assert [CHANNELS[ITEMS_AT[item]] for item in (ONION, TOMATO, DISH)] == [
        "onion",
        "tomato",
        "dish",
    ]
    assert CHANNELS[REMAINING_AT] == "steps left to cook"
    assert CHANNELS[HEADINGS_AT[1]] == "partner's heading north"


def test_the_bare_kitchen_shows_every_letter_once():
    rules = Rules(named_layout("forced_coordination"))
    letters = Counter("".join(rules.layout.rows))
    seen = bare(rules).sum(axis=0)
    assert [seen[at] for at in TERRAIN_AT.values()] == [letters[letter] for letter in "PXOTDS"]
    assert np.array_equal(seen[:10], np.zeros(10))
