"""Numbers, chances and times by language, against what the CLDR prescribes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import LANGUAGES, chance, duration, listed, moment, number, signed, words_of


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "12,346"), ("de", "12.346"), ("es", "12.346"), ("zh", "12,346")],
)
def test_groups(code, text):
    assert number(words_of(code), 12345.6) == text


@pytest.mark.parametrize(("code", "text"), [("en", "−1.75"), ("de", "−1,75"), ("zh", "−1.75")])
def test_decimals_and_true_minus(code, text):
    assert number(words_of(code), -1.7512) == text


@given(st.floats(-1e9, 1e9))
def test_every_language_writes_the_same_number(value):
    read = set()
    for code in LANGUAGES:
        words = words_of(code)
        text = number(words, value).replace(words.say("format.group"), "")
        read.add(float(text.replace(words.say("format.decimal"), ".").replace("−", "-")))
    assert len(read) == 1
    assert read.pop() == pytest.approx(value, rel=6e-3, abs=6e-4)


def test_changes_have_a_sign():
    words = words_of("de")
    assert [signed(words, v) for v in (0.5, -0.5, 0.0)] == ["+0,5", "−0,5", "0"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_chances_from_never_to_always(code):
    words = words_of(code)
    told = [chance(words, p) for p in (0.0, 0.001, 0.5, 0.618, 0.999, 1.0)]
    assert len(set(told)) == 6
    assert told[0] == words.say("chance.never")
    assert told[-1] == words.say("chance.always")


def test_chances_in_english():
    words = words_of("en")
    assert chance(words, 0.5) == "1 time in 2"
    assert chance(words, 0.36) == "36 times in 100"
    assert chance(words, 0.3331) == "about 1 time in 3"


def test_lists():
    assert listed(words_of("en"), ["a", "b", "c"]) == "a, b and c"
    assert listed(words_of("de"), ["a", "b"], "or") == "a oder b"
    assert listed(words_of("zh"), ["a", "b", "c"]) == "a、b和c"
    assert listed(words_of("en"), ["a"]) == "a"
    assert listed(words_of("en"), []) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1, "1 second"), (90, "90 seconds"), (600, "10 minutes"), (7 * 86400, "7 days"), (-3, "0 s")],
)
def test_durations(seconds, text):
    assert duration(words_of("en"), seconds).startswith(text)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)))
def test_moments_hold_their_parts(when):
    when = when.replace(tzinfo=UTC, microsecond=0)
    for code in LANGUAGES:
        words = words_of(code)
        text = moment(words, int(when.timestamp() * 1000))
        assert str(when.year) in text
        assert words.entry("format.months")[when.month - 1] in text
        assert f"{when:%H:%M}" in text
