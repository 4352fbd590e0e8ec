import pytest

from comity.core.errors import InputError
from comity.learning import make
from comity.learning.environments.hanabi.position_moves import last_shown, last_word

RULES = make("hanabi").rules
MOVES = [
    {"player": 1, "action": 7, "card": "R1", "scored": True, "token": False},
    {"player": 2, "action": 5, "card": "W5", "scored": True, "token": True},
    {"player": 1, "action": 9, "card": "G2", "scored": False, "token": False},
    {"player": 2, "action": 0, "card": "B3", "scored": False, "token": True},
    {"player": 1, "action": 12, "touched": [1, 4]},
]


@pytest.mark.parametrize("move", MOVES)
def test_moves_come_back(move):
    assert last_shown(last_word(move, RULES, "last"), RULES) == move


def test_no_move():
    assert last_word(None, RULES, "last") == 0
    assert last_shown(0, RULES) is None


def test_what_may_be_left_out():
    word = last_word({"player": 1, "action": 0, "card": "R1"}, RULES, "last")
    assert last_shown(word, RULES)["token"]
    word = last_word({"player": 1, "action": 5, "card": "R1"}, RULES, "last")
    assert last_shown(word, RULES) == {
        "player": 1,
        "action": 5,
        "card": "R1",
        "scored": False,
        "token": False,
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"player": 0}, "player: out of range"),
        ({"action": 20}, "action: out of range"),
        ({"action": True}, "action: out of range"),
        ({"card": "R1 R2"}, "not one card"),
        ({"card": None}, "no cards"),
        ({"scored": "yes"}, "neither yes nor no"),
        ({"scored": False, "token": True}, "cannot have been"),
        ({"action": 1, "scored": True}, "cannot have been"),
        ({"action": 1, "scored": False, "token": False}, "cannot have been"),
        ({"touched": [1]}, "not of this move"),
        ({"action": 12}, "not of this move"),
    ],
)
def test_moves_that_cannot_be(change, words):
    with pytest.raises(InputError, match=words):
        last_word(MOVES[0] | change, RULES, "last")


@pytest.mark.parametrize("touched", [[], [0], [6], None, "12"])
def test_a_hint_touches_cards_of_a_hand(touched):
    with pytest.raises(InputError, match="touche"):
        last_word(MOVES[4] | {"touched": touched}, RULES, "last")


def test_an_empty_hint_where_it_is_allowed():
    rules = make("hanabi", empty_hints=True).rules
    assert last_shown(last_word(MOVES[4] | {"touched": []}, rules, "last"), rules)["touched"] == []
