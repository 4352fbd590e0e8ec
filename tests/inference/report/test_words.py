import math

import pytest

from comity.core import Certified
from comity.inference.report import words


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Certified.estimate(0.0156, 0.01512, 0.01618), "0.0156 (0.0151 to 0.0162)"),
        (Certified.estimate(-0.273, -0.288, -0.258), "−0.273 (−0.288 to −0.258)"),
        (Certified.estimate(0.4, 0.36, 0.44), "0.40 (0.36 to 0.44)"),
        (Certified.estimate(1234.4, 1100, 1300), "1,234 (1,100 to 1,300)"),
        (Certified.estimate(0.62, -math.inf, 0.79), "0.62 (−∞ to 0.79)"),
        (Certified.estimate(6.5, 6.5, 6.5), "6.5"),
        (Certified.estimate(-0.693147181, -0.693147182, -0.69314718), "−0.693"),
        (Certified.estimate(0.0, 0.0, 0.039), "0 (0 to 0.039)"),
        (Certified.estimate(-1e-12, -3e-12, -1e-13), "0"),
        (Certified.exact(1.5), "1.5"),
        (Certified.upper(0.5), "at most 0.5"),
        (Certified.lower(0.5), "at least 0.5"),
        (Certified.unknown("why"), "cannot tell"),
        (Certified(math.nan, "estimate"), "cannot tell"),
    ],
)
def test_a_figure_has_the_digits_its_interval_deserves(figure, text):
    assert str(words.shown(figure)) == text


def test_the_reason_why_it_cannot_be_told_is_kept():
    assert words.shown(Certified.unknown("flat")).why == "flat"
    assert words.shown_share(Certified.unknown("flat")).why == "flat"


@pytest.mark.parametrize("width", [1e-5, 0.003, 0.09, 0.1, 4.2, 990.0])
def test_an_interval_shows_about_two_digits_of_its_width(width):
    places = words.decimals(width)
    if 0 < places < 6:
        assert 10 <= width * 10**places < 100


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.457, "46%"),
        (0.0042, "0.4%"),
        (0.9941, "99.4%"),
        (0.0004, "under 0.1%"),
        (0.9999, "over 99.9%"),
        (math.nan, "unknown"),
    ],
)
def test_only_certainty_is_called_certain(share, text):
    assert words.percent(share) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0.0, "1"),
        (0.2, "1"),
        (34.0, "34"),
        (3741.2, "3,742"),
        (999_999.5, "1,000,000"),
        (2_140_000, "2.14 million"),
        (18e9, "18 billion"),
        (999.9e6, "1 billion"),
        (1e13, "over a trillion"),
        (math.inf, "never"),
        (math.nan, "cannot tell"),
    ],
)
def test_needs_are_rounded_up(count, text):
    assert words.needed(count) == text


def test_an_infinite_figure_says_why():
    figure = words.shown(Certified.exact(-math.inf, "a choice had probability 0"))
    assert (figure.value, figure.why) == ("−∞", "a choice had probability 0")


def test_shares_in_per_cent():
    assert str(words.shown_share(Certified.estimate(1e-4, 1e-5, 2e-4))) == "under 0.1%"
    assert str(words.shown_share(Certified.estimate(0.455, 0.3, 0.6))) == "46% (30% to 60%)"
    assert str(words.shown_share(Certified.upper(0.05))) == "at most 5%"
