import json

import pytest

from comity.cli import main
from comity.learning.training.agents import learn


@pytest.fixture
def folder(tmp_path):
    for seed in range(2):
        path = tmp_path / "agents" / f"agent-{seed}.npz"
        path.parent.mkdir(exist_ok=True)
        learn("tiny hanabi", "off-belief", variant={"game": "A"}, seed=seed, path=path)
    return tmp_path / "agents"


def test_a_report_and_figures_in_one_run(folder, tmp_path, capsys):
    page, data = tmp_path / "page.html", tmp_path / "out.json"
    partners = ["--partners", "lever_players:pull", "--stress", "--games", "50"]
    arguments = [str(folder), *partners, "--report", str(page), "--json", str(data)]
    assert main(["crossplay", *arguments]) == 0
    told = capsys.readouterr().out
    assert "Meeting strangers in tiny hanabi" in told
    assert told.count("Written: ") == 2
    assert page.read_text("utf-8").startswith("<!doctype html>")
    found = json.loads(data.read_text("utf-8"))
    assert found["kind"] == "comity cross-play"
    assert found["optimum"]["value"] == 2.25
    assert len(found["stress"]["strains"]) == 3


def test_an_agent_of_ones_own(tmp_path, capsys):
    file = tmp_path / "mine.py"
    file.write_text("def agent(seat):\n    return lambda seen, info: 9\n")
    mine = f"{file}:agent"
    game = ["--environment", "lever", "--rule", "players=3", "--games", "2"]
    assert main(["crossplay", mine, "--partners", mine, *game, "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["matrix"] == [[pytest.approx(0.9), pytest.approx(0.9)]]
    assert found["variant"]["players"] == 3


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (["missing.npz"], "cannot read"),
        (["nobody"], "neither a checkpoint"),
        (["lever_players:pull"], "which game"),
        (["lever_players:pull", "--environment", "lever", "--stress"], "nobody to disturb"),
        (["lever_players:pull", "--environment", "lever", "--rule", "x"], "not a name"),
        (["lever_players:pull", "--environment", "lever", "--partners", "x"], "no such partner"),
    ],
)
def test_bad_input(wrong, words, capsys):
    assert main(["crossplay", *wrong]) == 2
    assert words in capsys.readouterr().err
