"""Words of a text, beside SQLite's own idea of them."""

import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.newsletter.search.tokens import LONGEST, fold, words

LETTERS = st.text(
    st.sampled_from("abzABZ019 .,-'\"éÉüÜñçßøłŁšžΑαΩώЖж中李かア\n\t_"), max_size=40
) | st.text(max_size=40)


def test_words_are_without_case_and_accents():
    assert words("ÉMILIE du Châtelet's ＡＩ-safety_case") == [
        "emilie", "du", "chatelet", "s", "ai", "safety", "case",
    ]  # fmt: skip
    assert words("e\u0301mile") == ["emile"]
    assert words("") == words("…—!_") == []


@given(LETTERS)
def test_words_are_words_of_themselves(text):
    found = words(text)
    assert words(" ".join(found)) == found
    assert all(0 < len(word) <= LONGEST for word in found)


@given(st.text(st.sampled_from("abzABZ019 .,-'\"éÉüÜñçšžαΩЖж中\n\t"), max_size=40))
@settings(max_examples=50)
def test_sqlite_takes_them_for_the_same_words(text):
    """FTS5 is given our words: it must not take them apart in another way."""
    rows = sqlite3.connect(":memory:")
    rows.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61')")
    rows.execute("CREATE VIRTUAL TABLE v USING fts5vocab('t', 'instance')")
    rows.execute("INSERT INTO t VALUES (?)", (" ".join(words(text)),))
    found = [term for (term,) in rows.execute("SELECT term FROM v ORDER BY offset")]
    rows.close()
    assert found == words(text)


def test_long_words_are_cut():
    assert words("x" * 500) == ["x" * LONGEST]
    assert fold("É" * 500) == "e" * LONGEST
