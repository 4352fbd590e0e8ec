"""What somebody wrote, taken apart from what they quote and how they sign.

Mail programs mark what is quoted by ``>`` before each line, under a line that says who wrote when;
or by a block of header lines below which everything is quoted. People write above it, below it, or
between its lines. Every language is tried on each mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from comity.newsletter.feedback.phrases import (
    ADDRESSED,
    ATTRIBUTIONS,
    CLOSINGS,
    DEVICES,
    FIELDS,
    NOTICES,
    ORIGINALS,
)

LONGEST_ATTRIBUTION = 4
"""Lines over which a mail program may wrap who wrote when."""
WIDEST_ATTRIBUTION = 400
LONGEST_HEADER = 20
"""Lines of the header of a mail that is quoted below it."""
SHORT_LINE = 60
MOST_SIGNED = 6
"""Lines of a name with its titles below a closing."""
_MARKS = re.compile(r"^(?:[ \t]?>)+ ?")
_RULE = re.compile(r"\s*[_\-=–—*]{5,}\s*\Z")
_DIGIT = re.compile(r"\d")
_WHEN_OR_WHO = re.compile(r"\d{1,2}[:.h]\d{2}|[\w.+-]+@[\w.-]+")


class Kind(StrEnum):
    """What a piece of a mail is."""

    REPLY = "reply"
    QUOTE = "quote"
    SIGNATURE = "signature"
    FRAME = "frame"
    """Lines in which a mail program says whose words follow."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together: one paragraph where somebody wrote it."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    text: str


def pieces(text: str) -> tuple[Piece, ...]:
    r"""Return the pieces of a mail, in order; each paragraph of the reply is one.

    Examples
    --------
    >>> for piece in pieces("No!\n\nOn 4 May 2026, Ann wrote:\n> Is it?\n> It is.\n"):
    ...     print(piece.kind, repr(piece.text))
    reply 'No!'
    frame 'On 4 May 2026, Ann wrote:'
    quote 'Is it?\nIt is.'
    """
    lines = [_line(line) for line in text.splitlines()]
    kinds = _kinds(lines)
    found: list[Piece] = []
    for kind, group in _runs(kinds, lines):
        if kind is Kind.REPLY:
            found += _written(group)
        elif any(line.strip() for line in group):
            found.append(Piece(kind, "\n".join(group).strip("\n")))
    return tuple(found)


def reply_of(found: Sequence[Piece]) -> str:
    """Return what somebody wrote, paragraph by paragraph."""
    return "\n\n".join(piece.text for piece in found if piece.kind is Kind.REPLY)


def _line(line: str) -> _Line:
    match = _MARKS.match(line)
    if match is None:
        return _Line(0, line.rstrip())
    return _Line(match[0].count(">"), line[match.end() :].rstrip())


def _kinds(lines: Sequence[_Line]) -> list[Kind]:
    """Return what each line is, before signatures are looked for."""
    kinds = [Kind.QUOTE if line.depth else Kind.REPLY for line in lines]
    at = 0
    while at < len(lines):
        length = 0 if lines[at].depth else _header(lines, at)
        if length:
            start = _above(lines, at)
            kinds[start : at + length] = [Kind.FRAME] * (at + length - start)
            kinds[at + length :] = [Kind.QUOTE] * (len(lines) - at - length)
            return kinds
        length = _attribution(lines, at)
        if length and _quote_follows(lines, at, length):
            kinds[at : at + length] = [Kind.FRAME] * length
            following = _next(lines, at + length)
            if not lines[at].depth and following < len(lines) and not lines[following].depth:
                kinds[at + length :] = [Kind.QUOTE] * (len(lines) - at - length)
                return kinds
        at += length or 1
    return kinds


def _attribution(lines: Sequence[_Line], at: int) -> int:
    """Return over how many lines somebody is said to have written something, from here."""
    if not lines[at].text.strip():
        return 0
    if _is_addressed(lines, at):
        return 1
    for length in range(1, LONGEST_ATTRIBUTION + 1):
        part = lines[at : at + length]
        if len(part) < length or not part[-1].text.strip() or part[-1].depth != part[0].depth:
            return 0
        if _says_who(part):
            return 0 if length > 1 and _says_who(part[1:]) else length
    return 0


