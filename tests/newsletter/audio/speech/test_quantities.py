"""Quantities in every form: what is heard is what was written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.audio.speech.normaliser import Normaliser
from comity.newsletter.audio.speech.numbers import cardinal, ordinal
from comity.newsletter.audio.speech.words import MONTHS

SAY = Normaliser().say


@given(st.integers(0, 1499), st.integers(0, 1499))
def test_ranges_name_both_ends(a, b):
    for dash in ("-", "–", " – "):
        assert SAY(f"from {a}{dash}{b} of") == f"from {cardinal(a)} to {cardinal(b)} of"


@given(st.dates())
def test_days_are_read_as_days(date):
    said = SAY(f"on {date.isoformat()} we")
    assert said.startswith(f"on {MONTHS[date.month - 1]} {ordinal(date.day)},")


@given(st.integers(0, 23), st.integers(0, 59))
def test_hours_are_said_first(hour, minute):
    words = SAY(f"at {hour}:{minute:02} we").split()
    assert words[1] == cardinal(hour)
    assert ("o'clock" in words) == (minute == 0)


@given(st.integers(1, 999), st.integers(0, 99))
def test_money_to_the_cent(dollars, cents):
    said = SAY(f"${dollars}.{cents:02}")
    assert said.startswith(f"{cardinal(dollars)} dollar")
    assert ("cents" in said) == (cents > 0)
    assert not cents or f"and {cardinal(cents)} cents" in said


@given(st.integers(1, 9), st.integers(-30, 30))
def test_powers_of_ten_in_four_spellings(digit, power):
    small = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    forms = [
        f"{digit}e{power}",
        f"{digit}×10^{power}",
        f"{digit} x 10^{{{power}}}",
        f"{digit}·10{small}",
    ]
    assert len({SAY(form) for form in forms}) == 1
    assert SAY(forms[0]) == f"{cardinal(digit)} times ten to the {cardinal(power)}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("10.1145/3306618.3314226", "D O I"),
        ("5-0", "five to zero"),
        ("1-in-10", "one in ten"),
        ("8/10 and 2/3", "eight out of ten and two thirds"),
        ("2048", "twenty forty-eight"),
        ("3,000", "three thousand"),
        ("50\u202f000", "fifty thousand"),
        ("x86 and R2D2", "X eighty-six and R two D two"),
        ("$1M", "one million dollars"),
        ("10 MB/s", "ten megabytes a second"),
        ("20%-30% more", "twenty to thirty percent more"),
        ("version 1.2", "version one point two"),
        ("6pm", "six P M"),
        ("12/3/2020", "twelve three twenty twenty"),
        ("8×A100s", "eight times eigh one hundreds"),
        ("HalfCheetah-v2 on WMT'14", "Half Cheetah version two on W M T fourteen"),
        ("May 5.", "May fifth."),
        ("May 45", "May forty-five"),
    ],
)
def test_forms(written, said):
    assert SAY(written) == said


@given(st.text(st.sampled_from("0123456789.,-/:%$x "), max_size=20))
def test_no_digit_is_left_to_the_voice(text):
    assert not re.search(r"\d", SAY(text))
