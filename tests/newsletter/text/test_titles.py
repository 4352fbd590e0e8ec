"""Titles are found as people type them, and never guessed."""

import pytest

from comity.newsletter.model.entry import Entry
from comity.newsletter.text.titles import Titles, normalised

TITLES = Titles.of(
    [
        Entry("A", "“Fair play” — a survey"),
        Entry("B", "Trust"),
        Entry("C", "trust."),
        Entry("D", "Who bets on what?"),
        Entry("E", "Twins"),
        Entry("F", "Twins"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("“Fair play” — a survey", ("A",)),
        ("'fair play' - A Survey.", ("A",)),
        ('"Fair\n  play" – a survey', ("A",)),
        ("Trust", ("B",)),  # exactly as written comes before normalised
        ("trust.", ("C",)),
        ("TRUST", ("B", "C")),
        ("Who bets on what", ()),  # a question mark is part of a title
        ("Twins", ("E", "F")),
        ("Fair play", ()),
        ("", ()),
    ],
)
def test_titles_are_found_exactly_or_else_normalised(typed, found):
    assert TITLES.find(typed) == found


def test_titles_that_share_most_words_are_suggested():
    assert TITLES.suggest("A survey of fair play") == ("“Fair play” — a survey",)
    assert TITLES.suggest("what bets") == ("Who bets on what?",)
    assert TITLES.suggest("Quite another matter") == ()


@pytest.mark.parametrize("typed", ["Ab\u00e9", "Abe\u0301", "Ab\u00e9\u200b", "Ab\u00e9\ufeff "])
def test_titles_that_nobody_can_tell_apart_are_one_title(typed):
    titles = Titles({"A": "Ab\u00e9", "B": "Ab\u200be\u0301", "C": "ab\u00e9", "D": "\u202eAbc"})
    assert titles.find(typed) == ("A", "B")
    assert titles.find("ab\u00e9\u00ad") == ("C",)
    assert titles.find("AB\u00c9") == ("A", "B", "C")
    assert titles.find("Abc") == ("D",)


def test_titles_of_stops_alone_are_titles():
    assert normalised("...") != normalised("..") != ""


def test_full_width_and_invisible_characters_do_not_tell_titles_apart():
    assert normalised("Ｔｒｕｓｔ\u200b in\u00a0games…") == normalised("trust in games")
