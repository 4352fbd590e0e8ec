"""Any text is a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.search.query import MOST_WORDS, Query, parse_query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("fair", Query((), "fair")),
        ("fair ", Query(("fair",))),
        ("fair pl", Query(("fair",), "pl")),
        ("fair p", Query(("fair", "p"))),
        ("fair fair fair.", Query(("fair",))),
        ('"fair play"', Query(("fair", "play"), "", (("fair", "play"),))),
        ("“fair play” now ", Query(("fair", "play", "now"), "", (("fair", "play"),))),
        ('"fair" ', Query(("fair",))),
        ('"never closed', Query(("never",), "closed")),
        ("a AND b OR NOT c*", Query(("a", "and", "b", "or", "not", "c"))),
        ("title:fair^2 {x}", Query(("title", "fair", "2", "x"))),
        ("fair -play ", Query(("fair",), "", (), (("play",),))),
        ('-"fair play" -x norms ', Query(("norms",), "", (), (("fair", "play"), ("x",)))),
        ("self-play - games ", Query(("self", "play", "games"))),
        ("fair -play", Query(("fair",), "", (), (("play",),))),
        ("-", Query()),
        ("公平 x", Query(("公", "平", "x"), "", (("公", "平"),))),
    ],
)
def test_queries(text, query):
    assert parse_query(text) == query


@given(st.text())
def test_no_text_is_an_error(text):
    query = parse_query(text)
    assert len(query.words) <= MOST_WORDS
    assert query.is_empty == (query == Query())
    for phrase in query.phrases:
        assert '"' not in "".join(phrase)


def test_long_queries_are_cut():
    assert len(parse_query("word " * 10_000).words) == 1
    assert len(parse_query(" ".join(str(k) for k in range(1000)) + " ").words) == MOST_WORDS
