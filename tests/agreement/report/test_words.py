import numpy as np

from comity.agreement.report import words
from comity.games import Issue, Lottery, MixedProfile, Negotiation, NormalForm

DILEMMA = NormalForm.from_payoffs(
    [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ("Ann", "Bo"), (("stay", "go"), ("wait", "leave"))
)


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


def test_several_numbers():
    assert words.several(np.array([1.0, 2.5])) == "1 · 2.5"
    assert words.several(np.arange(9.0)) == "0 to 8"
    assert words.several(np.array([0.25, 0.75]), percent=True) == "25% · 75%"
