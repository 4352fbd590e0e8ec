"""Snippets: the words that were searched for, marked, and nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.search.found import Piece
from comity.newsletter.search.query import Query, parse_query
from comity.newsletter.search.snippets import LENGTH, mark, snippet
from comity.newsletter.search.tokens import fold, words


@given(st.text(), st.text(max_size=10))
def test_marking_loses_nothing(text, query):
    pieces = mark(text, parse_query(query))
    assert "".join(piece.text for piece in pieces) == text
    asked = parse_query(query)
    for piece in pieces:
        if piece.marked:
            (word,) = words(piece.text)
            assert word in asked.words or word.startswith(asked.unfinished)


@given(st.text("abA1 -_.…é", max_size=40), st.text("abA1 é", max_size=5))
def test_every_word_that_is_asked_for_is_marked(text, asked):
    """Whichever way a text is looked through, word by word says which they are."""
    query = parse_query(asked)
    marked = [fold(piece.text) for piece in mark(text, query) if piece.marked]
    begin = query.unfinished
    assert marked == [
        word for word in words(text) if word in query.words or (begin and word.startswith(begin))
    ]


def test_words_are_marked_whatever_their_accents():
    query = Query(("chatelet",), "fai")
    assert mark("Châtelet: fairness", query) == (
        Piece("Châtelet", marked=True),
        Piece(": "),
        Piece("fairness", marked=True),
    )


def test_the_snippet_is_around_the_first_word():
    text = "one " * 200 + "needle " + "two " * 200
    pieces = snippet({"summary": text}, Query(("needle",)))
    whole = "".join(piece.text for piece in pieces)
    assert [piece.text for piece in pieces if piece.marked] == ["needle"]
    assert whole.startswith("… one")
    assert whole.endswith("two …")
    assert len(whole) < LENGTH + 10


def test_the_field_that_holds_a_word_is_shown():
    texts = {"summary": "nothing", "opinion": "a needle"}
    assert snippet(texts, Query(("needle",)))[1] == Piece("needle", marked=True)
    assert snippet(texts, Query(("absent",))) == (Piece("nothing"),)
    assert snippet({"title": "only"}, Query(("only",))) == ()
