"""Formulas: none runs because of a text that somebody else wrote.

A spreadsheet takes a cell of a `.csv` file for a formula where it begins with one of a few
characters, whatever the quotes around it; such a cell can run programs or send other cells away.
An apostrophe before it makes it text. So each such text gets one more apostrophe than it has, and
reading takes it off again: what is read is what was written. The one formula that is written is a
link, of an address of the web and words that are both texts in quotes. In `.xlsx` a cell says
itself that it is text (see `comity.newsletter.sheets.xlsx_writing`).

Source: OWASP, "CSV Injection" (the characters); CWE-1236.
"""

from __future__ import annotations

import re

STARTS = "=+\\-@\t\r\n＝＋－＠"
"""Characters that begin a formula somewhere, as a class of a regular expression."""

LONGEST_QUOTED = 255
"""Characters of a text in a formula; Excel takes no more."""

_DANGEROUS = re.compile(rf"'*\s*[{STARTS}]")
_DEFUSED = re.compile(rf"'+\s*[{STARTS}]")
_PART = r'"((?:[^"]|"")*)"'
_HYPERLINK = re.compile(
    rf"=\s*HYPERLINK\(\s*{_PART}\s*(?:[,;]\s*(?:{_PART}|([\d.]+))\s*)?\)\s*", re.IGNORECASE
)


def defuse(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> defuse("=1+1"), defuse("'=1+1"), defuse("fair play"), defuse("'tis fair")
    ("'=1+1", "''=1+1", 'fair play', "'tis fair")
    """
    return "'" + text if _DANGEROUS.match(text) else text


def undo(text: str) -> str:
    """Return the text that `defuse` was given; other texts stay as they are.

    Examples
    --------
    >>> undo("'=1+1"), undo("''=1+1"), undo("=1+1"), undo("'tis fair")
    ('=1+1', "'=1+1", '=1+1', "'tis fair")
    """
    return text[1:] if _DEFUSED.match(text) else text


def link(address: str, text: str) -> str:
    """Return the formula that is a link, which `hyperlink` reads.

    Examples
    --------
    >>> link("https://example.org/a", 'Say "yes" now')
    '=HYPERLINK("https://example.org/a", "Say ""yes"" now")'
    """
    quoted = (part.replace('"', '""') for part in (address, text))
    return "=HYPERLINK({})".format(", ".join(f'"{part}"' for part in quoted))


def hyperlink(formula: str) -> tuple[str, str] | None:
    """Return address and text of a formula that is a link and nothing else.

    Examples
    --------
    >>> hyperlink('=HYPERLINK("https://example.org/a"; "Say ""yes"" now")')
    ('https://example.org/a', 'Say "yes" now')
    >>> hyperlink('=HYPERLINK("https://example.org/" & A2)') is None
    True
    """
    match = _HYPERLINK.fullmatch(formula)
    if not match:
        return None
    address, text, number = (
        part.replace('""', '"') if part is not None else None for part in match.groups()
    )
    return address or "", text if text is not None else number or address or ""
