"""Figures in words."""

import pytest

from comity.core import Certified
from comity.evaluation.card.words import (
    about,
    amount,
    change,
    interval,
    level,
    luck,
    percent,
    reach,
    told,
)
from evaluating import evaluated


@pytest.mark.parametrize(
    ("value", "share", "words"),
    [(0.5, True, "50%"), (-0.04, True, "−4%"), (0.001, True, "0%"), (-0.001, True, "0%"),
     (0.5, False, "0.50"), (-0.5, False, "−0.50"), (-0.001, False, "0.00"),
     (float("nan"), True, "cannot tell"), (float("nan"), False, "cannot tell")],
)  # fmt: skip
def test_figures(value, share, words):
    assert told(value, share) == words
    assert (percent if share else amount)(value) == words


@pytest.mark.parametrize(
    ("value", "share", "words"),
    [(0.5, True, "+50 points"), (-0.5, True, "−50 points"), (0.25, False, "+0.25"),
     (-0.25, False, "−0.25"), (0.0, False, "0.00"), (0.01, True, "+1 point"),
     (-0.012, True, "−1 point"), (0.004, True, "0 points"), (0.11, True, "+11 points"),
     (0.005, True, "0 points"), (0.005000001, False, "+0.01"), (float("nan"), True, "cannot tell")],
)  # fmt: skip
def test_changes(value, share, words):
    assert change(value, share) == words


def test_intervals_of_changes_are_in_points_where_they_are_of_shares():
    figure = Certified.estimate(0.1, -0.01, 0.25)
    assert reach(figure, True) == "−1 to +25 points"
    assert reach(figure, False) == "−0.01 to +0.25"
    assert reach(Certified.unknown("no data"), True) == "no data"


def test_chances():
    assert [luck(p) for p in (1.0, 0.5, 0.0312, 0.0001)] == ["1", "0.5", "0.031", "0.0001"]


def test_intervals():
    assert interval(Certified.estimate(0.5, 0.25, 0.75), True) == "25% to 75%"
    assert interval(Certified.unknown("no data"), True) == "no data"


def test_what_was_played():
    words = about(evaluated("honest"))
    assert words.startswith("9 partners in 2 families of Cases, 3 matches each of 4 encounters")
    assert level(evaluated("honest")) == "95%"
