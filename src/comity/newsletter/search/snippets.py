"""Where in a text the words are that were searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby

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
    pieces = groupby(_pieces(text, query), key=lambda piece: piece.marked)
    return tuple(Piece("".join(piece.text for piece in group), marked) for marked, group in pieces)


def snippet(texts: Mapping[str, str], query: Query) -> tuple[Piece, ...]:
    """Return the text around the first word found, from the first field that holds one."""
    there = [texts[name] for name in PREFERRED if name in texts]
    for text in there:
        place = _first(text, query)
        if place is not None:
            return mark(_around(text, place), query)
    return mark(_around(there[0], 0), query) if there else ()


def _pieces(text: str, query: Query) -> Iterator[Piece]:
    last = 0
    for match in WORD.finditer(text):
        if _is_asked(fold(match[0]), query):
            if match.start() > last:
                yield Piece(text[last : match.start()])
            yield Piece(match[0], marked=True)
            last = match.end()
    if last < len(text):
        yield Piece(text[last:])


def _first(text: str, query: Query) -> int | None:
    match = _pattern(query).search(text)
    if match or text.isascii():
        return match.start() if match else None
    return next((m.start() for m in WORD.finditer(text) if _is_asked(fold(m[0]), query)), None)


@lru_cache(maxsize=64)
def _pattern(query: Query) -> re.Pattern[str]:
    """Return what finds the words of a query in text without accents."""
    ends = [re.escape(word) + r"(?![^\W_])" for word in query.words]
    ends += [re.escape(query.unfinished)] if query.unfinished else []
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(ends)})" if ends else "(?!)", re.IGNORECASE)


def _is_asked(word: str, query: Query) -> bool:
    unfinished = query.unfinished
    return word in query.words or (bool(unfinished) and word.startswith(unfinished))


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
