"""Recorded games: read, replayed by our rules, and refused where they are none."""

import gzip

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.humans.boltzmann import BoltzmannCook
from comity.learning.humans.trajectories import read_trajectories, replay_trajectory
from overcooked_people import real_file, rows, some_games, write

GAMES = some_games(pairs=2)


def test_games_are_read_and_replay_exactly(tmp_path):
    games = read_trajectories(write(tmp_path / "games.csv", GAMES))
    assert [(game.pair, game.layout) for game in games] == [
        (pair, layout) for pair in "01" for layout in ("cramped_room", "forced_coordination")
    ]
    for game, stated in zip(games, GAMES, strict=True):
        replayed = replay_trajectory(game)
        assert (replayed.positions_differ, replayed.rewards_differ) == (0, 0)
        assert replayed.score == replayed.recorded == sum(row["reward"] for row in stated)
    assert sum(game.rewards.sum() for game in games) > 0


def test_gzip_is_the_same(tmp_path):
    plain = write(tmp_path / "games.csv", GAMES[:1])
    packed = tmp_path / "games.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert np.array_equal(read_trajectories(packed)[0].actions, read_trajectories(plain)[0].actions)


def test_other_rules_are_found_out(tmp_path):
    game = read_trajectories(write(tmp_path / "games.csv", GAMES[:1]))[0]
    replayed = replay_trajectory(game, {"old_dynamics": False, "recipes": {"value": 5}})
    assert replayed.positions_differ > 0
    assert replay_trajectory(game, {"old_dynamics": True}).rewards_differ > 0


def test_one_bent_step_is_counted(tmp_path):
    bent = [dict(row) for row in GAMES[0]]
    bent[100]["h0"] = "soup" if bent[100]["h0"] != "soup" else ""
    game = read_trajectories(write(tmp_path / "games.csv", [bent]))[0]
    assert replay_trajectory(game).positions_differ == 1


def test_old_names_of_layouts(tmp_path):
    game = rows("7", "counter_circuit", 20, [BoltzmannCook()] * 2, 0)
    renamed = [{**row, "layout": "random3"} for row in game]
    assert read_trajectories(write(tmp_path / "g.csv", [renamed]))[0].layout == "counter_circuit"


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("a0", "jump", "line 7.*jump"),
        ("t", 9, "line 7.*t is 9"),
        ("x1", "left", "line 7"),
        ("layout", "attic", "line 7.*attic"),
        ("reward", "nan", "line 7.*a reward of nan"),
        ("pair", "x" * 200_000, "cannot be read.*field larger"),
    ],
)
def test_faults_are_named_with_their_line(tmp_path, column, value, message):
    bent = [dict(row) for row in GAMES[0][:10]]
    bent[5][column] = value
    with pytest.raises(InputError, match=message):
        read_trajectories(write(tmp_path / "games.csv", [bent]))


def test_the_mark_that_spreadsheets_put_in_front_is_no_column(tmp_path):
    plain = write(tmp_path / "plain.csv", GAMES[:1])
    (tmp_path / "marked.csv").write_bytes(b"\xef\xbb\xbf" + plain.read_bytes())
    assert len(read_trajectories(tmp_path / "marked.csv")) == 1


def test_files_that_are_none(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_trajectories(tmp_path / "nowhere.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="columns are missing"):
        read_trajectories(tmp_path / "other.csv")
    with pytest.raises(InputError, match="no steps"):
        read_trajectories(write(tmp_path / "empty.csv", []))
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(b"pair,layout")[:-9])
    with pytest.raises(InputError, match="cannot be read"):
        read_trajectories(tmp_path / "torn.csv.gz")


def test_all_games_of_2019_come_out_as_recorded():
    games = read_trajectories(real_file())
    replayed = [replay_trajectory(game) for game in games]
    assert len(games) == 39
    assert sum(game.steps for game in replayed) == 46_729
    assert sum(game.positions_differ + game.rewards_differ for game in replayed) == 0
    assert [game.score for game in replayed] == [game.recorded for game in replayed]
