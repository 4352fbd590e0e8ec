from pathlib import Path

import pytest

from comity.cli import main
from comity.learning.training.checkpoints import load

QUICK = ["--rule", "game=G", "--steps", "32"]
SMALL = ("games=8", "steps=2", "minibatches=1", "epochs=1", "hidden=[2]")
SET = [word for pair in SMALL for word in ("--set", pair)]


def test_an_exact_agent_and_where_it_is(tmp_path, capsys):
    arguments = ["tiny-hanabi", "--agent", "off-belief", "--rule", "game=A", "--out", str(tmp_path)]
    assert main(["train", *arguments]) == 0
    file = tmp_path / "tiny-hanabi-off-belief-0.npz"
    assert capsys.readouterr().out == f"{file}: score 2.25 in training, exactly\n"
    assert load(file).variant == {"game": "A"}


def test_agents_from_several_seeds_with_curves(tmp_path, capsys):
    folders = ["--out", str(tmp_path / "out"), "--tensorboard", str(tmp_path / "curves")]
    assert main(["train", "tiny-hanabi", *QUICK, *SET, "--seeds", "2", *folders]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.endswith("after 32 steps") for line in told] == [True, True]
    first = load(tmp_path / "out" / "tiny-hanabi-ippo-0.npz")
    assert first.settings["hidden"] == [2]
    assert len(list((tmp_path / "curves").glob("*/events*"))) == 2
    second = load(tmp_path / "out" / "tiny-hanabi-ippo-1.npz")
    (tmp_path / "out" / "tiny-hanabi-ippo-1.npz").unlink()
    resumed = ["--out", str(tmp_path / "out"), "--seeds", "2", "--resume", "-q"]
    assert main(["train", "tiny-hanabi", *QUICK, *SET, *resumed]) == 0
    assert capsys.readouterr().out == ""
    assert load(tmp_path / "out" / "tiny-hanabi-ippo-0.npz").digest == first.digest
    assert load(tmp_path / "out" / "tiny-hanabi-ippo-1.npz").digest == second.digest


def exact(folder, *more):
    game = ["tiny-hanabi", "--agent", "off-belief", "--rule", "game=A", "--out", str(folder)]
    return main(["train", *game, *more])


def test_nothing_is_written_over_unasked(tmp_path, capsys):
    assert exact(tmp_path, "-q") == 0
    assert exact(tmp_path, "-q") == 2
    assert "there is a checkpoint already" in capsys.readouterr().err
    assert exact(tmp_path, "-q", "--force") == 0


def test_seeds_side_by_side(tmp_path, capsys):
    assert exact(tmp_path, "--seeds", "2", "--jobs", "2") == 0
    assert capsys.readouterr().out.count("score 2.25") == 2
    (tmp_path / "tiny-hanabi-off-belief-0.npz").unlink()
    assert exact(tmp_path, "--seeds", "2", "--jobs", "2", "--resume") == 0
    assert capsys.readouterr().out.count("score 2.25") == 2
    assert exact(tmp_path, "--jobs", "2", "--force", "--tensorboard", str(tmp_path)) == 2
    assert "--jobs 1" in capsys.readouterr().err


@pytest.mark.parametrize("kept", [True, False])
def test_a_stop_says_what_is_kept(tmp_path, capsys, monkeypatch, kept):
    from comity.learning.training import agents

    def stopped(*told, path, **more):
        if kept:
            path.write_bytes(b"half")
        raise KeyboardInterrupt

    def all_stopped(*told, folder, **more):
        stopped(path=Path(folder) / "tiny-hanabi-off-belief-1.npz")

    monkeypatch.setattr(agents, "learn", stopped)
    monkeypatch.setattr(agents, "learn_population", all_stopped)
    words = "--resume goes on" if kept else "nothing was kept"
    assert exact(tmp_path) == 130
    assert words in capsys.readouterr().err
    assert exact(tmp_path, "--seeds", "2", "--jobs", "2", "--force") == 130
    assert words in capsys.readouterr().err


def test_nothing_to_go_on_from(tmp_path, capsys):
    assert exact(tmp_path, "--resume") == 2
    assert "no checkpoint to go on from" in capsys.readouterr().err


def test_a_folder_that_is_a_file_is_named(tmp_path, capsys):
    file = tmp_path / "agents"
    file.write_text("notes")
    assert main(["train", "lever", "--out", str(file)]) == 2
    assert "--out: the folder for checkpoints is a file" in capsys.readouterr().err
    assert file.read_text() == "notes"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (["chess"], "unknown environment"),
        (["lever", "--agent", "dreamer"], "unknown way to learn"),
        (["lever", "--set", "games"], "not a name and a value"),
        (["lever", "--set", "colour=1"], "unknown setting"),
        (["lever", "--set", "games=many"], "games"),
        (["tiny-hanabi", "--rule", "game=Z"], "unknown game"),
    ],
)
def test_bad_input(wrong, words, tmp_path, capsys):
    assert main(["train", *wrong, "--out", str(tmp_path)]) == 2
    assert words in capsys.readouterr().err
