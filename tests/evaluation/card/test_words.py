"""Figures in words."""

import pytest

from comity.core import Certified
from comity.evaluation.card.words import about, amount, change, interval, level, percent, told
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
     (-0.25, False, "−0.25"), (0.0, False, "0.00")],
)  # fmt: skip
def test_changes(value, share, words):
    assert change(value, share) == words


def test_intervals():
    assert interval(Certified.estimate(0.5, 0.25, 0.75), True) == "25% to 75%"
    assert interval(Certified.unknown("no data"), True) == "no data"


def test_what_was_played():
    words = about(evaluated("honest"))
    assert words.startswith("9 partners in 2 families of Cases, 3 matches each of 4 encounters")
    assert level(evaluated("honest")) == "95%"
