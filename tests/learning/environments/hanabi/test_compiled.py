"""The engine on the CPU against games that hanabi-learning-environment 0.0.4 played."""

import json
import zlib
from pathlib import Path

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import check_environment, make

REFERENCE = Path(__file__).with_name("reference.jsonl")


def recorded():
    head, *games = map(json.loads, REFERENCE.read_text().splitlines())
    assert head["reference"] == "hanabi-learning-environment 0.0.4"
    return games


@pytest.mark.parametrize("players", [2, 3, 4, 5])
def test_it_keeps_the_protocol(players):
    assert check_environment(make("hanabi", players=players), size=6).faults == ()


def test_recorded_games_are_the_same_to_the_bit():
    games = recorded()
    assert {game["variant"]["players"] for game in games} == {2, 3, 4, 5}
    for game in games:
        environment = make("hanabi", **game["variant"])
        assert environment.shape.observations[0] == game["length"]
        state = environment.start({"deck": game["deck"]})
        for step, seen in enumerate(game["seen"]):
            looks = np.packbits(environment.observe(state)[0], axis=1)
            assert f"{zlib.crc32(looks.tobytes()):08x}" == seen
            if step == len(game["actions"]):
                break
            player = int(environment.acting(state)[0].argmax())
            legal = environment.legal(state)[0, player]
            assert sum(1 << int(a) for a in np.flatnonzero(legal)) == int(game["legal"][step], 16)
            action = game["actions"][step]
            after = environment.step(
                state, np.full((1, len(legal)), action)[:, : environment.rules.players]
            )
            assert after.rewards[0].tolist() == [game["rewards"][step]] * environment.rules.players
            assert after.done[0] == (step + 1 == len(game["actions"]))


def test_illegal_moves_are_refused_and_nothing_is_played():
    environment = make("hanabi")
    state = environment.begin(1, 4)
    before = state.copy()
    with pytest.raises(InputError, match=r"actions\[2\]: an illegal move.*found 0 by player 1"):
        environment.step(state, np.array([[5, 0], [5, 0], [0, 0], [5, 0]]))
    assert np.array_equal(state, before)


def test_only_games_that_are_done_are_renewed():
    environment = make("hanabi")
    state = environment.begin(1, 4)
    environment.step(state, np.full((4, 2), 5))
    before = state.copy()
    environment.renew(state, np.array([False, True, False, True]), 7)
    assert np.array_equal(state[[0, 2]], before[[0, 2]])
    assert (state[[1, 3], 2] == 0).all()
