import io

import numpy as np
import pytest

from comity.cli import main
from comity.core.results import plain
from comity.learning import Checkpoint, Settings, make, play, read_records, replay, save
from comity.learning.partners.hanabi_rules import sound_rules
from comity.learning.partners.hanabi_smart import SmartBot
from comity.learning.training.learned import flattened
from comity.learning.training.ppo import network_for


def script(players, seat, seed):
    """The lines that a person would type to play as the rules do, and the score they reach."""
    environment = make("hanabi", players=players, bombing="keeps points")
    seats = [SmartBot() for _ in range(players)]
    seats[seat - 1] = sound_rules()
    played = play(environment, seats, 1, rng=seed)
    lines = []
    for action in played.actions[:, 0, seat - 1]:
        if action >= 0:
            words = environment.describe(seat - 1, int(action)).split()
            told = words[-1].rstrip("s") if words[-1][0].isdigit() else words[-1]
            lines.append(f"t {words[2]} {told}" if words[0] == "tell" else f"{words[0]} {words[2]}")
    return lines, int(played.scores[0, 0])


class Stdin(io.StringIO):
    def __init__(self, text, watched=False):
        super().__init__(text)
        self.watched = watched

    def isatty(self):
        return self.watched


def run(monkeypatch, lines, *options, watched=False):
    monkeypatch.setattr("sys.stdin", Stdin("".join(f"{line}\n" for line in lines), watched))
    return main(["play", "hanabi", *options])


@pytest.mark.parametrize(("players", "seat"), [(2, 1), (3, 2)])
def test_a_scripted_game_ends_as_the_program_does_and_can_be_played_again(
    players, seat, monkeypatch, capsys, tmp_path
):
    lines, score = script(players, seat, seed=4)
    file = tmp_path / "games.jsonl"
    options = ["--players", str(players), "--seat", str(seat), "--seed", "4", "--save", str(file)]
    assert run(monkeypatch, lines, *options) == 0
    assert f"The game is over: {score} of 25 points." in capsys.readouterr().out
    (game,) = read_records(file)
    assert game.policies == tuple("you" if k == seat - 1 else "smart" for k in range(players))
    assert replay(game).sum() == pytest.approx(score * players)
    assert np.array_equal(replay(game), game.rewards)


def test_a_learned_partner_is_met_by_the_rules_it_learned(monkeypatch, capsys, tmp_path):
    settings = Settings(hidden=(4,))
    game = make("hanabi", colours=2, ranks=2, hand=2, bombing="loses all")
    weights = flattened(network_for(game, settings).init(0))
    told = (game.name, dict(game.variant), plain(settings))
    file = str(save(Checkpoint("ippo", *told, seed=0, steps=0, policy=weights), tmp_path / "a.npz"))
    assert run(monkeypatch, ["p 1"] * 20, "--partner", file) == 0
    assert "of 4 points." in capsys.readouterr().out
    assert run(monkeypatch, [], "--partner", file, "--players", "3") == 2
    assert "a partner of another game" in capsys.readouterr().err


def test_a_mistake_in_a_script_stops_with_status_2(monkeypatch, capsys):
    assert run(monkeypatch, ["juggle"]) == 2
    assert "not a move (found juggle" in capsys.readouterr().err
    assert run(monkeypatch, []) == 2
    assert "ended before the game" in capsys.readouterr().err


def test_a_person_is_told_what_was_wrong_and_may_leave(monkeypatch, capsys):
    assert run(monkeypatch, ["juggle", "q"], watched=True) == 0
    printed = capsys.readouterr().out
    assert "not a move (found juggle" in printed
    assert "You left the game." in printed


def test_a_game_that_is_left_keeps_what_was_played(monkeypatch, capsys, tmp_path):
    file = tmp_path / "games.jsonl"
    assert run(monkeypatch, ["p 1", "d 1", "q"], "--save", str(file), watched=True) == 0
    assert f"What was played is in {file}" in "".join(capsys.readouterr().out.splitlines())
    (game,) = read_records(file)
    assert not game.finished
    assert [int(row[0]) for row in game.actions] == [5, -1, 0, -1]
    assert np.array_equal(replay(game), game.rewards)


def test_a_game_left_at_once_leaves_no_file(monkeypatch, capsys, tmp_path):
    file = tmp_path / "games.jsonl"
    assert run(monkeypatch, ["q"], "--save", str(file), watched=True) == 0
    assert "What was played" not in capsys.readouterr().out
    assert run(monkeypatch, ["juggle"], "--save", str(file)) == 2
    assert not file.exists()


def test_the_agent_in_the_box_is_met_by_its_name(monkeypatch, capsys):
    assert run(monkeypatch, ["q"], "--partner", "hanabi-two-players", watched=True) == 0
    assert "hanabi-two-players" in capsys.readouterr().out
    assert run(monkeypatch, [], "--partner", "overcooked-cramped-room") == 2
    assert "a partner of another game" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--partner", "nobody"], "no such partner"),
        (["--seat", "3"], "no such seat"),
        (["--partner", "none.npz"], "none.npz"),
        (["--save", "no such folder/games.jsonl"], "cannot be written (found No such file"),
    ],
)
def test_what_cannot_be_is_refused(options, words, monkeypatch, capsys):
    assert run(monkeypatch, [], *options) == 2
    assert words in capsys.readouterr().err


def test_another_game_is_refused(capsys):
    assert main(["play", "chess"]) == 2
    assert "expected hanabi" in capsys.readouterr().err
