"""Tables of abbreviations, units and scales."""

import re

import pytest

from comity.newsletter.audio.speech import words
from comity.newsletter.audio.speech.normaliser import Normaliser

SAY = Normaliser().say


@pytest.mark.parametrize("written", sorted(words.ABBREVIATIONS))
def test_every_abbreviation_is_said_in_a_sentence(written):
    assert SAY(f"one {written} two") == f"one {words.ABBREVIATIONS[written]} two"


@pytest.mark.parametrize("unit", sorted(words.UNITS))
def test_every_unit_knows_one_and_many(unit):
    one, many = words.UNITS[unit]
    assert SAY(f"it was 1{unit} long") == f"it was one {one} long"
    assert SAY(f"it was 7{unit} long") in (f"it was seven {many} long", _scaled(unit))


def _scaled(unit):
    scale = words.SCALES.get(unit) if unit in words.PLAIN_SCALES else None
    return f"it was seven {scale} long"


@pytest.mark.parametrize("unit", sorted(words.SPACED_UNITS))
def test_units_may_stand_apart(unit):
    assert SAY(f"it was 7 {unit} long") == f"it was seven {words.UNITS[unit][1]} long"


@pytest.mark.parametrize("sign", sorted(words.CURRENCIES))
def test_every_currency(sign):
    one, many = words.CURRENCIES[sign]
    assert [SAY(f"{sign}1"), SAY(f"{sign}3")] == [f"one {one}", f"three {many}"]


@pytest.mark.parametrize("written", sorted(words.BEFORE_NUMBERS))
def test_words_before_numbers_need_a_number(written):
    assert SAY(f"see {written} 700") == f"see {words.BEFORE_NUMBERS[written]} seven hundred"
    assert words.BEFORE_NUMBERS[written] not in SAY(f"see {written} x").split()[1:2] or (
        written.rstrip(".").lower() == words.BEFORE_NUMBERS[written]
    )


def test_the_tables_hold_words_only():
    for said in [*words.ABBREVIATIONS.values(), *words.SCALES.values()]:
        assert re.fullmatch(r"[A-Za-z -]+", said)
    assert words.ABBREVIATIONS.keys() >= words.LAST
    assert len(words.MONTHS) == 12


@pytest.mark.parametrize("written", sorted(words.MONTH_NAMES))
def test_months_before_days(written):
    assert SAY(f"on {written} 3, 2019") == f"on {words.MONTH_NAMES[written]} third, twenty nineteen"


@pytest.mark.parametrize("unit", sorted(words.PER))
def test_rates(unit):
    assert SAY(f"10 samples/{unit}.") == f"ten samples per {words.PER[unit]}."
