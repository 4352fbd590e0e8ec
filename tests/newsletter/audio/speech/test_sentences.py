"""Sentences, and what is read in one breath."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.audio.speech.sentences import (
    LONGEST,
    LONGEST_WORD,
    ONE_BREATH,
    breaths,
    sentences,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("See Fig. 3. Then e.g. Nash. Done.", ["See Fig. 3.", "Then e.g. Nash.", "Done."]),
        ("By J. F. Nash. Yes", ["By J. F. Nash.", "Yes"]),
        ('He said "go." Then left.', ['He said "go."', "Then left."]),
        ("It is 3.5. So", ["It is 3.5.", "So"]),
        ("one\ntwo", ["one", "two"]),
        ("", []),
        ("v. 1.2 is out. ok", ["v. 1.2 is out. ok"]),
    ],
)
def test_where_sentences_end(text, found):
    assert list(sentences(text)) == found


WORDS = st.lists(st.sampled_from(["word", "End.", "no,", "Dr.", "A", "(so)"]), max_size=400)


@given(WORDS)
def test_nothing_is_lost_or_moved(words):
    text = " ".join(words)
    assert " ".join(breaths(text)).split() == words


@given(WORDS)
def test_no_breath_is_longer_than_a_cut_sentence(words):
    for part in breaths(" ".join(words)):
        assert len(part.split()) <= LONGEST
        assert len(part.split()) <= ONE_BREATH or len(list(sentences(part))) == 1


def test_an_endless_word_is_cut():
    parts = list(breaths("x" * 100_000))
    assert "".join(parts).replace(" ", "") == "x" * 100_000
    assert max(map(len, parts)) < (LONGEST + 1) * (LONGEST_WORD + 1)


def test_an_endless_sentence_is_cut_at_its_pauses():
    text = "word " * 80 + "pause, " + "word " * 80
    assert [len(part.split()) for part in breaths(text)] == [81, 80]
