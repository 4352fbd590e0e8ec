import itertools

import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import layout


@pytest.mark.parametrize(
    ("variant", "length"),
    [
        ({"players": 2}, 658),
        ({"players": 3}, 956),
        ({"players": 2, "observation": "minimal"}, 308),
        ({"players": 2, "colours": 2, "hand": 2, "information": 3, "lives": 1}, 171),
    ],
)
def test_observations_are_as_long_as_published(variant, length):
    """658 and 171 are stated for Hanabi-Full and Hanabi-Small by Bard et al.'s environment."""
    assert layout.length(make("hanabi", **variant).rules) == length


def test_sections_follow_each_other():
    rules = make("hanabi", players=3).rules
    sizes, begin = layout.sections(rules), layout.offsets(rules)
    assert begin["hands"] == 0
    names = list(sizes)
    for name, after in itertools.pairwise(names):
        assert begin[name] + sizes[name] == begin[after]


def test_each_place_belongs_to_one_colour_at_most():
    rules = make("hanabi", players=3).rules
    (symmetry,) = layout.colour_symmetry(rules)
    for slots in (symmetry.observations, symmetry.actions):
        assert len(np.unique(slots)) == slots.size
    # All but who is short, tokens, the deck, and the kind, seat, rank and place of the last move.
    blind = 3 + (50 - 15) + 8 + 3 + 3 + 4 + 3 + 5 + 5 + 5 + 2 + 15 * 5
    assert symmetry.observations.size == layout.length(rules) - blind


def test_one_colour_has_nothing_to_exchange():
    assert layout.colour_symmetry(make("hanabi", colours=1, hand=2).rules) == ()
