"""The comparison of Hanabi with its reference finds every kind of difference."""

import json

import hanabi_replay
import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.checks import random_choice


def written(games=6, variant=None):
    """Games in the form that the reference writes, played by our own engine."""
    environment = make("hanabi", **(variant or {}))
    random = random_choice(1)
    found = {name: [] for name in ("decks", "actions", "rewards", "legal", "looks")}
    for start in environment.given(environment.begin(2, games)):
        state, over = environment.start(start), False
        cards = [(("RYGWB".index(c[0])), int(c[1]) - 1) for c in start["deck"].split()]
        found["decks"].append([colour * environment.rules.ranks + rank for colour, rank in cards])
        while True:
            found["looks"].append(np.packbits(environment.observe(state)[0], axis=1))
            player = int(environment.acting(state)[0].argmax())
            legal = environment.legal(state)
            bits = sum(1 << int(a) for a in np.flatnonzero(legal[0, player]))
            found["legal"].append(0 if over else bits)
            if over:
                found["actions"].append(-1)
                found["rewards"].append(0)
                break
            actions = random(0, legal, legal)
            found["actions"].append(int(actions[0, player]))
            step = environment.step(state, actions)
            state, over = step.state, bool(step.done[0])
            found["rewards"].append(int(step.rewards[0, 0]))
    kinds = {"decks": np.uint8, "actions": np.int8, "rewards": np.int8, "legal": np.uint64}
    arrays = {name: np.array(found[name], dtype=kind) for name, kind in kinds.items()}
    return arrays | {"looks": np.stack(found["looks"]), "variant": json.dumps(variant or {})}


def test_equal_games_have_no_differences():
    data = written()
    found = hanabi_replay.compared(data, "numba")
    assert found["games"] == 6
    assert found["moves"] == (data["actions"] >= 0).sum()
    assert found["observations"] == 2 * len(data["actions"])
    assert found["differences"] == 0


@pytest.mark.parametrize("name", ["looks", "legal", "rewards"])
def test_one_planted_fault_is_one_difference(name):
    data = written()
    if name == "looks":
        data["looks"][3, 1, 5] ^= 4
    elif name == "legal":
        data["legal"][3] ^= np.uint64(1)
    else:
        data["rewards"][3] += 1
    assert hanabi_replay.compared(data, "numba")["differences"] == 1


def test_a_game_that_ends_elsewhere_is_a_difference():
    data = written(games=1)
    for name in ("actions", "rewards", "legal", "looks"):
        data[name] = np.concatenate([data[name][:-2], data[name][-1:]])
    assert hanabi_replay.compared(data, "numba")["differences"] > 0


def test_what_is_kept_has_check_sums_of_each_look():
    (game, *_) = hanabi_replay.recorded(written(), 2, 658)
    assert len(game["seen"]) == len(game["actions"]) + 1 == len(game["legal"]) + 1
    assert int(game["legal"][0], 16) > 0


def test_the_reference_itself_where_it_is_installed(tmp_path):
    pytest.importorskip("hanabi_learning_environment", reason="the reference is not installed")
    import hanabi_reference

    for number, variant in enumerate(hanabi_reference.VARIANTS[:4]):
        hanabi_reference.write(tmp_path / "0.npz", variant, 20, number)
        with np.load(tmp_path / "0.npz") as stored:
            assert hanabi_replay.compared(dict(stored), "numba")["differences"] == 0
