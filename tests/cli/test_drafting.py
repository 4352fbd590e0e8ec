import sys
from io import StringIO

import pytest

from comity.cases import dumps, load, loads
from comity.cases.starter import STARTER
from comity.cli import main


@pytest.fixture
def model(tmp_path):
    """The name of a model that always replies the same."""

    def named(reply):
        (tmp_path / "reply.txt").write_text(reply, encoding="utf-8")
        program = tmp_path / "model.py"
        program.write_text(
            "import pathlib, sys\nsys.stdin.read()\n"
            "print(pathlib.Path(__file__).with_name('reply.txt').read_text('utf-8'))\n",
            encoding="utf-8",
        )
        return f"command: {sys.executable} {program}"

    return named


def run(tmp_path, *arguments):
    return main(["new", str(tmp_path / "case.toml"), "--describe", "Ana drums.", *arguments])


@pytest.mark.parametrize(("said", "status"), [("what?\nyes\n", 0), ("no\n", 2), ("", 2)])
def test_it_is_written_once_confirmed(said, status, model, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", StringIO(said))
    assert run(tmp_path, "--model", model(STARTER)) == status
    assert "Ana can: drum at will, drum till eight." in capsys.readouterr().out
    assert (tmp_path / "case.toml").exists() == (status == 0)


def test_comments_of_the_draft_stay(model, tmp_path):
    assert run(tmp_path, "--yes", "--model", model(f"```toml\n{STARTER}```")) == 0
    assert (tmp_path / "case.toml").read_text("utf-8") == STARTER


def test_a_draft_in_json_becomes_toml(model, tmp_path):
    assert run(tmp_path, "--yes", "--model", model(dumps(loads(STARTER), "json"))) == 0
    assert load(tmp_path / "case.toml").names == ("Ana", "Bo")


def test_the_description_can_be_read(model, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", StringIO("Ana drums."))
    arguments = ["new", str(tmp_path / "case.toml"), "--describe", "-", "--model", model(STARTER)]
    assert main([*arguments, "--yes"]) == 0
    assert main([*arguments, "--force"]) == 2
    assert "nobody could confirm" in capsys.readouterr().err


def test_a_model_that_fails_writes_nothing(model, tmp_path, capsys):
    assert run(tmp_path, "--yes", "--model", model("I would rather not.")) == 2
    assert "no reply of the model was a Case" in capsys.readouterr().err
    assert not (tmp_path / "case.toml").exists()
    assert run(tmp_path, "--yes") == 2
    assert "--model" in capsys.readouterr().err
