"""Where in a text the words are that were searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from comity.newsletter.search.found import Piece
from comity.newsletter.search.query import Query
from comity.newsletter.search.tokens import LONGEST, WORD, fold

BEFORE = 60
"""Characters before the first word found."""
CUT = "…"
"""Stands where a snippet leaves something out."""
LENGTH = 240
"""Characters of a snippet, about."""
_REST = "[a-z0-9]*"
PREFERRED = ("summary", "opinion", "prerequisites", "read_more", "notes", "authors")
"""Fields that a snippet is taken from, the first that holds a word."""


def mark(text: str, query: Query) -> tuple[Piece, ...]:
    """Return a text in pieces, those that a query asks for marked.

    Examples
    --------
    >>> mark("Fair play", Query(("play",)))
    (Piece(text='Fair ', marked=False), Piece(text='play', marked=True))
    """
    pieces = []
    last = 0
    for start, end in _matches(text, query):
        if start > last:
            pieces.append(Piece(text[last:start]))
        pieces.append(Piece(text[start:end], marked=True))
        last = end
    if last < len(text):
        pieces.append(Piece(text[last:]))
    return tuple(pieces)


def snippet(texts: Mapping[str, str], query: Query) -> tuple[Piece, ...]:
    """Return the text around the first word found, from the first field that holds one."""
    there = [texts[name] for name in PREFERRED if name in texts]
    for text in there:
        place = next(_matches(text, query), None)
        if place is not None:
            return mark(_around(text, place[0]), query)
    return mark(_around(there[0], 0), query) if there else ()


def _matches(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Yield where the words of a text begin and end that a query asks for."""
    text = text.replace(CUT, " ")
    if text.isascii():
        # Of ASCII, lower case has its letters where the text has them.
        pattern = _pattern(query)
        if pattern is not None:
            yield from (match.span() for match in pattern.finditer(text.lower()))
        return
    for match in WORD.finditer(text):
        word = fold(match[0])
        if word in query.words or (query.unfinished and word.startswith(query.unfinished)):
            yield match.span()


@lru_cache(maxsize=64)
def _pattern(query: Query) -> re.Pattern[str] | None:
    """Return what finds the words of a query in ASCII of lower case."""
    ends = [word + _REST * (len(word) == LONGEST) for word in query.words if word.isascii()]
    ends += [query.unfinished + _REST] if query.unfinished.isascii() and query.unfinished else []
    if not ends:
        return None
    return re.compile(f"(?<![a-z0-9])(?:{'|'.join(ends)})(?![a-z0-9])")


def _around(text: str, place: int) -> str:
    """Return a part of a text that begins and ends with whole words."""
    start = max(0, place - BEFORE)
    if start:
        start = text.find(" ", start, place) + 1 or place
    end = start + LENGTH
    if end < len(text):
        end = text.rfind(" ", place + 1, end) if text.rfind(" ", place + 1, end) > 0 else end
    part = text[start:end].strip()
    return (f"{CUT} " if start else "") + part + (f" {CUT}" if end < len(text) else "")
