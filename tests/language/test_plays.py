"""Plays in words, against plays of real games."""

import numpy as np
import pytest

from comity.games import Lottery, MixedProfile
from comity.language import outcome_words, play_lines, play_sentence, words_of

GAME = {"kind": "normal-form", "players": ["Row", "Column"], "actions": [["a", "b"], ["c", "d"]]}
TALK = {
    "kind": "negotiation",
    "issues": [
        {"name": "rent", "options": ["800", "900"]},
        {"name": "room", "options": ["X", "Y"]},
    ],
}


def test_outcomes_are_in_the_words_of_the_frame():
    assert outcome_words(GAME, (1, 0)) == "Row: b; Column: c"
    assert outcome_words(TALK, (0, 1)) == "rent: 800; room: Y"


def test_a_name_cannot_steer():
    frame = {"kind": "normal-form", "players": ["A\x1b[2J"], "actions": [["b\u202e"]]}
    assert outcome_words(frame, (0,)) == "A[2J: b"


def test_a_lottery_is_told_likeliest_first():
    play = Lottery(((0, 0), (1, 1), (0, 1)), np.array([0.25, 0.75, 0.0])).to_dict()
    assert play_lines(words_of("en"), TALK, play) == [
        ("3 times in 4", "rent: 900; room: Y"),
        ("1 time in 4", "rent: 800; room: X"),
    ]


def test_what_is_many_is_cut():
    play = Lottery.uniform([(0, 0), (0, 1), (1, 0), (1, 1)]).to_dict()
    lines = play_lines(words_of("de"), TALK, play, limit=2)
    assert lines[-1] == ("in 1 von 2 Fällen", "2 weitere")


def test_mixed_profiles():
    words = words_of("en")
    pure = MixedProfile(([0.0, 1.0], [1.0, 0.0])).to_dict()
    assert play_sentence(words, GAME, pure) == "Row: b; Column: c"
    mixed = MixedProfile(([0.5, 0.5], [1.0, 0.0])).to_dict()
    assert play_lines(words, GAME, mixed) == [
        ("1 time in 2", "Row: a"),
        ("1 time in 2", "Row: b"),
        ("always", "Column: c"),
    ]


@pytest.mark.parametrize("code", ["en", "es", "zh", "de"])
def test_no_play_has_no_words(code):
    assert play_lines(words_of(code), GAME, None) == []
    assert play_sentence(words_of(code), GAME, None) == ""
