"""The compiled loops against what overcooked_ai 1.1.0 did."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from comity.learning.environments.make import make
from overcooked_reference import FILE, brief, kitchens, marks

KITCHENS = kitchens()
ROOT = Path(__file__).parents[4]


def test_every_layout_and_both_dynamics_are_recorded():
    assert len(KITCHENS) == 12
    assert json.loads(FILE.read_text(encoding="utf-8"))["source"] == "overcooked_ai 1.1.0"


@pytest.mark.parametrize(("layout", "old"), KITCHENS)
def test_recorded_games_come_out_the_same(layout, old):
    games = KITCHENS[layout, old]
    found, _ = marks("numba", layout, old, games)
    assert found == [game["marks"] for game in games]


def test_the_recorded_games_serve_soups():
    totals = [marks("numba", *kitchen, games)[1] for kitchen, games in KITCHENS.items()]
    assert sum(total > 0 for total in totals) >= 11


def test_a_single_other_action_is_noticed():
    (layout, old), games = next(iter(KITCHENS.items()))
    bent = bytes([*bytes.fromhex(games[0]["actions"])[:-40], *[0] * 40]).hex()
    found, _ = marks("numba", layout, old, [{**games[0], "actions": bent}])
    assert found[0][:-1] == games[0]["marks"][:-1]
    assert found[0][-1] != games[0]["marks"][-1]


def test_the_reference_itself_agrees():
    python = os.environ.get("COMITY_OVERCOOKED_PYTHON")
    if not python:
        pytest.skip("set COMITY_OVERCOOKED_PYTHON to a Python that has overcooked_ai 1.1.0")
    game = KITCHENS["cramped_room", False][0]
    done = subprocess.run(
        [python, str(ROOT / "benchmarks" / "overcooked_oracle.py")],
        input=json.dumps(game) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    steps = json.loads(done.stdout)["steps"]
    kitchen = make("overcooked")
    state = kitchen.start({})
    for joint, (_, _, picture) in zip(bytes.fromhex(game["actions"]), steps, strict=True):
        state = kitchen.step(state, [divmod(joint, 6)]).state
        assert brief(kitchen.observe(state)[0].tobytes()) == picture


def test_two_cooks_cannot_pass_through_each_other():
    kitchen = make("overcooked")
    cooks = [{"at": [1, 1]}, {"at": [2, 1]}]
    state = kitchen.start({"cooks": cooks})
    state = kitchen.step(state, [[2, 3]]).state
    shown = kitchen.positions(state)[0]["cooks"]
    assert [cook["at"] for cook in shown] == [[1, 1], [2, 1]]
    assert [cook["facing"] for cook in shown] == ["east", "west"]


def test_a_soup_is_worth_twenty_once():
    kitchen = make("overcooked")
    cooks = [{"at": [3, 2], "facing": "south", "holds": "soup OOO"}, {"at": [1, 1]}]
    state = kitchen.start({"cooks": cooks})
    paid = [kitchen.step(state, [[5, 4]]).rewards[0].tolist() for _ in range(2)]
    assert paid == [[20, 20], [0, 0]]
    assert np.array_equal(kitchen.shaped(state), [[0, 0]])
