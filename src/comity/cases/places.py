"""Where in a TOML text a key stands, so that an error can name the line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.cases.faults import dotted

_SEGMENT = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)\s*(\.|$)""")
_PLACE = re.compile(r'"[^"]*"|[^.\[\]]+')
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]*(?:\"[^\"]*\"[^\[\]]*)*)\]")
_TOKEN = re.compile(
    r"""
    (?P<long>\"{3}.*?\"{3}|'{3}.*?'{3})   # strings over several lines
  | (?P<short>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
  | (?P<comment>\#[^\n]*)
  | (?P<open>[\[{]) | (?P<close>[\]}]) | (?P<end>\n)
    """,
    re.VERBOSE | re.DOTALL,
)


def line_numbers(text: str) -> dict[str, int]:
    r"""Return the line on which each key and section starts, by dotted path, from 1.

    Keys inside inline tables are not listed: their line is that of the table.

    Examples
    --------
    >>> line_numbers("title = 'x'\n[frame]\nstates = ['dry']\n[[evidence]]\nsd = 1\n")
    {'title': 1, 'frame': 2, 'frame.states': 3, 'evidence.0': 4, 'evidence.0.sd': 5}
    """
    found: dict[str, int] = {}
    counts: dict[tuple[str, ...], int] = {}
    section: tuple[str, ...] = ()
    for line, statement in _statements(text):
        header = _HEADER.match(statement)
        if header:
            section = _numbered(_keys(header[2]), counts, new=header[1] == "[[")
            found.setdefault(dotted(*section), line)
            continue
        keys = _keys(_left_side(statement))
        if keys:
            found.setdefault(dotted(*section, *keys), line)
    return found


def line_of(place: str, lines: dict[str, int]) -> int | None:
    """Return the line of a place, or of the nearest key that holds it."""
    parts = [part.strip('"') for part in _PLACE.findall(place)]
    for length in range(len(parts), 0, -1):
        line = lines.get(dotted(*parts[:length]))
        if line is not None:
            return line
    return None


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield every statement with the line it starts on, though its value may span lines."""
    start, depth, first = 0, 0, 1
    for token in _TOKEN.finditer(text + "\n"):
        kind = token.lastgroup
        depth += (kind == "open") - (kind == "close")
        if kind == "end" and depth <= 0:
            statement = text[start : token.start()]
            if statement.strip() and not statement.lstrip().startswith("#"):
                yield first, statement
            start, depth = token.end(), 0
            first = text.count("\n", 0, start) + 1


def _numbered(
    keys: tuple[str, ...], counts: dict[tuple[str, ...], int], *, new: bool
) -> tuple[str, ...]:
    """Put the number of the current item after each key that names an array of tables."""
    path: tuple[str, ...] = ()
    for k, key in enumerate(keys):
        path = (*path, key)
        if new and k == len(keys) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, str(counts[path]))
    return path


def _left_side(statement: str) -> str:
    """Return what stands before the equals sign that is not inside quotes."""
    match = re.match(r"""(?:[^="']|"(?:[^"\\]|\\.)*"|'[^']*')*(?==)""", statement)
    return match[0] if match else ""


def _keys(text: str) -> tuple[str, ...]:
    keys, position = [], 0
    while position < len(text):
        segment = _SEGMENT.match(text, position)
        if segment is None:
            return ()
        keys.append(segment[1][1:-1] if segment[1][0] in "\"'" else segment[1])
        position = segment.end()
    return tuple(keys)
