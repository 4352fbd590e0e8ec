"""Where in a text the words are that were searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from comity.newsletter.search.found import Piece
from comity.newsletter.search.query import Query
from comity.newsletter.search.tokens import WORD, fold

BEFORE = 60
"""Characters before the first word found."""
LENGTH = 240
"""Characters of a snippet, about."""
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
    for match in _matches(text, query):
        start, end = match.span()
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
        match = next(_matches(text, query), None)
        if match is not None:
            return mark(_around(text, match.start()), query)
    return mark(_around(there[0], 0), query) if there else ()


def _matches(text: str, query: Query) -> Iterator[re.Match[str]]:
    """Yield the words of a text that a query asks for."""
    asked, begin = query.words, query.unfinished
    # Of ASCII, lower case has its letters where the text has them.
    plain = text.isascii()
    for match in WORD.finditer(text.lower() if plain else text):
        word = match[0] if plain else fold(match[0])
        if word in asked or (begin and word.startswith(begin)):
            yield match


def _around(text: str, place: int) -> str:
    """Return a part of a text that begins and ends with whole words."""
    start = max(0, place - BEFORE)
    if start:
        start = text.find(" ", start, place) + 1 or place
    end = start + LENGTH
    if end < len(text):
        end = text.rfind(" ", place + 1, end) if text.rfind(" ", place + 1, end) > 0 else end
    part = text[start:end].strip()
    return ("… " if start else "") + part + (" …" if end < len(text) else "")
