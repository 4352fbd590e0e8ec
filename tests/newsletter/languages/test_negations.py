import pytest

from comity.newsletter.languages.negations import denials, lost_negations
from newsletter_parallel import (
    FALSE_ALARMS,
    PAIRS,
    with_a_denial,
    without_a_denial,
    without_one_denial,
)

SIDES = ("en", "es")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.english)
def test_what_says_the_same_passes_both_ways(pair):
    if pair.english not in FALSE_ALARMS:
        assert lost_negations(pair.english, pair.spanish, "en", "es") == ()
        assert lost_negations(pair.spanish, pair.english, "es", "en") == ()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.english)
def test_the_opposite_is_found(pair):
    for spoiled in [*without_a_denial(pair), *with_a_denial(pair)]:
        (reason,) = lost_negations(pair.english, spoiled, "en", "es")
        assert reason.loss == "negation"


def test_one_of_two_denials_is_missed_only_where_spanish_says_one_with_two_words():
    missed = {
        pair.english
        for pair in PAIRS
        for spoiled in without_one_denial(pair)
        if not lost_negations(pair.english, spoiled, "en", "es")
    }
    assert missed == {
        "I don't see anybody there.",
        "I see nobody there.",
        "They never answered.",
        "We cannot say anything about it.",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("isn’t, isn't and can't", (3, 3)),
        ("a knot, a nothingness, a notion, another", (0, 0)),
        ("Not NEVER", (2, 2)),
        ("a non-zero-sum game", (1, 1)),
        ("unless it rains", (0, 1)),
        ("anybody can", (0, 0)),
    ],
)
def test_whole_words_count_in_any_case(text, expected):
    assert denials(text, "en") == expected
