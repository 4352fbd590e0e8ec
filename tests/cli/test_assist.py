import io
import json

import pytest

from comity.cli import main

CAKE = ["assist", "cake-or-pie", "--goal", "pie"]


def test_a_game_by_script(capsys):
    assert main([*CAKE, "--moves", "say pie"]) == 0
    out = capsys.readouterr().out
    assert "You want pie" in out
    assert "To learn what you want" in out
    assert "You got 0.802" in out


def test_a_game_at_the_keyboard(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("sing\n\n2\n"))
    assert main(CAKE) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert out.count("no such move") == 1
    assert "bake pie" in out


def test_the_game_is_solved_once(capsys, monkeypatch):
    from comity.assistance.solving import choosing, exact

    solved = []

    def counted(*given):
        solved.append(given)
        return exact.solve_assistance(*given)

    monkeypatch.setattr(choosing, "solve_assistance", counted)
    assert main([*CAKE, "--moves", "say pie"]) == 0
    assert len(solved) == 1


def test_the_list(capsys):
    assert main(["assist", "--list"]) == 0
    out = capsys.readouterr().out
    for name in ("cake-or-pie", "chef-world", "kitchen-helper", "off-switch"):
        assert name in out


def test_numbers_of_the_menu_and_recipes(capsys):
    options = ["--recipes", "2", "--goal", "meringue", "--moves", "3, 2, 2, 2"]
    assert main(["assist", "chef-world", *options]) == 0
    assert "meringue" in capsys.readouterr().out


@pytest.mark.parametrize("person", ["rational", "teaching", "demonstrating"])
def test_other_people(person, capsys):
    assert main([*CAKE, "--person", person, "--moves", "say pie"]) == 0
    assert "You got 0.802" in capsys.readouterr().out


def test_the_end_of_input_and_ctrl_c(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(CAKE) == 2
    assert "input ended" in capsys.readouterr().err

    def stopped(prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", stopped)
    assert main(CAKE) == 130
    assert "stopped by Ctrl-C" in capsys.readouterr().err


def test_the_game_as_json(capsys, tmp_path):
    file = tmp_path / "game.json"
    assert main([*CAKE, "--moves", "say pie", "--json", str(file)]) == 0
    assert "You want pie" in capsys.readouterr().out
    assert main([*CAKE, "--moves", "say pie", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data == json.loads(file.read_text(encoding="utf-8"))
    assert [turn["assistant"] for turn in data["turns"]] == ["ask", "wait", "bake pie"]
    assert data["total"] == pytest.approx(0.95**2 - 0.1)


def test_inverse_reward_says_whom_it_takes_you_for(capsys):
    options = ["--assistant", "inverse-reward", "--person", "rational", "--moves", "say pie"]
    assert main([*CAKE, *options]) == 0
    out = capsys.readouterr().out
    assert "as if there were no assistant" in out
    assert "Replies best" not in out


def test_left_over_moves_are_named(capsys):
    assert main([*CAKE, "--moves", "say pie, say cake"]) == 0
    assert "Not needed any more: say cake" in capsys.readouterr().out


SILENT = """
states = ["table"]
person = ["wait"]
assistant = ["tea", "coffee"]
start = "table"
horizon = 1
goals = { tea = 0.5, coffee = 0.5 }
moves = [{ to = "table" }]
rewards = [{ goal = "tea", assistant = "tea", worth = 1 },
           { goal = "coffee", assistant = "coffee", worth = 1 }]
"""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["assist"], "no game is named"),
        (["assist", "chess"], "no such game"),
        (["assist", "none.toml"], "none.toml"),
        (["assist", "silent.toml"], "no behaviour of this person"),
        (["assist", "broken.toml"], "broken.toml: goals"),
        ([*CAKE, "--moves", "sing"], "no such move"),
        ([*CAKE, "--moves", ""], "nothing more"),
        ([*CAKE, "--json", "-"], "--moves"),
        (["assist", "silent.toml", "--json", "silent.toml"], "overwritten"),
        ([*CAKE, "--moves", "2", "--json", "none/game.json"], "--json"),
        ([*CAKE, "--person", "saint"], "no such person"),
        ([*CAKE, "--assistant", "butler"], "no such assistant"),
        ([*CAKE, "--sensitivity", "-1"], "--sensitivity"),
        ([*CAKE, "--sensitivity", "nan"], "--sensitivity"),
        ([*CAKE, "--recipes", "2"], "no such setting"),
        (["assist", "chef-world", "--recipes", "9"], "recipes"),
        (["assist", "cake-or-pie", "--goal", "tart"], "no such goal"),
    ],
)
def test_bad_input_is_one_line_and_status_2(arguments, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "silent.toml").write_text(SILENT, encoding="utf-8")
    (tmp_path / "broken.toml").write_text(SILENT.replace("{ tea", "3 #"), encoding="utf-8")
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
