import pytest

from comity.core.errors import InputError
from comity.learning.environments.hanabi.rules import (
    actions_of,
    copies,
    deck_words,
    horizon_of,
    rules_of,
    usual_hand,
    words_of,
)

USUAL = {
    "players": 2,
    "colours": 5,
    "ranks": 5,
    "hand": 5,
    "information": 8,
    "lives": 3,
    "observation": "card knowledge",
    "bombing": "loses all",
    "empty_hints": False,
}


def test_the_usual_deck_is_that_of_the_box():
    rules = rules_of(USUAL)
    assert rules.cards == 50
    assert [copies(rank, 5) for rank in range(5)] == [3, 2, 2, 2, 1]
    assert (actions_of(rules), deck_words(rules), words_of(rules)) == (20, 9, 22)


@pytest.mark.parametrize(("players", "hand"), [(2, 5), (3, 5), (4, 4), (5, 4)])
def test_hands_are_those_of_the_rule_book(players, hand):
    assert usual_hand(players) == hand


def test_no_game_of_the_reference_is_longer_than_the_horizon():
    """Eight hints, forty cards drawn with a hint for each, five colours, two last turns."""
    assert horizon_of(rules_of(USUAL)) == 8 + 40 * 2 + 5 + 2


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("players", 1),
        ("players", 6),
        ("colours", 0),
        ("ranks", 6),
        ("hand", 7),
        ("information", 0),
        ("lives", 8),
        ("lives", True),
        ("ranks", 2.0),
        ("observation", "all"),
        ("bombing", "sometimes"),
    ],
)
def test_what_is_no_rule_is_refused_by_name(rule, value):
    with pytest.raises(InputError, match=rf"^{rule}: (out of range|not a rule of Hanabi)"):
        rules_of(USUAL | {rule: value})


def test_hands_that_the_deck_cannot_fill_are_refused():
    with pytest.raises(InputError, match="too small for the hands"):
        rules_of(USUAL | {"players": 5, "colours": 1, "hand": 3})
