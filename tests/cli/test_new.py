import io
import json
import os
import pty
import select
import signal
import subprocess
import sys

import pytest

from comity.cases import load
from comity.cli import main

FLAGS = [
    *("--party", "Ana", "--party", "Bo", "--bystander", "the landlord"),
    *("--issue", "Rent: 800, 900, 1000", "--issue", "Room: big, small"),
    *("--value", "Ana Rent: 10, 5, 0", "--value", "Ana Room: 6, 0"),
    *("--rank", "Bo Rent: 1000 > 900 > 800", "--rank", "Bo Room: small > big"),
    *("--rank", "Bo: Rent > Room", "--no-deal", "Ana: 4"),
]
TYPED = ["Rent", "Ana, Bo", "", "settle", "rent", "low, high", "1 > 2", "10", "", "2 > 1", "", ""]
# Jobs in the background are begun with Ctrl-C ignored, and the tests may be one.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
RUN = f"{HEARS}import sys; from comity.cli import main; sys.exit(main(sys.argv[1:]))"


def test_from_flags(tmp_path, capsys):
    path = tmp_path / "rent.toml"
    assert main(["new", str(path), *FLAGS]) == 0
    assert "wrote" in capsys.readouterr().out
    case = load(path)
    assert case.models["Ana"].tastes[0, 0].tolist() == [10, 5, 0, 6, 0]
    assert case.models["Bo"].tastes[1, 0].tolist() == [0, 37.5, 75, 0, 25]
    assert case.bystanders == ("the landlord",)
    assert main(["check", str(path)]) == 0


def test_a_bystander_nobody_spoke_of_is_noted(tmp_path, capsys):
    path = tmp_path / "rent.toml"
    assert main(["new", str(path), *FLAGS]) == 0
    printed = capsys.readouterr().out
    for name in ("Ana", "Bo"):
        note = f"How the landlord fares, as {name} sees it, was not stated: 0."
        assert f"note: {note}" in printed
        assert note in load(path).assumptions
        assert f"# {note}" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("flag", "said", "effects"),
    [
        ("--value", "the landlord Rent: 0, 5, 10", [0, 5, 10, 0, 0]),
        ("--rank", "the landlord Rent: more is better", [0, 25, 50, 0, 0]),
    ],
)
def test_how_a_bystander_fares(flag, said, effects, tmp_path):
    path = tmp_path / "rent.toml"
    assert main(["new", str(path), *FLAGS, flag, said]) == 0
    for model in load(path).models.values():
        assert model.tastes[2, 0].tolist() == effects


def test_how_a_bystander_fares_in_a_game(tmp_path):
    path = tmp_path / "lane.toml"
    flags = ["--party", "Ana", "--party", "Bo", "--bystander", "Cy"]
    flags += ["--action", "Ana: wait, go", "--action", "Bo: wait, go"]
    flags += [
        "--value",
        "Ana: 2, 1, 3, 0",
        "--value",
        "Bo: 2, 3, 1, 0",
        "--value",
        "Cy: 0, 0, 0, -9",
    ]
    assert main(["new", str(path), *flags]) == 0
    fares = load(path).models["Ana"].blocks()["tastes[Cy]"].values
    assert fares.ravel().tolist()[:4] == [0, 0, 0, -9]


def test_help_says_what_does_not_mix(capsys):
    assert main(["new", "--help"]) == 0
    words = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "never both" in words


def test_what_it_writes_can_be_agreed_on(tmp_path):
    from comity.agreement.protocol import agree

    path = tmp_path / "rent.toml"
    assert main(["new", str(path), *FLAGS]) == 0
    assert agree(load(path), rng=1, misreports="none").status == "agreed"


def test_games_from_flags(tmp_path):
    path = tmp_path / "lane.toml"
    flags = [
        "--party",
        "Ana",
        "--party",
        "Bo",
        "--action",
        "Ana: wait, go",
        "--action",
        "Bo: wait, go",
        "--rank",
        "Ana: 3 > 1 > 2 > 4",
        "--rank",
        "Bo: 2 > 1 > 3 > 4",
    ]
    assert main(["new", str(path), *flags]) == 0
    assert load(path).models["Bo"].table[1, 0].round(1).tolist() == [66.7, 100]


