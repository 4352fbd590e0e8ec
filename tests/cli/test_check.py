import pytest

from cases.bad_files import GAME, WET
from comity.cli import main
from comity.cli.check import outcomes_in_words


def test_a_sound_case_is_summed_up(tmp_path, capsys):
    path = tmp_path / "lane.toml"
    path.write_text(GAME, encoding="utf-8")
    assert main(["check", str(path)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("ok: A lane too narrow\n")
    for words in ("Ana, Bo", "cyclists", "4 outcomes", "dry, wet", "delay", "nash", "gain"):
        assert words in printed
    assert printed.count("note: ") == 3


def test_views_that_fit_are_named(tmp_path, capsys):
    path = tmp_path / "lane.toml"
    path.write_text(GAME + WET, encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "  views that fit Ana: central, wet\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("party", "words"),
    [('kind = "honset"', "parties.Bo"), ("options = { no_such = 1 }", "parties.Bo")],
)
def test_behaviour_is_checked_too(party, words, tmp_path, capsys):
    path = tmp_path / "lane.toml"
    path.write_text(f"{GAME}\n[parties.Bo]\n{party}\n", encoding="utf-8")
    assert main(["check", str(path)]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [(4, "4 outcomes"), (390_625, "390,625 outcomes"), (10**20, "about 1.0e20 outcomes")],
)
def test_numbers_of_outcomes(size, words):
    assert outcomes_in_words(size) == words


@pytest.mark.parametrize("name", ["river", "ai_slowdown", "household", "chicken", "workshop"])
def test_examples_are_sound(name, examples, capsys):
    assert main(["check", str(examples / f"{name}.toml")]) == 0
    assert capsys.readouterr().err == ""
