"""Words of numbers are read back by a reader that shares nothing with the writer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.audio.speech.numbers import (
    cardinal,
    decade,
    digits,
    fraction,
    number,
    ordinal,
    year,
)

VALUES = (
    {"oh": 0}
    | {
        word: value
        for value, word in enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
            ]
        )
    }
    | {
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
    }
)
POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15}


def heard(words: str) -> int:
    """The number that a listener hears, by adding up from the left."""
    total = group = 0
    for word in words.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in POWERS:
            total, group = total + group * 10 ** POWERS[word], 0
        else:
            group += VALUES[word]
    return total + group


@given(st.integers(0, 10**18 - 1))
def test_every_number_is_heard_as_it_was_written(n):
    assert heard(cardinal(n)) == n


@given(st.integers(1, 10**9))
def test_signs_are_said(n):
    assert cardinal(-n) == f"minus {cardinal(n)}"


def test_numbers_too_large_for_names_are_read_digit_by_digit():
    assert cardinal(10**18).split() == ["one"] + ["zero"] * 18


@given(st.integers(0, 10**12))
def test_an_ordinal_differs_from_its_cardinal_only_in_the_last_word(n):
    plain, placed = (w.replace("-", " ").split() for w in (cardinal(n), ordinal(n)))
    assert plain[:-1] == placed[:-1]
    assert placed[-1].endswith(("th", "first", "second", "third"))


@given(st.integers(1000, 2999))
def test_years_are_heard_in_two_halves_or_whole(n):
    words = year(n)
    if n % 1000 < 10:
        assert heard(words) == n
    elif n % 100 == 0:
        assert heard(words.removesuffix(" hundred")) * 100 == n
    else:
        halves = [
            (heard(" ".join(parts[:k])), heard(" ".join(parts[k:])))
            for parts in [words.replace("-", " ").split()]
            for k in range(1, len(parts))
        ]
        assert any(100 * a + b == n and a < 30 and b < 100 for a, b in halves)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "zero"),
        ("12", "twelve"),
        ("1,956", "one thousand nine hundred fifty-six"),
        ("3.14", "three point one four"),
        (".05", "point zero five"),
        ("-7", "minus seven"),
        ("−0.5", "minus zero point five"),
        ("007", "zero zero seven"),
        ("1,000,000.25", "one million point two five"),
    ],
)
def test_numbers_as_written(text, words):
    assert number(text) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "first"),
        (12, "twelfth"),
        (20, "twentieth"),
        (33, "thirty-third"),
        (100, "one hundredth"),
    ],
)
def test_ordinals(n, words):
    assert ordinal(n) == words


def test_decades_digits_and_fractions():
    assert [decade(n) for n in (1980, 2010, 60)] == ["nineteen eighties", "twenty tens", "sixties"]
    assert digits("2-7.1") == "two seven one"
    assert [fraction(1, 4), fraction(3, 4), fraction(5, 8), fraction(3, 2)] == [
        "one quarter",
        "three quarters",
        "five eighths",
        "three halves",
    ]
