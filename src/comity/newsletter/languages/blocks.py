"""A Markdown text taken apart into blocks that are translated and blocks that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.newsletter.text import grammar

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_LINE = re.compile(r"\r\n?|\n")
_CODE = 4
"""Columns by which a block is code (CommonMark 0.31.2, 4.4)."""
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+")
_OPENING = re.compile(r"^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+|>\s?|#{1,6}\s+)+)(.*)$")
_UNTOUCHED = re.compile(r"^(?: {4}|\t|\s*\||\s*\$\$|\s*\[[^\]]+\]:|\s*([-*_=])(?:\s*\1){2,}\s*$)")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a paragraph, an item of a list, a heading, some code."""

    opening: str
    """What stands before the words and stays: ``- ``, ``2. ``, ``> ``, ``## ``."""
    text: str
    translatable: bool = True


def blocks(text: str) -> tuple[Block, ...]:
    r"""Return the blocks of a text. Code, tables, displayed maths and rules are left as they are.

    Each can be shown by itself: what stands inside of an item of a list is not indented.

    Examples
    --------
    >>> [b.text for b in blocks("One\nline.\n\n- first\n- second")]
    ['One line.', 'first', 'second']
    """
    found: list[Block] = []
    lines: list[str] = []
    for line, whole in _whole(text):
        if whole or not line.strip() or _OPENING.match(line) or _kind(line) != _kind(lines):
            found += _closed(lines)
            lines = []
        if whole:
            found.append(Block("", line, translatable=False))
        elif line.strip():
            lines.append(line)
    return (*found, *_closed(lines))


def _kind(line: str | list[str]) -> bool:
    """Return whether a line, or the first of some, is one that is left alone."""
    first = line if isinstance(line, str) else (line[0] if line else "")
    return bool(_UNTOUCHED.match(first))


def _whole(text: str) -> Iterator[tuple[str, bool]]:
    """Yield lines without what indents them into a list, each table and fenced code as one."""
    fence, held, inset = "", list[str](), _Inset()
    tables = _tables(text)
    for number, line in enumerate(_LINE.split(text)):
        if number in tables and not fence:
            if not held:
                inset.follow(line)
            held.append(inset.cut(line))
            if number + 1 not in tables or tables[number + 1] != tables[number]:
                yield "\n".join(held), True
                held = []
            continue
        if fence:
            held.append(inset.cut(line))
            if _ends(fence, held[-1]):
                yield "\n".join(held), True
                fence, held = "", []
            continue
        inset.follow(line)
        line = inset.cut(line)
        match = _FENCE.match(line)
        if match:
            fence, held = match[1], [line]
        else:
            yield line, False
    if held:
        yield "\n".join(held), True


def _tables(text: str) -> dict[int, int]:
    """Return the lines of tables, from 0, each with the first line of its table."""
    if "|" not in text:
        return {}
    found = (token.map for token in grammar.blocks(text) if token.type == "table_open")
    return {line: lines[0] for lines in found if lines for line in range(*lines)}


def _ends(fence: str, line: str) -> bool:
    """Return whether a line closes a block of code that a fence opened."""
    match = _FENCE.match(line)
    return bool(match and match[1].startswith(fence) and not line.strip(" `~"))


class _Inset:
    """How far lines are indented by the item of a list in which they stand."""

    def __init__(self) -> None:
        self._columns = 0
        """Of the current line."""
        self._within = 0
        """Columns at which the words of the current item begin."""
        self._after_blank = True

    def follow(self, line: str) -> None:
        """Go on to a line; one that is indented by four columns more is code, and no item."""
        own = len(line) - len(line.lstrip())
        if not line.strip():
            self._after_blank = True
            return
        item = _ITEM.match(line)
        if item and own < self._within + _CODE:
            self._columns, self._within = own, item.end()
        elif own >= self._within or not self._after_blank:
            self._columns = self._within
        else:
            self._columns = self._within = 0
        self._after_blank = False

    def cut(self, line: str) -> str:
        """Return a line without its indentation, or what it has of it."""
        return line[min(self._columns, len(line) - len(line.lstrip())) :]


def _closed(lines: list[str]) -> list[Block]:
    if not lines:
        return []
    if _kind(lines):
        return [Block("", "\n".join(lines), translatable=False)]
    match = _OPENING.match(lines[0])
    opening, first = (match[1], match[2]) if match else ("", lines[0])
    words = " ".join(part.strip() for part in [first, *lines[1:]])
    return [Block(opening, words)]


_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(¿¡]*[\ue000A-ZÀ-ÖØ-Þ0-9])")
LONGEST_SHORT = 10
"""Characters of an abbreviation."""
_SHORT = re.compile(
    r"(?:\b[A-Za-z]|\b(?:al|cf|ch|dr|ed|eds|eq|etc|fig|figs|i\.e|e\.g|mr|mrs|ms|no|p|pp|prof|sec|st|"
    r"vol|vs|approx|sr|sra|ud|núm|pág|ej))\.$",
    re.IGNORECASE,
)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a block. Where in doubt two stay together.

    Examples
    --------
    >>> sentences("By A. Smith et al. in 2020. It works! See e.g. Jones.")
    ('By A. Smith et al. in 2020.', 'It works!', 'See e.g. Jones.')
    """
    found, start = [], 0
    for match in _END.finditer(text):
        if match[0][0] == "." and _SHORT.search(
            text[max(start, match.start() - LONGEST_SHORT) : match.start() + 1]
        ):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    return tuple(part for part in [*found, text[start:].strip()] if part)
