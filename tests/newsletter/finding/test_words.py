"""Texts as counts."""

import unicodedata
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.finding.words import STOP, entry_words, plain, trigrams, words
from comity.newsletter.model.entry import Entry


def test_plurals_count_as_singulars_and_other_words_do_not():
    pairs = {"games": "game", "parties": "party", "axes": "axe", "beliefs": "belief"}
    for plural, singular in pairs.items():
        assert words(plural) == words(singular) == Counter({singular: 1})
    assert words("consensus process") == Counter({"consensus": 1, "process": 1})


def test_stop_words_do_not_count():
    assert words(" ".join(STOP)) == Counter()


def test_addresses_and_ids_do_not_count():
    text = "See https://example.org/votes and <@this@>(@#abcdefghjk@)."
    assert words(text) == Counter({"see": 1})


def test_a_title_counts_three_times():
    entry = Entry("1", "Trust", summary="On trust and trade.", notes="Abstract: trade")
    assert entry_words(entry) == Counter({"trust": 4, "trade": 2, "abstract": 1})


@given(st.text(max_size=60))
def test_trigrams_are_all_three_characters_in_a_row(title):
    kept = "".join(c if c.isalnum() else " " for c in plain(title))
    line = f" {' '.join(kept.split())} "
    assert trigrams(title) == Counter(line[k : k + 3] for k in range(len(line) - 2))


@given(st.text(alphabet="aeäéÄÉÅ ñŁ", max_size=40))
def test_case_and_accents_do_not_count(text):
    bare = unicodedata.normalize("NFD", text)
    assert words(text) == words(bare) == words(text.upper().lower())


def test_a_megabyte_takes_no_time():
    assert sum(words("deal " * 200_000).values()) == 4_000
