"""Standing words in each language."""

import re

import pytest

from comity.newsletter.audio.speech.phrases import ENGLISH, PHRASES, base, day, phrases


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_each_language_has_all_phrases_with_the_same_places(language):
    found = PHRASES[language]
    assert found.keys() == ENGLISH.keys()
    for name, words in found.items():
        assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", ENGLISH[name])), name


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_no_phrase_is_left_in_english(language):
    other = PHRASES[language]
    same = {name for name, words in other.items() if words == ENGLISH[name]}
    assert language == "en" or same <= {"note", "introduction", "image"}


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_a_year_has_twelve_months(language):
    names = {day(f"2020-{month:02}-09", language) for month in range(1, 13)}
    assert len(names) == 12
    assert all("9" in name and "2020" in name for name in names)


def test_regions_share_the_words_of_their_language():
    assert base("pt_BR") == base("PT-br") == "pt"
    assert phrases("es-419") is phrases("es")
    assert phrases("fi") is ENGLISH


def test_what_is_no_day_stays():
    assert day("2020-02-30", "en") == "2020-02-30"
