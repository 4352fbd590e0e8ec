from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.languages.numbers import lost_numbers, numbers, read
from newsletter_parallel import FALSE_ALARMS, PAIRS, with_another_number

SMALL = """_ one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen"""
UNITS = SMALL.split()
ROUND = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"
TENS = ROUND.split()


def spelled(number: int) -> str:
    """English, written by rules of its own; numbers with a one in them are avoided."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    for scale, word in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if number >= scale:
            rest = number % scale
            link = " and " if rest and scale == 100 else " "
            return f"{spelled(number // scale)} {word}{link}{spelled(rest) if rest else ''}".strip()
    raise AssertionError


@given(st.integers(2, 10**12 - 1).filter(lambda n: spelled_without_one(n)))
def test_spelled_numbers_are_read_as_they_are_meant(number):
    (found,) = numbers(f"It has {spelled(number)} of them.", "en")
    assert found.values == {Decimal(number)}


def spelled_without_one(number: int) -> bool:
    return "one" not in spelled(number).replace("-", " ").split()


@given(st.integers(0, 10**12), st.integers(0, 999))
def test_each_manner_of_writing_digits_is_read_back(whole, thousandths):
    english = f"{whole:,}.{thousandths:03d}"
    spanish = english.translate(str.maketrans(",.", ".,"))
    value = Decimal(whole) + Decimal(thousandths) / 1000
    if whole >= 1000:
        assert read(english, ".") == read(spanish, ",") == value
    assert lost_numbers(english, spanish, "en", "es") == ()
    assert lost_numbers(english, english, "en", "es") == ()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.english)
def test_what_says_the_same_passes_both_ways(pair):
    if pair.english not in FALSE_ALARMS and not pair.kept:
        assert lost_numbers(pair.english, pair.spanish, "en", "es") == ()
        assert lost_numbers(pair.spanish, pair.english, "es", "en") == ()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.english)
def test_every_changed_digit_is_found(pair):
    for spoiled in with_another_number(pair):
        assert {reason.loss for reason in lost_numbers(pair.english, spoiled, "en", "es")} == {
            "number"
        }


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("five of 10", "cinco"),
        ("five of 10", "cinco de 10 de 10"),
        ("a billion", "un billón"),
        ("1.5 million", "1,5 mil"),
        ("version 1.2.3", "versión 1.2.4"),
        ("twelve", "doscientos"),
    ],
)
def test_lost_doubled_and_mistaken_numbers_are_found(english, spanish):
    assert lost_numbers(english, spanish, "en", "es")


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("a billion", "mil millones"),
        ("3.5 billion", "3,5 miles de millones"),
        ("version 1.2.3", "versión 1.2.3"),
        ("it happened twice", "pasó dos veces"),
        ("the two, three or four", "los dos, tres o cuatro"),
    ],
)
def test_the_same_in_other_words_passes(english, spanish):
    assert lost_numbers(english, spanish, "en", "es") == ()
