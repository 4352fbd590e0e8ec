import numpy as np
import pytest

from comity.agreement.report import words
from comity.core import Certified
from comity.games import Issue, Lottery, MixedProfile, Negotiation, NormalForm

DILEMMA = NormalForm.from_payoffs(
    [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ("Ann", "Bo"), (("stay", "go"), ("wait", "leave"))
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1e-9, "0"),
        (-1e-9, "0"),
        (2.0, "2"),
        (1.7512, "1.75"),
        (-0.125, "−0.125"),
        (99.96, "100"),
        (1234567.0, "1,234,567"),
        (float("nan"), "unknown"),
        (float("inf"), "∞"),
    ],
)
def test_numbers(value, text):
    assert words.number(value) == text


@pytest.mark.parametrize(("value", "text"), [(1.5, "+1.5"), (-2, "−2"), (0, "±0"), (1e-8, "±0")])
def test_changes_have_a_sign(value, text):
    assert words.signed(value) == text


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.75, "3 times in 4"),
        (0.1, "1 time in 10"),
        (2 / 7, "2 times in 7"),
        (0.5, "every other time"),
        (1.0, "always"),
        (0.0, "never"),
        (0.999, "almost always"),
        (0.001, "almost never"),
        (0.4999, "every other time"),
        (0.4985, "about every other time"),
        (0.18, "18 times in 100"),
        (0.36, "36 times in 100"),
        (0.3612, "about 36 times in 100"),
    ],
)
def test_chances(probability, text):
    assert words.chance(probability) == text


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("Ana\x1b[31m", "Ana[31m"),
        ("two\nlines", "two lines"),
        ("\u202eturned", "turned"),
        ("nul\x00l", "null"),
        ("ደቡብ 👩‍🌾 مصر", "ደቡብ 👩‍🌾 مصر"),
    ],
)
def test_names_cannot_steer_a_terminal(dirty, shown):
    assert words.clean(dirty) == shown


def test_lists():
    assert [words.listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_a_lottery_is_told_likeliest_first():
    play = Lottery(((0, 0), (1, 1)), np.array([0.25, 0.75]))
    assert words.play_lines(DILEMMA, play) == [
        ("3 times in 4", "Ann: go; Bo: leave"),
        ("1 time in 4", "Ann: stay; Bo: wait"),
    ]
    assert words.is_lottery(play)
    assert not words.is_lottery(Lottery.pure((0, 0)))


def test_rounding_is_no_lottery():
    play = Lottery(((0, 0), (1, 1)), np.array([1 - 1e-8, 1e-8]))
    assert words.play_lines(DILEMMA, play) == [("always", "Ann: stay; Bo: wait")]
    assert not words.is_lottery(play)


def test_mixed_strategies_are_told_one_by_one():
    play = MixedProfile((np.array([0.5, 0.5]), np.array([1.0, 0.0])))
    assert words.play_lines(DILEMMA, play) == [
        ("every other time", "Ann: stay"),
        ("every other time", "Ann: go"),
        ("always", "Bo: wait"),
    ]


def test_a_pure_profile_in_mixed_clothes_is_one_outcome():
    play = MixedProfile((np.array([0.0, 1.0]), np.array([1.0, 0.0])))
    assert words.play_lines(DILEMMA, play) == [("always", "Ann: go; Bo: wait")]


def test_many_outcomes_end_in_the_rest():
    issue = Issue.integers("share", 0, 9)
    pie = Negotiation.additive(
        ("A", "B"), [issue], {"A": {"share": range(10)}, "B": {"share": range(10)}}
    )
    lines = words.play_lines(pie, Lottery.uniform([(k,) for k in range(10)]), limit=3)
    assert len(lines) == 4
    assert lines[-1] == ("7 times in 10", "one of 7 other outcomes")


def test_no_play_has_no_words():
    assert words.play_lines(DILEMMA, None) == []


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Certified.exact(1.5), "1.5"),
        (Certified.upper(0.5), "at most 0.5"),
        (Certified.lower(0.5), "at least 0.5"),
        (Certified.estimate(0.5, 0.4, 0.7), "about 0.5 (between 0.4 and 0.7)"),
        (Certified.unknown("too large"), "cannot tell"),
    ],
)
def test_a_figure_says_what_it_claims(figure, text):
    assert words.certified(figure) == text


def test_several_numbers():
    assert words.several(np.array([1.0, 2.5])) == "1 · 2.5"
    assert words.several(np.arange(9.0)) == "0 to 8"
    assert words.several(np.array([0.25, 0.75]), percent=True) == "25% · 75%"


def test_an_interval_without_width_is_not_shown():
    assert words.certified(Certified.estimate(6.53, 6.53, 6.53, "")) == "about 6.53"
