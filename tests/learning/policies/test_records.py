import json

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning.environments.checks import random_choice
from comity.learning.environments.tiny_hanabi import TinyHanabi
from comity.learning.policies.playing import Left, play
from comity.learning.policies.records import (
    check_target,
    read_records,
    records,
    replay,
    save_records,
)


class Random:
    name, kind = "random", "program"

    def begin(self, environment, player, size, rng):
        return random_choice(player)

    def act(self, memory, view):
        return memory(0, view.legal[:, None], None)[:, 0], memory

    def forget(self, memory, done, rng):
        return memory


@pytest.fixture
def file(tmp_path):
    environment = TinyHanabi(game="F")
    games = records(environment, play(environment, [Random()] * 2, 5), ["one", "other"])
    save_records(tmp_path / "games.jsonl", games[:2])
    save_records(tmp_path / "games.jsonl", games[2:])
    return tmp_path / "games.jsonl"


def test_games_come_back_and_can_be_played_again(file):
    games = read_records(file)
    assert len(games) == 5
    for game in games:
        assert game.policies == ("one", "other")
        assert game.variant == {"game": "F"}
        assert np.array_equal(replay(game), game.rewards)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "other/1"}, "another format"),
        ({"actions": [[0]]}, "not a game"),
        ({"actions": [[0, -1]]}, "as many rewards"),
        ({"start": None}, "not a game"),
    ],
)
def test_a_line_that_is_no_game_is_named(file, change, words):
    line = json.loads(file.read_text().splitlines()[0]) | change
    file.write_text("\n" + json.dumps(line))
    with pytest.raises(InputError, match=rf"games.jsonl: line 2: .*{words}"):
        read_records(file)


def test_what_is_not_json_and_a_file_that_is_not_there_are_named(file):
    file.write_text("{")
    with pytest.raises(InputError, match="line 1: not a game"):
        read_records(file)
    with pytest.raises(InputError, match="cannot be read"):
        read_records(file.parent / "none.jsonl")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"environment": "chess"}, "unknown environment"),
        ({"start": {"cards": [9, 9]}}, "not what a game starts from"),
        ({"actions": [[9, -1], [-1, 0]]}, "no such action"),
        ({"actions": [[0, 0], [-1, 0]]}, "out of turn"),
        ({"actions": [[0, -1]], "rewards": [[0, 0]]}, "not over"),
        ({"actions": [[0, -1], [-1, 0], [0, -1]], "rewards": [[0, 0]] * 3}, "after the end"),
        ({"policies": ["one"], "actions": [[0]], "rewards": [[0]]}, "one policy a seat"),
    ],
)
def test_a_game_that_cannot_have_been_played_is_refused(file, change, words):
    line = json.loads(file.read_text().splitlines()[0]) | change
    file.write_text(json.dumps(line))
    with pytest.raises(InputError, match=words):
        replay(read_records(file)[0])


def test_a_file_that_cannot_be_written_is_an_error_with_its_name(file, tmp_path):
    for write in (check_target, lambda path: save_records(path, read_records(file))):
        with pytest.raises(InputError, match=r"none.games\.jsonl: cannot be written"):
            write(tmp_path / "none" / "games.jsonl")
    with pytest.raises(InputError, match="a folder"):
        check_target(tmp_path)


def test_nothing_is_written_before_there_is_a_game(tmp_path):
    save_records(tmp_path / "games.jsonl", [])
    check_target(tmp_path / "games.jsonl")
    assert list(tmp_path.iterdir()) == []


class Leaving(Random):
    def act(self, memory, view):
        if view.acting[0]:
            raise Left
        return super().act(memory, view)


@pytest.mark.parametrize(("seat", "steps"), [(0, 0), (1, 1)])
def test_a_game_that_was_left_says_so_and_can_be_played_again(seat, steps, tmp_path):
    environment = TinyHanabi(game="F")
    seats = [Random(), Random()]
    seats[seat] = Leaving()
    played = play(environment, seats, 3)
    assert not played.finished.any()
    assert played.lengths.tolist() == [steps] * 3
    save_records(tmp_path / "games.jsonl", records(environment, played, ["one", "other"]))
    for game in read_records(tmp_path / "games.jsonl"):
        assert not game.finished
        assert replay(game).shape == (steps, 2)


def test_a_finished_game_that_is_said_to_be_left_is_refused(file):
    line = json.loads(file.read_text().splitlines()[0])
    file.write_text(json.dumps(line | {"finished": False}))
    with pytest.raises(InputError, match="the game is over"):
        replay(read_records(file)[0])
    file.write_text(json.dumps(line | {"finished": "no"}))
    with pytest.raises(InputError, match="not true or false"):
        read_records(file)
