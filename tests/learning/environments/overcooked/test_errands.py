"""Distances against breadth-first search, and errands in positions where the right one is plain."""

from collections import deque

import numpy as np
import pytest

from comity.learning.environments.make import make
from comity.learning.environments.overcooked.errands import (
    FAR,
    costs_all,
    distances,
    errand,
    plan_of,
)
from comity.learning.environments.overcooked.layouts import CLASSIC, neighbours
from comity.learning.environments.overcooked.rules import INTERACT, STAY, unpack_cook


def steps_by_search(rules, cell, heading):
    """Return the steps until each cell is faced, by search from one stance."""
    found, seen, queue = {}, {(cell, heading)}, deque([(cell, heading, 0)])
    while queue:
        here, way, steps = queue.popleft()
        front = rules.number(neighbours(rules.cell(here))[way])
        found.setdefault(front, steps)
        for action in range(4):
            stance = (int(rules.walk[here, action]), action)
            if stance not in seen:
                seen.add(stance)
                queue.append((*stance, steps + 1))
    return found


@pytest.mark.parametrize("layout", ["cramped_room", "forced_coordination"])
def test_distances_are_those_of_a_search(layout):
    rules = make("overcooked", layout=layout).rules
    table = distances(rules)
    for cell in rules.floor:
        for heading in range(4):
            found = steps_by_search(rules, int(cell), heading)
            expected = [found.get(aim, FAR) for aim in range(rules.cells)]
            assert table[:, cell, heading].tolist() == expected


def aims(given, player=0, **rules):
    """Return the cells of a cook's errand."""
    kitchen = make("overcooked", **rules)
    now = kitchen.start(given).now
    marked = np.zeros(kitchen.rules.cells, np.bool_)
    cell, heading = unpack_cook(int(now.cooks[0]), player)
    held, partner = (int(now.hands[0, seat]) for seat in (player, 1 - player))
    plan = plan_of(kitchen.rules)
    steps = errand(cell | heading << 8, now.things[0], held, partner, plan, marked)
    return sorted(kitchen.rules.cell(cell) for cell in np.flatnonzero(marked)), steps


def held(what, partner="nothing"):
    return {"cooks": [{"at": [1, 2], "holds": what}, {"at": [3, 1], "holds": partner}]}


POT = [2, 0]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (held("nothing"), [(0, 1), (4, 1)]),
        (held("onion"), [(2, 0)]),
        (held("nothing") | {"things": [{"at": POT, "is": "soup OOO"}]}, [(2, 0)]),
        (held("nothing") | {"things": [{"at": POT, "is": "soup OOO", "cooked": 3}]}, [(1, 3)]),
        (held("nothing", "dish") | {"things": [{"at": POT, "is": "soup OOO", "cooked": 3}]},
         [(0, 1), (4, 1)]),
        (held("dish") | {"things": [{"at": POT, "is": "soup OOO", "cooked": 3}]}, [(2, 0)]),
        (held("soup OOO"), [(3, 3)]),
    ],
)  # fmt: skip
def test_the_next_sensible_thing(given, expected):
    assert aims(given)[0] == expected


def test_an_onion_on_a_counter_will_do():
    given = held("nothing") | {"things": [{"at": [0, 2], "is": "onion"}]}
    assert aims(given)[0] == [(0, 1), (0, 2), (4, 1)]


def test_who_cannot_reach_the_pot_hands_over():
    given = {"cooks": [{"at": [3, 1]}, {"at": [1, 2], "holds": "onion"}]}
    found, _ = aims(given, player=1, layout="forced_coordination")
    assert found == [(2, 1), (2, 2), (2, 3)]


def test_costs_count_down_to_the_interaction():
    kitchen = make("overcooked", layout="cramped_room")
    state = kitchen.start({"cooks": [{"at": [3, 2], "holds": "onion"}, {"at": [1, 1]}]})
    plan, costs = plan_of(kitchen.rules), np.zeros((1, 6), np.int64)
    costs_all(state.now, 0, plan, costs)
    expected = int(costs.min())
    while expected:
        assert costs.min() == expected
        assert costs[0, STAY] == expected + 1
        best = int(costs.argmin())
        state = kitchen.step(state, [[best, STAY]]).state
        expected -= 1
        if expected:
            costs_all(state.now, 0, plan, costs)
    assert best == INTERACT
    assert kitchen.positions(state)[0]["things"] == [{"at": POT, "is": "soup O"}]


@pytest.mark.parametrize("layout", CLASSIC)
def test_pots_are_within_reach_of_someone(layout):
    rules = make("overcooked", layout=layout).rules
    table = distances(rules)
    near = table[rules.place_cells[: rules.pots]][:, rules.floor].min(axis=(1, 2))
    assert (near == 0).all()
