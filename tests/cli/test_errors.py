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
