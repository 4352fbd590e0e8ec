import io

import numpy as np
import pytest
from rich.console import Console

from comity.cli._hanabi import Person, read_move, screen
from comity.core.errors import InputError
from comity.learning import View, make
from comity.learning.policies.playing import Left

TWO, THREE = make("hanabi"), make("hanabi", players=3)


@pytest.mark.parametrize("game", [TWO, THREE])
@pytest.mark.parametrize("seat", [0, 1])
def test_every_action_can_be_said(game, seat):
    for action in range(game.actions):
        words = game.describe(seat, action).split()
        if words[0] == "tell":
            player, told = words[2], words[4].rstrip("s") if words[4][0].isdigit() else words[4]
            text = f"t {player} {told}"
            if len(game.shape.players) == 2:
                assert read_move(f"tell {told}", game, seat) == action
        else:
            text = f"{words[0][0]} {words[2]}"
        assert read_move(text, game, seat) == action


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x 1",
        "?",
        "pass 2",
        "tea red",
        "p ²",
        "t3 red",
        "p",
        "p 0",
        "p 6",
        "d x",
        "t",
        "t 6",
        "t blonde",
        "t 1 red",
        "t 4 red",
        "t x red",
    ],
)
def test_what_is_no_move_is_refused_with_what_one_looks_like(text):
    with pytest.raises(InputError, match="p 2 plays your card 2"):
        read_move(text, TWO, 0)


def test_with_three_players_a_hint_names_its_player():
    with pytest.raises(InputError, match="name the player"):
        read_move("t red", THREE, 0)


def shown(game, row, seat, said=()):
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(screen(game, row, seat, ["you", "smart", "hat"], list(said)))
    return console.export_text()


def test_the_table_shows_what_the_seat_sees_and_no_more():
    deck = ["R1"] * 3 + ["R2"] * 2 + ["Y1"] * 3 + ["Y2"] * 2
    rest = TWO.given(TWO.begin(0, 1))[0]["deck"].split()
    for card in deck:
        rest.remove(card)
    state = TWO.start({"deck": " ".join(deck + rest)})
    text = shown(TWO, state[0], 0)
    for words in ("score 0", "hints 8 of 8", "lives 3 of 3", "deck 40", "Y1", "Y2", "[5]"):
        assert words in text
    assert "R1" not in text
    state = TWO.step(state, np.array([[15, 0]])).state
    text = shown(TWO, state[0], 0)
    assert "hints 7 of 8" in text
    assert "2345" in text


class Ask:
    def __init__(self, *lines):
        self.lines = list(lines)

    def __call__(self):
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)


def person(*lines, again):
    console = Console(width=80, record=True, file=io.StringIO())
    return Person(TWO, ["you", "smart"], console, Ask(*lines), again)


def test_a_person_is_asked_again_until_the_move_is_legal():
    who = person("what", "d 1", "p 3", again=True)
    assert who.chosen(TWO.begin(0, 1)[0], 0) == 7
    text = who.console.export_text()
    assert "not a move" in text
    assert "not legal now (found discard card 1)" in text


def test_a_script_with_a_mistake_is_an_error():
    with pytest.raises(InputError, match="not a move"):
        person("what", again=False).chosen(TWO.begin(0, 1)[0], 0)
    with pytest.raises(InputError, match="ended before the game"):
        person(again=False).chosen(TWO.begin(0, 1)[0], 0)


@pytest.mark.parametrize("lines", [["q"], ["QUIT "], []])
def test_a_person_may_leave_with_a_word_or_with_ctrl_d(lines):
    with pytest.raises(Left):
        person(*lines, again=True).chosen(TWO.begin(0, 1)[0], 0)


@pytest.mark.parametrize(("text", "action"), [("p2", 6), ("PLAY 2", 6), ("di 1", 0), ("t5", 19)])
def test_a_verb_may_be_cut_short_and_stand_close_to_its_number(text, action):
    assert read_move(text, TWO, 0) == action


def test_ctrl_c_leaves_a_person_and_stops_a_script():
    def interrupted():
        raise KeyboardInterrupt

    for again, raised in ((True, Left), (False, InputError)):
        who = person(again=again)
        who.ask = interrupted
        with pytest.raises(raised):
            who.chosen(TWO.begin(0, 1)[0], 0)


def test_a_person_is_told_once_how_to_move_and_again_when_asked():
    who = person("p 1", "p 1", again=True)
    view = View(None, None, np.array([True]), TWO.begin(0, 1), 0)
    who.act(None, view)
    who.act(None, view)
    assert who.console.export_text(clear=False).count("q leaves") == 1
    who.ask = Ask("help", "p 1")
    who.act(None, view)
    assert who.console.export_text().count("q leaves") == 2
