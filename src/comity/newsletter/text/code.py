"""Where the code of a text stands: whatever looks like a reference in there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from comity.newsletter.text.grammar import blocks

_MAY_HOLD = re.compile(r"`|~~~|\t|^(?:[ >]|[-*+]|\d+[.)])*    ", re.MULTILINE)
_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})\s*")
_TICKS = re.compile(r"(?<!\\)(\\*)(`+)")
_LINE = re.compile(r"\r\n?|\n")
_KEPT = 1024


class Part(NamedTuple):
    """Part of a text: lines that are code or others."""

    start: int
    end: int
    kind: str
    """``fence``, ``code_block``, or nothing where words stand."""


def may_hold_code(text: str) -> bool:
    """Return whether there can be any code in a text; cheap."""
    return bool(_MAY_HOLD.search(text))


@lru_cache(maxsize=_KEPT)
def parts(text: str) -> tuple[Part, ...]:
    r"""Return the parts of a text, in order and without gaps.

    Examples
    --------
    >>> [(part.kind, "a ```"[part.start : part.end]) for part in parts("a ```")]
    [('', 'a ```')]
    >>> [part.kind for part in parts("one\n\n    two\n\nthree")]
    ['', '', 'code_block', '', '']
    """
    starts = [0, *(match.end() for match in _LINE.finditer(text)), len(text)]
    last = len(starts) - 1
    cuts = {0: "", len(text): ""}
    for token in blocks(_LINE.sub("\n", text)):
        if token.map and token.type in {"inline", "fence", "code_block"}:
            first, after = (starts[min(line, last)] for line in token.map)
            cuts.setdefault(after, "")
            cuts[first] = "" if token.type == "inline" else token.type
    return tuple(Part(a, b, cuts[a]) for a, b in pairwise(sorted(cuts)) if a < b)


def spans(text: str, start: int = 0, end: int | None = None) -> dict[int, int]:
    r"""Return where code among the words of one block begins, each with where it ends.

    Also where it would begin if it were not inside of other code.

    Examples
    --------
    >>> spans("`a` and ``b"), spans(r"\`a` b`")
    ({0: 3}, {3: 7})
    """
    found: dict[int, int] = {}
    later: dict[int, int] = {}
    runs = _TICKS.finditer(text, start, len(text) if end is None else end)
    for run in reversed(list(runs)):
        # A backslash keeps one backtick from opening code, and none from closing it.
        escaped = len(run[1]) % 2
        opening = len(run[2]) - escaped
        if opening and opening in later:
            found[run.start(2) + escaped] = later[opening]
        later[len(run[2])] = run.end()
    return dict(reversed(found.items()))


def unclosed(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield the lines, from 1, at which code begins that nothing ends, with what begins it.

    Examples
    --------
    >>> list(unclosed("Try\n\n```\nx = 1\n``` and see")), list(unclosed("~~~\nx\n~~~"))
    ([(3, '```')], [])
    """
    if "```" not in text and "~~~" not in text:
        return
    lines = _LINE.split(text)
    for token in blocks("\n".join(lines)):
        if token.type == "fence" and token.map:
            first, after = token.map
            closing = _FENCE.fullmatch(lines[after - 1]) if after - 1 > first else None
            if not closing or not closing[1].startswith(token.markup):
                yield first + 1, token.markup