def _says_who(part: Sequence[_Line]) -> bool:
    text = " ".join(line.text.strip() for line in part)
    if len(text) > WIDEST_ATTRIBUTION or text[-1:] not in ":：" or not _DIGIT.search(text):
        return False
    return any(pattern.match(text) for pattern in ATTRIBUTIONS)


def _is_addressed(lines: Sequence[_Line], at: int) -> bool:
    """Return whether marked lines follow a line with an address and a day, whatever it says."""
    text = lines[at].text.strip()
    below = at + 1 < len(lines) and lines[at + 1].depth > lines[at].depth
    return below and len(text) <= WIDEST_ATTRIBUTION and bool(ADDRESSED.match(text))


def _quote_follows(lines: Sequence[_Line], at: int, length: int) -> bool:
    """Return whether what stands below is quoted: it is marked, or who and when are certain."""
    following = _next(lines, at + length)
    if following < len(lines) and lines[following].depth:
        return True
    text = " ".join(line.text for line in lines[at : at + length])
    return bool(_WHEN_OR_WHO.search(text))


def _next(lines: Sequence[_Line], at: int) -> int:
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    return at


def _header(lines: Sequence[_Line], at: int) -> int:
    """Return how many lines here introduce a quoted mail: words between dashes, its header."""
    if not ORIGINALS.match(lines[at].text):
        return _fields(lines, at)
    below = _next(lines, at + 1)
    return below - at + _fields(lines, below) if below < len(lines) else 1


def _fields(lines: Sequence[_Line], at: int) -> int:
    """Return how many lines of a quoted mail's header stand here: who, and two of the others."""
    if not FIELDS[0].match(lines[at].text):
        return 0
    seen, end = {0}, at + 1
    while end < min(len(lines), at + LONGEST_HEADER) and lines[end].text.strip():
        place = next((n for n, f in enumerate(FIELDS) if f.match(lines[end].text)), None)
        if place is None and not lines[end].text.startswith((" ", "\t")):
            break
        seen |= {place} if place is not None else set()
        end += 1
    return end - at if len(seen) >= 3 else 0


def _above(lines: Sequence[_Line], at: int) -> int:
    """Return where the frame begins whose header stands here: at a rule above it, if any."""
    above = at - 1
    while above >= 0 and not lines[above].text.strip():
        above -= 1
    return above if above >= 0 and _RULE.match(lines[above].text) else at


def _runs(kinds: Sequence[Kind], lines: Sequence[_Line]) -> Iterator[tuple[Kind, list[str]]]:
    start = 0
    for end in range(1, len(kinds) + 1):
        if end == len(kinds) or kinds[end] is not kinds[start]:
            yield kinds[start], [line.text for line in lines[start:end]]
            start = end


def _written(lines: list[str]) -> Iterator[Piece]:
    """Yield the paragraphs that somebody wrote in a row, and the signature below them."""
    end = _signature(lines)
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines[:end])):
        if paragraph.strip():
            yield Piece(Kind.REPLY, paragraph.strip("\n").rstrip())
    signature = "\n".join(lines[end:]).strip()
    if signature:
        yield Piece(Kind.SIGNATURE, signature)


def _stripped(lines: Sequence[str], end: int) -> int:
    """Return the end without empty lines and rules above it."""
    while end and not lines[end - 1].strip(" _-"):
        end -= 1
    return end


def _without_notice(lines: Sequence[str], end: int) -> int:
    """Return the end without a last paragraph in which a company speaks, below what was written."""
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    return _stripped(lines, start) if start and NOTICES.match(lines[start]) else end


def _signature(lines: Sequence[str]) -> int:
    """Return where a signature begins: at ``-- ``, a telephone's line, or a closing and a name."""
    end = next((n for n, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    end = _without_notice(lines, _stripped(lines, end))
    for at in range(end - 1, max(-1, end - 4), -1):
        if DEVICES.match(lines[at].strip(" \t*_")):
            end = at
            break
    for at in range(max(0, end - MOST_SIGNED - 2), end):
        below = [line.strip() for line in lines[at + 1 : end] if line.strip()]
        short = len(below) <= MOST_SIGNED and all(len(line) <= SHORT_LINE for line in below)
        if short and at and CLOSINGS.match(lines[at].strip()):
            return at
    return end
