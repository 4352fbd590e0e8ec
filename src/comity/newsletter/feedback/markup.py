"""A mail in HTML as plain text, with quotations marked as mail programs mark them in plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from comity.newsletter.feedback.tags import tokens


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_LINES = _set(
    "address article blockquote center dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main ol p pre section table tr ul"
)
_SPACED = _set("blockquote h1 h2 h3 h4 h5 h6 p pre table ul ol")
"""Elements with an empty line before and after them."""
_SILENT = _set("head script style title template noscript svg math object")
_VOID = _set("area base br col embed hr img input link meta source track wbr")
_SIGNATURES = _set("gmail_signature moz-signature signature protonmail_signature_block")
DEEPEST = 200
"""Open elements that are kept apart; deeper ones are read as if they were not there."""
LONGEST = 1_000_000
"""Characters of a page that are read."""
RULE = "_" * 32
SIGNATURE = "-- "
_BLANKS = re.compile(r"[ \t\n\r\f\u00a0\u202f]+")


def to_text(page: str) -> str:
    """Return the text of a page: ``> `` before what is quoted, ``-- `` before a signature.

    Takes any input: what is no HTML is read as text.

    Examples
    --------
    >>> print(to_text("<p>No.</p><blockquote>Is it <b>so</b>?</blockquote><p>Well</p>"))
    No.
    <BLANKLINE>
    > Is it so?
    <BLANKLINE>
    Well
    """
    reader = _Reader()
    for token in tokens(page[:LONGEST]):
        if isinstance(token, str):
            reader.write(token)
        elif token.ends:
            reader.end(token.name)
        else:
            reader.begin(token.name, token.attributes)
    return reader.text()


class _Reader:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.open: list[tuple[str, str]] = []
        """Names of open elements, each with what it adds: a quotation, silence, an address."""

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        """Begin an element."""
        if tag in _LINES or tag == "br":
            self._end_line(empty=tag == "br" or tag in _SPACED)
        if tag == "hr":
            self._write(RULE)
            self._end_line()
        if tag == "li":
            self._write("- ")
        if _SIGNATURES & set(given.get("class", "").split()) and not self._is_signed():
            self._end_line()
            self.lines.append(self._prefix() + SIGNATURE)
        if tag not in _VOID and len(self.open) < DEEPEST:
            self.open.append((tag, given.get("href", "") if tag == "a" else ""))

    def end(self, tag: str) -> None:
        """End an element, and those in it that were left open."""
        if tag in _LINES:
            self._end_line(empty=tag in _SPACED)
        names = [name for name, _ in self.open]
        if tag not in names:
            return
        at = len(names) - 1 - names[::-1].index(tag)
        address = self.open[at][1]
        if address.startswith(("http:", "https:")) and not self._is_quoted():
            shown = self.line.rstrip().rpartition(" ")[2]
            if shown != address and address not in self.line:
                self._write(f" <{address}>")
        del self.open[at:]

    def write(self, data: str) -> None:
        """Add text where the open elements show any."""
        if any(name in _SILENT for name, _ in self.open):
            return
        if any(name == "pre" for name, _ in self.open):
            first, *others = data.split("\n")
            self._write(first)
            for line in others:
                self._end_line(empty=True)
                self._write(line)
            return
        words = _BLANKS.sub(" ", data)
        self._write(words if self.line else words.lstrip())

    def text(self) -> str:
        """Return all lines, no two empty ones in a row."""
        self._end_line()
        kept: list[str] = []
        for line in self.lines:
            if line.strip(" >") or (kept and kept[-1].strip(" >")):
                kept.append(line if line.endswith(SIGNATURE) else line.rstrip())
        while kept and not kept[-1].strip(" >"):
            kept.pop()
        return "\n".join(kept)

    def _is_quoted(self) -> bool:
        return any(name == "blockquote" for name, _ in self.open)

    def _is_signed(self) -> bool:
        last = next((x for x in reversed([*self.lines, self.line]) if x.strip(" >")), "")
        return last.strip(" >") == SIGNATURE.strip()

    def _prefix(self) -> str:
        depth = sum(name == "blockquote" for name, _ in self.open)
        return "> " * min(depth, 9)

    def _write(self, words: str) -> None:
        self.line += words

    def _end_line(self, *, empty: bool = False) -> None:
        if self.line.strip():
            self.lines.append(self._prefix() + self.line)
        elif empty:
            self.lines.append(self._prefix())
        self.line = ""
