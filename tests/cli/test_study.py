import json

import pytest

from comity.cli import main

FAST = ["--draws", "6", "--types", "0", "--liar", "Row"]


@pytest.fixture
def chicken(examples):
    return str(examples / "chicken.toml")


def test_the_terminal_view(chicken, capsys):
    assert main(["study", chicken, *FAST]) == 0
    shown = capsys.readouterr()
    assert "6 imagined truths" in shown.out
    assert "all honest" in shown.out
    assert shown.err == ""


def test_same_seed_same_study(chicken, capsys):
    found = []
    for _ in range(2):
        assert main(["study", chicken, *FAST, "--json", "--seed", "3"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert found[0] == found[1]
    assert found[0]["draws"] == 6


@pytest.mark.parametrize(
    ("options", "words"), [(["--liar", "Nobody"], "no such party"), (["--draws", "1"], "draws")]
)
def test_bad_options(chicken, options, words, capsys):
    assert main(["study", chicken, "--types", "0", *options]) == 2
    assert words in capsys.readouterr().err
