"""A Markdown text taken apart into blocks that are translated and blocks that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
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

    Examples
    --------
    >>> [b.text for b in blocks("One\nline.\n\n- first\n- second")]
    ['One line.', 'first', 'second']
    """
    found: list[Block] = []
    lines: list[str] = []
    for line, fenced in _fenced(text):
        if fenced or not line.strip() or _OPENING.match(line) or _kind(line) != _kind(lines):
            found += _closed(lines)
            lines = []
        if line.strip() or fenced:
            lines.append(line)
    return (*found, *_closed(lines))


def _kind(line: str | list[str]) -> bool:
    """Return whether a line, or the first of some, is one that is left alone."""
    first = line if isinstance(line, str) else (line[0] if line else "")
    return bool(_UNTOUCHED.match(first))


def _fenced(text: str) -> Iterator[tuple[str, bool]]:
    """Yield lines, each block of fenced code as one."""
    fence, held = "", list[str]()
    for line in text.splitlines():
        match = _FENCE.match(line)
        if fence:
            held.append(line)
            if match and match[1].startswith(fence) and not line.strip(" `~"):
                yield "\n".join(held), True
                fence, held = "", []
        elif match:
            fence, held = match[1], [line]
        else:
            yield line, False
    if held:
        yield "\n".join(held), True


def _closed(lines: list[str]) -> list[Block]:
    if not lines:
        return []
    if _kind(lines) or _FENCE.match(lines[0]):
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