def test_from_a_table_of_answers(tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(
        json.dumps(
            {
                "title": "Hours",
                "parties": ["Ana", "Bo"],
                "kind": "settle",
                "issues": "hours",
                "options.hours": "0 to 10",
                "Ana.order.hours": "more is better",
                "Bo.order.hours": "less is better",
                "Bo.no_deal": 10,
            }
        )
    )
    path = tmp_path / "hours.toml"
    assert main(["new", str(path), "--answers", str(answers)]) == 0
    case = load(path)
    assert case.models["Ana"].tastes[0, 0].tolist() == [10 * k for k in range(11)]
    assert case.models["Bo"].reservation[1] == 10


def test_from_a_pipe(tmp_path, monkeypatch):
    path = tmp_path / "case.toml"
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(TYPED) + "\n"))
    assert main(["new", str(path)]) == 0
    assert load(path).models["Ana"].tastes[0, 0].tolist() == [100, 0]
    assert load(path).models["Ana"].reservation[0] == 10


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--party", "Ana", "--party", "Bo"], "no answer to: Is there something to settle"),
        ([*FLAGS[:8], "--issue", "Room: big, small"], "Ana.order.Rent: no answer"),
        ([*FLAGS, "--value", "Anna Rent: 1, 2, 3"], "mean 'Ana'?"),
        ([*FLAGS, "--value", "Ana Rnet: 1, 2, 3"], "mean 'Rent'?"),
        ([*FLAGS, "--no-deal", "Ana 4"], "--no-deal: not understood"),
        ([*FLAGS, "--rank", "Bo Rent: 1000 > 900"], "'800' is missing"),
        ([*FLAGS, "--rank", "Ana Room: big > small"], "no common scale"),
        ([*FLAGS, "--value", "the landlord: 1, 2, 3"], "unknown issue"),
        ([*FLAGS, "--value", "the lanlord Rent: 1, 2, 3"], "unknown party"),
        (["--party", "Ana", "--party", "Bo", "--issue", "Rent: 800"], "nothing to settle"),
        (["--answers", "nowhere.json"], "nowhere.json"),
    ],
)
def test_what_flags_leave_open_is_told_and_nothing_written(flags, words, tmp_path, capsys):
    assert main(["new", str(tmp_path / "case.toml"), *flags]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_not_written_over(tmp_path, capsys):
    path = tmp_path / "case.toml"
    path.write_text("mine")
    assert main(["new", str(path), *FLAGS]) == 2
    assert "--force" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert main(["new", str(path), *FLAGS, "--force"]) == 0
    assert main(["new", str(tmp_path / "case.json"), *FLAGS]) == 2
    assert main(["new", str(tmp_path / "no" / "case.toml"), *FLAGS]) == 2


def test_input_that_ends_too_soon_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("Rent\nAna, Bo\n"))
    assert main(["new", str(tmp_path / "case.toml")]) == 2
    assert "ended before the last question" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def typing(folder, lines, stop=False):
    """Type lines at a real terminal; return the exit status and the screen."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", RUN, "new", "case.toml"],
        cwd=folder,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env=os.environ | {"TERM": "dumb", "NO_COLOR": "1"},
    )
    os.close(slave)
    screen = b""
    for line in lines:
        screen = _wait_for(master, screen)
        os.write(master, line.encode() + b"\n")
    if stop:
        _wait_for(master, screen)
        os.killpg(child.pid, signal.SIGINT)
    while piece := _read(master):
        screen += piece
    status = child.wait(timeout=60)
    os.close(master)
    return status, screen.decode()


def _read(master):
    """Return what the terminal shows next; nothing once it has closed or is silent for long."""
    if not select.select([master], [], [], 60)[0]:
        return b""
    try:
        return os.read(master, 65536)
    except OSError:
        return b""


def _wait_for(master, screen):
    """Read until the prompt of the next question."""
    while not screen.endswith(b"> "):
        piece = _read(master)
        assert piece, screen.decode()
        screen += piece
    return screen + b"\n"


def test_at_a_terminal_a_bad_answer_is_asked_again(tmp_path):
    lines = [TYPED[0], "Ana, Ana", *TYPED[1:]]
    status, screen = typing(tmp_path, lines)
    assert status == 0
    assert "not a list of names" in screen
    assert load(tmp_path / "case.toml").names == ("Ana", "Bo")


def test_ctrl_c_leaves_nothing(tmp_path):
    status, screen = typing(tmp_path, TYPED[:3], stop=True)
    assert status == 130
    assert "stopped by Ctrl-C" in screen
    assert "Traceback" not in screen
    assert list(tmp_path.iterdir()) == []
