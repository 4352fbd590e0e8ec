from io import StringIO

import pytest
from rich.console import Console

from comity.assistance.games import GAMES, catalogue_game
from comity.assistance.people import RATIONAL, noisy
from comity.assistance.playing import start
from comity.assistance.playing.screen import (
    beliefs,
    show_end,
    show_games,
    show_opening,
    show_step,
    show_turn,
)


def shown(draw, width=80):
    console = Console(file=StringIO(), width=width)
    draw(console)
    return console.file.getvalue()


def test_every_game_is_listed():
    text = shown(lambda c: show_games(GAMES, c))
    for name, entry in GAMES.items():
        assert name in text
        assert entry.note in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_game_from_start_to_end(width):
    game = catalogue_game("cake-or-pie")
    session = start(game, noisy(game, 10.0), goal="pie")

    def draw(console):
        show_opening(session, console)
        for move in (0, 2, 0):
            show_step(session, console)
            show_turn(session.play(move), session, console)
        show_end(session.finished(), console)

    text = " ".join(shown(draw, width).split())
    for words in ("You want pie", "60%", "2 say pie", "bake pie", ">99%", "You got 0.802"):
        assert words in text


@pytest.mark.parametrize("width", [44, 80])
def test_bars_are_whole_beside_long_names(width):
    names = ["a goal of many words, each of which is needed to tell it apart " * 2, "tea"]
    text = shown(lambda c: c.print(beliefs(names, [0.75, 0.25])), width)
    assert [text.count("█"), text.count("░")] == [24, 24]
    assert "75%" in text


def test_surprise_is_shown():
    game = catalogue_game("chef-world", recipes=2)
    session = start(game, RATIONAL, goal="pancakes")
    wait = game.person_actions.index("wait")
    texts = []
    while not session.over:
        turn = session.play(wait)
        texts.append(shown(lambda c, turn=turn: show_turn(turn, session, c)))
    assert any("did not expect" in text for text in texts)


def test_names_cannot_steer_the_terminal():
    game = catalogue_game("cake-or-pie")
    named = game.with_fields(states=tuple(f"{s}\x1b[31m" for s in game.states), title="a\x1b[2Jb")
    session = start(named, noisy(named, 10.0), goal="pie")

    def draw(console):
        show_opening(session, console)
        for move in (0, 2, 0):
            show_step(session, console)
            show_turn(session.play(move), session, console)
        show_end(session.finished(), console)

    assert "\x1b" not in shown(draw)
