"""People read these words: each must read as English."""

import pytest

from comity.games import labels


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("water", "the water"),
        ("other party's costs", "the other party's costs"),
        ("Food", "Food"),
        ("the rent", "the rent"),
        ("no deal", "no deal"),
        ("who cooks", "who cooks"),
        ("noise", "the noise"),
        ("(C, D)", "(C, D)"),
        ("whale watching", "the whale watching"),
        ("", ""),
    ],
)
def test_article(name, words):
    assert labels.the(name) == words


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("water", "is"),
        ("Inspections", "are"),
        ("pieces for Ana", "are"),
        ("number of pieces", "is"),
        ("rules of the house", "are"),
        ("glass", "is"),
        ("bus", "is"),
        ("analysis", "is"),
        ("gas", "is"),
        ("(C, D)", "is"),
        ("who cooks dinners", "is"),
        ("no deal", "is"),
        ("each deal", "is"),
    ],
)
def test_verb(name, verb):
    assert labels.is_are(name) == verb


def test_parts_of_games(game, negotiation):
    words = {p.label for block in game.blocks().values() for p in block.parts}
    words |= {p.label for block in negotiation.blocks().values() for p in block.parts}
    assert {
        "how likely dry and wet are",
        "flow at (00, 10, 20) (dry)",
        "what the flow is worth to Ana",
        "what (01, 12, 21) is worth to Dee (wet)",
        "what the water is worth to Ana (dry)",
        "what no deal is worth to Bo",
    } <= words
