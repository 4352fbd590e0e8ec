"""Tables as plain text: columns side by side where they fit, else row by row."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

GAP = "  "
"""What stands between columns."""
_WIDE = frozenset("WF")
_NARROWEST = 6

Row = Sequence[str]


def aligned(rows: Sequence[Row], sides: Row, width: int) -> list[str]:
    r"""Return a table in lines of at most a width, where words allow.

    Parameters
    ----------
    rows : of as many cells each; the first is the head.
    sides : for each column ``right``, ``center`` or nothing.
    width : columns of a line, of which a letter takes one, and a Chinese character two.

    Examples
    --------
    >>> print("\n".join(aligned([["Method", "Score"], ["Ours", "3.2"]], ["", "right"], 40)))
    Method  Score
    ------  -----
    Ours      3.2
    """
    widths = _widths(rows, width)
    if widths is None:
        return list(_one_by_one(rows, width))
    wrapped = [[_wrapped(cell, w) for cell, w in zip(row, widths, strict=True)] for row in rows]
    apart = any(len(lines) > 1 for row in wrapped[1:] for lines in row)
    found = [*_lines(wrapped[0], widths, sides), GAP.join("-" * w for w in widths)]
    for number, row in enumerate(wrapped[1:]):
        found += [""] * (apart and number > 0)
        found += _lines(row, widths, sides)
    return found


def taken(text: str) -> int:
    r"""Return how many columns a text takes.

    >>> taken("abc"), taken("对齐"), taken("e\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    shown = (letter for letter in text if not unicodedata.combining(letter))
    return sum(1 + (unicodedata.east_asian_width(letter) in _WIDE) for letter in shown)


def _widths(rows: Sequence[Row], width: int) -> list[int] | None:
    """Return the widths of columns, the widest narrowed first; nothing where they do not fit."""
    columns = list(zip(*rows, strict=True))
    widths = [max(1, *map(taken, column)) for column in columns]
    words = [(word for cell in column for word in cell.split()) for column in columns]
    least = [
        min(w, max([_NARROWEST, *map(taken, each)])) for w, each in zip(widths, words, strict=True)
    ]
    room = width - len(GAP) * (len(widths) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max(
            (place for place, w in enumerate(widths) if w > least[place]), key=widths.__getitem__
        )
        widths[widest] -= 1
    return widths


def _wrapped(cell: str, width: int) -> list[str]:
    if taken(cell) <= width:
        return [cell]
    return textwrap.wrap(cell, width, break_long_words=False, break_on_hyphens=False)


def _lines(cells: Sequence[Sequence[str]], widths: Sequence[int], sides: Row) -> Iterator[str]:
    for parts in zip_longest(*cells, fillvalue=""):
        padded = map(_padded, parts, widths, sides)
        yield GAP.join(padded).rstrip()


def _padded(text: str, width: int, side: str) -> str:
    room = max(0, width - taken(text))
    before = {"right": room, "center": room // 2}.get(side, 0)
    return " " * before + text + " " * (room - before)


def _one_by_one(rows: Sequence[Row], width: int) -> Iterator[str]:
    """Yield each row as an item of a list, each cell behind the head of its column."""
    head, *body = rows
    for row in body or [head]:
        names = head if body else [""] * len(head)
        cells = [f"{n}: {c}" if n else c for n, c in zip(names, row, strict=True) if c]
        yield from textwrap.wrap(
            "; ".join(cells),
            max(width, _NARROWEST),
            initial_indent="- ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        ) or ["-"]
