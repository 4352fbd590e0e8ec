import json
import os
import subprocess
import sys

import pytest

from comity.cli import main
from comity.cli.errors import exit_status
from comity.core.errors import InputError


def fail_with(error):
    def run():
        raise error

    return run


def test_a_comity_error_is_one_line_and_two(capsys):
    error = InputError("cannot\nread [this]", file="a.toml", place="models.A", found="x")
    assert exit_status(fail_with(error)) == 2
    assert capsys.readouterr().err == "error: a.toml: models.A: cannot read [this] (found x)\n"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (KeyboardInterrupt(), 130, "stopped by Ctrl-C"),
        (EOFError(), 2, "the input ended"),
    ],
)
def test_other_ends(error, status, words, capsys):
    assert exit_status(fail_with(error)) == status
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.err.count("\n") == 1


def test_a_bug_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        exit_status(lambda: 1 // 0)


@pytest.mark.parametrize("arguments", [["agre"], ["schema", "--no-such"], ["check"]])
def test_wrong_usage_is_one_line_and_two(arguments, capsys):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("error: ")
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_long_lines_are_not_wrapped(capsys):
    exit_status(fail_with(InputError("x" * 300)))
    assert capsys.readouterr().err.count("\n") == 1


def test_a_command_chooses_its_status():
    assert exit_status(lambda: 1) == 1
    assert exit_status(lambda: None) == 0


@pytest.mark.parametrize("command", ["agree", "study"])
def test_a_seed_below_zero_is_one_line(command, examples, capsys):
    assert main([command, str(examples / "chicken.toml"), "--seed", "-3"]) == 2
    told = capsys.readouterr().err
    assert "--seed" in told
    assert told.count("\n") == 1


def run_in_a_process(code, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


def test_a_full_disk_is_one_line():
    code = """
import io, sys
class Full(io.RawIOBase):
    def writable(self): return True
    def fileno(self): return 1
    def write(self, data): raise OSError(28, "No space left on device")
sys.stdout = io.TextIOWrapper(io.BufferedWriter(Full()), encoding="utf-8")
from comity.cli import main
status = main(["schema"])
sys.stdout = sys.__stdout__
sys.exit(status)
"""
    run = run_in_a_process(code)
    assert run.returncode == 2
    assert run.stderr.startswith(b"error: cannot write the output (found No space left on device)")
    assert run.stderr.count(b"\n") == 1


def test_an_encoding_without_the_character_shows_another(examples, tmp_path):
    case = tmp_path / "case.toml"
    text = (examples / "chicken.toml").read_text("utf-8")
    case.write_text(text.replace('title = "', 'title = "Größe: ', 1), encoding="utf-8")
    code = "import sys; from comity.cli import main; sys.exit(main(sys.argv[1:]))"
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    run = run_in_a_process(code, "agree", str(case), "--misreports", "none", **poor)
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"Gr??e" in run.stdout
    run = run_in_a_process(code, "compare", str(case), "--json", **poor)
    assert json.loads(run.stdout.decode("ascii"))["differences"]


def test_a_reader_who_left_is_no_error():
    code = "import sys; from comity.cli import main; sys.exit(main(['schema']))"
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run([sys.executable, "-c", code], stdout=write, stderr=-1, check=False)
    os.close(write)
    assert run.stderr == b""
