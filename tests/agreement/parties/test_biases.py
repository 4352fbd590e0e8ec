"""Each named way bends what it names and nothing else."""

import numpy as np
import pytest

from agreement_situations import chicken, full_game, random_negotiation
from comity.agreement.parties.biases import bent, directions
from comity.core.errors import InputError


def test_the_ways_of_a_game_with_facts(rng):
    ways = directions(full_game(rng), "A")
    assert {"tastes scaled", "fact fish", "fact smoke"} <= set(ways)
    assert "no deal" not in ways
    assert sum(way.startswith("taste ") for way in ways) == 8
    assert all(unit > 0 for unit in ways.values())


def test_the_ways_of_a_negotiation(rng):
    ways = directions(random_negotiation(rng, (3, 4)), "B")
    assert "no deal" in ways
    assert not any(way.startswith("fact ") for way in ways)


@pytest.mark.parametrize("name", ["A", "B"])
def test_each_way_changes_only_what_it_names(name, rng):
    game = full_game(rng)
    for way in directions(game, name):
        found = bent(game, name, {way: 0.5})
        changed = {
            block
            for block, before in game.blocks().items()
            if not np.array_equal(before.values, found.blocks()[block].values)
        }
        assert changed == {"facts" if way.startswith("fact ") else f"tastes[{name}]"}


def test_amounts(rng):
    game = random_negotiation(rng, (3, 4), reservation=0.2)
    raised = bent(game, "B", {"no deal": 0.3, "tastes scaled": 1.0})
    assert raised.reservation.tolist() == [0.2, 0.5]
    assert np.allclose(raised.tastes[1], 2 * game.tastes[1])
    facts = full_game(rng)
    assert np.allclose(bent(facts, "A", {"fact smoke": -1}).facts[1], facts.facts[1] - 1)


def test_nothing_bent_is_the_truth():
    assert np.array_equal(bent(chicken(), "A", {}).table, chicken().table)


def test_an_unknown_way():
    with pytest.raises(InputError, match="no such way"):
        bent(chicken(), "A", {"charm": 1.0})
