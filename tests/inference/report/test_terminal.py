from io import StringIO

import pytest
from rich.console import Console

from comity.inference.report.terminal import show, show_short, story
from comity.inference.report.words import shown
from inference.making import bare, understanding


def printed(made, width):
    console = Console(width=width, record=True, file=StringIO())
    for piece in story(made, width):
        console.print(piece, highlight=False)
    return console.export_text()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_nothing_is_wider_than_the_terminal(rich, hostile, width):
    for made in (rich, bare(), hostile):
        assert max(map(len, printed(made, width).splitlines())) <= width


def test_the_story_is_told_in_order(rich):
    text = printed(rich, 100)
    parts = [
        "Why low offers are rejected",
        "3 of 6 explanations stand",
        "Which explanations stand, and which fell",
        "What predicts these people best",
        "Who follows what",
        "What cannot be told apart",
        "Do the probabilities mean what they say?",
        "In the new setting",
        "What to ask next",
        "4 rows not used",
        "What it rests on",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_figures_are_those_of_the_result(rich):
    text = printed(rich, 120)
    for standing in rich.standings:
        assert str(shown(standing.held_out)) in text
        for name, figure in standing.estimates.items():
            assert f"{name} {shown(figure)}: {standing.meanings[name]}" in text
    assert "80 (67%)" in text
    assert "draw lots: 78% give 3, 22% give 0" in text


def test_both_kinds_of_sample_size_are_labelled(rich):
    for width in (40, 120):
        text = " ".join(printed(rich, width).split())
        assert "decisions, on average" in text
        assert "decisions, for 5% errors" in text


def test_what_is_missing_has_no_heading():
    text = printed(bare(), 80)
    for words in ("What predicts", "Who follows", "cannot be told apart", "In the new setting",
                  "What to ask next", "Do the probabilities"):  # fmt: skip
        assert words not in text
    assert "Nobody was assigned to an explanation" in text


def test_a_narrow_terminal_gets_lists(rich):
    assert "  verdict: stands" in printed(rich, 40)


def test_names_cannot_steer_the_terminal(hostile):
    text = printed(hostile, 100)
    assert "\x1b" not in text
    assert "\u202e" not in text
    loud = understanding(title="[red]loud[/red]", findings=("[b]x[/b]",))
    assert "[red]loud[/red]" in printed(loud, 80)
    assert "[b]x[/b]" in printed(loud, 80)


def test_the_short_story_is_the_beginning_of_the_long_one(rich, capsys):
    show_short(rich, Console(width=80))
    short = capsys.readouterr().out
    show(rich, Console(width=80))
    assert capsys.readouterr().out.startswith(short)
    assert rich.findings[0] in short
    assert "Which explanations stand" not in short
