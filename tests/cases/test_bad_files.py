"""Every bad file gives one clear error, in Python and at the command line, and writes nothing."""

import pytest

from cases.bad_files import BAD, DEAL, GAME
from comity.cases import load, loads, read
from comity.cli import main
from comity.core.errors import ComityError


@pytest.fixture(params=BAD, ids=[name for name, _, _ in BAD])
def bad(request, tmp_path):
    name, text, fragments = request.param
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path, fragments


def test_the_files_they_were_made_from_are_good():
    assert loads(GAME).names == ("Ana", "Bo")
    assert loads(DEAL).names == ("Ana", "Bo")


def test_there_are_enough():
    assert len(BAD) >= 40
    assert len({name for name, _, _ in BAD}) == len(BAD)


def test_load_says_what_and_where(bad):
    path, fragments = bad
    with pytest.raises(ComityError) as caught:
        load(path)
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    assert len(message) < 600
    for fragment in fragments:
        assert fragment in message


def test_the_command_line_exits_with_two_and_writes_nothing(bad, capsys, monkeypatch):
    path, fragments = bad
    monkeypatch.chdir(path.parent)
    for arguments in (["check", path.name], ["solve", path.name, "nash"]):
        assert main(arguments) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "Traceback" not in captured.err
        lines = captured.err.splitlines()
        assert lines
        assert all(line.startswith("error: ") for line in lines)
    for fragment in fragments:
        assert fragment in captured.err
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_check_says_all_at_once(tmp_path, capsys):
    text = GAME.replace("dry = 0.75", "dry = 0.8").replace('"nash"', '"nsah"')
    path = tmp_path / "two.toml"
    path.write_text(text.replace("drive | *", "drvie | *"), encoding="utf-8")
    assert main(["check", str(path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert [words in line for words, line in zip(("sum to 1", "drvie", "nsah"), lines, strict=True)]
    with pytest.raises(ComityError, match="2 more: see `comity check`"):
        load(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "No such file"),
        (lambda path: path.mkdir(), "no single domain"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00title"), "the file is not text"),
        (lambda path: path.write_bytes(b"title = \x00"), "not TOML"),
    ],
    ids=["absent", "folder", "bytes", "null"],
)
def test_what_is_no_text_file(make, words, tmp_path, capsys):
    path = tmp_path / "case.toml"
    make(path)
    assert main(["check", str(path)]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"dare | swerve" = 5.6', '"dare | swerve" = 1e300', ["too large a number", "1e+300"]),
        ("Row", "R" * 5000, ["a name is too long", "5,000"]),
    ],
)
def test_what_is_out_of_all_measure_is_one_error_with_its_place(
    old, new, words, examples, tmp_path
):
    text = (examples / "chicken.toml").read_text("utf-8")
    text = text.replace(old, new)
    assert new in text
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    _, faults = read(tmp_path / "case.toml")
    told = str(faults[0])
    assert all(word in told for word in ["case.toml", *words]), told
