"""What the Markdown of a publication is made of: the rules of its blocks, and what they leave out.

CommonMark without HTML, with the tables and the struck out words of GitHub, and footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_MATHS = re.compile(r"\$\$[^$]+\$\$|\$(?=[^\s$])[^$]*(?<=[^\s\\])\$(?!\d)")
LONGEST = 50_000
"""Characters; a longer text is shown as it is written, in paragraphs."""
DEEPEST = 60
"""Levels of lists and quotations; a text with more is shown as it is written."""


def grammar(*, definitions: bool = True, notes: bool = True) -> MarkdownIt:
    """Return a reader of the dialect, with or without definitions of links and footnotes."""
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST + 1})
    reader.enable(["table", "strikethrough"])
    reader.disable(["html_block", "html_inline", *(() if definitions else ("reference",))])
    if notes:
        reader.use(footnote_plugin)
    return reader


def maths(text: str, start: int, end: int) -> int | None:
    """Return where mathematics ends that begins at a place, if any does; no reference is in it.

    Examples
    --------
    >>> maths("$x_i$ is", 0, 8), maths("$5 is $6", 0, 8), maths("$a <@b@> c$", 0, 11)
    (5, None, None)
    """
    found = _MATHS.match(text, start, end)
    return None if found is None or "<@" in found.group() else found.end()


def blocks(text: str) -> list[Token]:
    """Return the blocks of a text, whose words are not read yet; each with its lines."""
    tokens: list[Token] = []
    env: dict[str, Any] = {}
    reader = _blocks()
    reader.block.parse(text, reader, env, tokens)
    return tokens


@cache
def _blocks() -> MarkdownIt:
    return grammar()


def widened(text: str, tokens: Sequence[Token]) -> str:
    r"""Return a text whose tables have a column for each cell; GitHub's drop those beyond the head.

    Parameters
    ----------
    tokens : of the text.

    Examples
    --------
    >>> rows = "|a|\n|-|\n|1|2|"
    >>> print(widened(rows, blocks(rows)))
    |a| |
    |-|-|
    |1|2|
    """
    lines = text.split("\n")
    for first, missing in _narrow(tokens, lines):
        for line, cell in ((first, " |"), (first + 1, "-|")):
            whole = lines[line].rstrip()
            closed = whole.endswith("|") and not whole.endswith("\\|")
            lines[line] = whole + ("" if closed else "|") + cell * missing
    return "\n".join(lines)


def _narrow(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each table that has too few columns, and how many it lacks."""
    first = columns = missing = 0
    for token in tokens:
        if token.type == "table_open" and token.map:
            first, columns, missing = token.map[0], 0, 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and token.map[0] > first:
            missing = max(missing, len(_cells(lines[token.map[0]])) - columns)
        elif token.type == "table_close" and missing > 0:
            yield first, missing


def _cells(line: str) -> list[str]:
    return escapedSplit(line.lstrip("> \t").rstrip().removeprefix("|").removesuffix("|"))
