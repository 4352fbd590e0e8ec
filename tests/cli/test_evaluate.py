import json
import sys
from xml.etree import ElementTree

import pytest

from comity.cli import main

FAST = ("--suite", "information", "--games", "2")
SURE = ("--suite", "information", "--games", "6")
"""Matches enough for a difference to be more than chance."""


@pytest.fixture
def honest(tmp_path):
    file = tmp_path / "honest.json"
    assert main(["evaluate", "honest", *FAST, "--json", str(file), "-q"]) == 0
    return file


def test_the_card_in_the_terminal(capsys):
    assert main(["evaluate", "silent", *FAST]) == 0
    shown = capsys.readouterr()
    assert "It never comes to an agreement." in shown.out
    assert "↑ agreement" in shown.out
    assert shown.err == ""


def test_all_files_in_one_run_and_a_regression(tmp_path, capsys):
    names = ("honest.json", "card.html", "out.json", "out.xml")
    honest, page, data, tests = (tmp_path / name for name in names)
    assert main(["evaluate", "honest", *SURE, "--json", str(honest), "-q"]) == 0
    targets = ["--report", str(page), "--json", str(data), "--junit", str(tests)]
    status = main(["evaluate", "silent", *SURE, "--against", str(honest), *targets])
    assert status == 1
    told = capsys.readouterr().out
    assert "Worse than honest" in told
    assert "Worse in agreement" in told
    assert told.count("Written: ") == 3
    assert page.read_text("utf-8").startswith("<!doctype html>")
    against = json.loads(data.read_text("utf-8"))["against"]
    assert "worse" in {change["verdict"] for change in against["changes"]}
    assert ElementTree.parse(tests).getroot().tag == "testsuites"


def test_too_few_matches_are_said_to_be_too_few(honest, capsys):
    """One that never agrees is not called worse by two matches, and the last words say why."""
    assert main(["evaluate", "silent", *FAST, "--against", str(honest)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "No change can be certain by 2 matches" in told


def test_no_regression_is_success(honest):
    assert main(["evaluate", "honest", *FAST, "--against", str(honest), "-q"]) == 0


def test_what_was_written_can_be_compared_with_again(honest, tmp_path):
    file = tmp_path / "again.json"
    arguments = ["evaluate", "honest", *FAST, "--against", str(honest), "--json", str(file), "-q"]
    assert main(arguments) == 0
    assert main(["evaluate", "honest", *FAST, "--against", str(file), "-q"]) == 0


def test_plain_json_only(capsys):
    assert main(["evaluate", "silent", *FAST, "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["kind"] == "comity evaluation"
    assert data["settings"]["matches"] == 2


def test_development_variants_are_others(honest, capsys):
    arguments = ["evaluate", "honest", *FAST, "--development", "--against", str(honest)]
    assert main(arguments) == 2
    assert "settings.split" in capsys.readouterr().err


def test_a_command_that_fails_is_scored(tmp_path, capsys):
    file = tmp_path / "agent.py"
    file.write_text("raise SystemExit('out of order')", "utf-8")
    assert main(["evaluate", f"command: {sys.executable} {file}", *FAST]) == 0
    told = capsys.readouterr().out
    assert "100% of its moves failed." in told
    assert "it ended: out of order" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody"], "no such agent"),
        (["honest", "--suite", "chess"], "no such family"),
        (["honest", "--games", "1"], "--games"),
        (["honest", "--level", "2"], "not a level"),
        (["honest", "--against", "none.json"], "cannot be read"),
        (["honest", "--report", "no/such/folder/x.html"], "--report"),
        (["honest", "--human", "none.toml", "none.csv"], "none.toml"),
    ],
)
def test_bad_input(arguments, message, capsys):
    assert main(["evaluate", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_ctrl_c_ends_what_was_started(monkeypatch, tmp_path, capsys):
    from comity.evaluation.agents.command import CommandChannel
    from comity.evaluation.encounter import Stage

    closed = []

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    stop = CommandChannel.close
    monkeypatch.setattr(Stage, "meet", interrupted)
    monkeypatch.setattr(CommandChannel, "close", lambda self: (closed.append(1), stop(self)))
    file = tmp_path / "agent.py"
    file.write_text("import time; time.sleep(600)", "utf-8")
    assert main(["evaluate", f"command: {sys.executable} {file}", *FAST]) == 130
    assert closed == [1]
    assert "stopped by Ctrl-C" in capsys.readouterr().err
