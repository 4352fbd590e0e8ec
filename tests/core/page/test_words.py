import pytest

from comity.core import Certified
from comity.core.page import words


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


def test_an_interval_without_width_is_not_shown():
    assert words.certified(Certified.estimate(6.53, 6.53, 6.53, "")) == "about 6.53"


@pytest.mark.parametrize(("count", "text"), [(0, "0 days"), (1, "1 day"), (1200, "1,200 days")])
def test_counts(count, text):
    assert words.counted(count, "day") == text


def test_a_sentence_ends_once():
    assert [words.ended(text) for text in ("so", "so.", "so?")] == ["so.", "so.", "so?"]
