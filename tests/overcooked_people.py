"""Games of made-up people, in the format of recorded ones."""

import csv
import os
from pathlib import Path

import pytest

from comity.learning.environments.make import make
from comity.learning.environments.overcooked.rules import unpack_cook
from comity.learning.humans.boltzmann import BoltzmannCook
from comity.learning.humans.trajectories import COLUMNS, STUDY_OF_2019
from comity.learning.policies.playing import play

HELD = ("", "onion", "tomato", "dish", "soup")


def rows(pair, layout, steps, cooks, seed):
    """Return the rows of a game of two policies under the rules of 2019."""
    kitchen = make("overcooked", layout=layout, horizon=steps, **STUDY_OF_2019)
    played = play(kitchen, cooks, 1, seed)
    state, score, found = kitchen.start({}), 0.0, []
    for step in range(steps):
        row = {"pair": pair, "layout": layout, "t": float(step), "score": score}
        for seat in (0, 1):
            cell, heading = unpack_cook(int(state.now.cooks[0]), seat)
            x, y = kitchen.rules.cell(cell)
            row |= {f"a{seat}": "NSEW.I"[played.actions[step, 0, seat]], f"x{seat}": x,
                    f"y{seat}": y, f"o{seat}": "NSEW"[heading],
                    f"h{seat}": HELD[min(int(state.now.hands[0, seat]), 4)]}  # fmt: skip
        row["reward"] = float(kitchen.step(state, played.actions[step]).rewards[0, 0])
        score += row["reward"]
        found.append(row)
    return found


def write(path, games):
    """Write games to a file."""
    with Path(path).open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(row for game in games for row in game)
    return path


def some_games(pairs=4, steps=300, cook=None):
    """Return games of two like cooks, planners unless given, on two layouts."""
    cook = cook or BoltzmannCook(1.5, 0.4)
    return [
        rows(str(pair), layout, steps, [cook, cook], pair)
        for pair in range(pairs)
        for layout in ("cramped_room", "forced_coordination")
    ]


def real_file():
    """Return the recorded games of 2019, or skip the test."""
    folder = os.environ.get("COMITY_DATA")
    path = Path(folder or ".") / "overcooked" / "hh2019_train_compact.csv.gz"
    if not folder or not path.exists():
        pytest.skip("set COMITY_DATA to a folder that holds overcooked")
    return path
