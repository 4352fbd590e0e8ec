"""Texts as plain text that reads well in a mail without any markup."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from comity.newsletter.text.dialect import parse, parse_line, side_of
from comity.newsletter.text.links import Links, NoLinks
from comity.newsletter.text.tables import aligned

WIDTH = 72
"""Characters of a line, as mail has had them since terminals."""
_NARROWEST = 24
_MARKED = re.compile(r"[\[\]<>*_`~&\\]|://")


@dataclass
class Numbered:
    """Addresses that a text refers to by number."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, address: str) -> int:
        """Return the number of an address, from 1; the same address has the same number."""
        return self.numbers.setdefault(address, len(self.numbers) + 1)

    def __str__(self) -> str:
        """Return the list of addresses, one a line."""
        return "\n".join(f"[{number}] {address}" for address, number in self.numbers.items())


def to_plain(
    text: str,
    links: Links | None = None,
    *,
    width: int = WIDTH,
    numbered: Numbered | None = None,
    lead: str = "",
) -> str:
    r"""Return a text as plain text: emphasis and links as a reader would type them.

    Parameters
    ----------
    text : canonical Markdown.
    links : where references lead; without it they are only words.
    width : characters of a line; a longer word stands alone on its line.
    numbered : collects addresses, which then stand in the text as numbers; without it each
        address stands in brackets behind its words.
    lead : words before the first paragraph, on its line.

    Examples
    --------
    >>> print(to_plain("- *Fair* [play](https://example.org)\n  - again"))
    - *Fair* play (https://example.org)
      - again
    """
    tokens = parse(text, links or NoLinks())
    return _Blocks(width, numbered).render(tokens, lead).strip("\n")


def line_plain(text: str, *, addresses: bool = True) -> str:
    """Return one line of words and links as plain text, with or without where they lead.

    Examples
    --------
    >>> line_plain("[Ada](https://example.org) & Bo")
    'Ada (https://example.org) & Bo'
    """
    if not _MARKED.search(text):
        return " ".join(text.split())
    tokens = [token for block in parse_line(text) for token in block.children or ()]
    if not addresses:
        return "".join(token.content for token in tokens)
    return _words(tokens, None)


def wrap(text: str, width: int = WIDTH, first: str = "", rest: str = "") -> str:
    """Return one paragraph in lines of at most a width, where words allow."""
    lines = [
        textwrap.fill(
            line,
            max(width, len(rest) + _NARROWEST),
            initial_indent=first if not n else rest,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        or (first if not n else rest).rstrip()
        for n, line in enumerate(text.split("\n"))
    ]
    return "\n".join(lines)


@dataclass
class _List:
    """A list that is being written; ``next`` is None for bullets."""

    next: int | None

    def marker(self) -> str:
        if self.next is None:
            return "- "
        self.next += 1
        return f"{self.next - 1}. "


@dataclass
class _Blocks:
    """Writes block after block, each line behind the marks of what it stands in."""

    width: int
    numbered: Numbered | None
    prefix: str = ""
    pending: str | None = None
    """Mark of a list's item that has written nothing yet."""
    tight: bool = False
    """Whether the next block follows without a blank line."""
    begins: bool = False
    """Whether the next block is the first of a list that stands in no other."""
    lead: str = ""
    lists: list[_List] = field(default_factory=list)
    outer: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    heading: bool = False
    rows: list[list[str]] | None = None
    """Of the table that is being read."""
    sides: list[str] = field(default_factory=list)

    def render(self, tokens: Sequence[Token], lead: str = "") -> str:
        if tokens and tokens[0].type == "paragraph_open":
            self.lead = f"{lead} " if lead else ""
        elif lead:
            self._write(lead)
        for token in tokens:
            handle = getattr(self, f"_{token.type}", None)
            if handle is not None:
                handle(token)
        return "\n".join(self.lines)

    def _write(self, block: str, *, raw: bool = False) -> None:
        first = self.prefix if self.pending is None else self.pending
        if self.lines and not self.tight:
            between = self.prefix if self.pending is None else self.outer[-1]
            self.lines.append(between.rstrip())
        self.pending = None
        self.tight = self.begins = False
        if raw:
            for number, line in enumerate(block.split("\n")):
                self.lines.append(f"{self.prefix if number else first}{line}".rstrip())
        else:
            self.lines += wrap(block, self.width, first, self.prefix).split("\n")

    def _inline(self, token: Token) -> None:
        words = _words(token.children or [], self.numbered)
        if self.rows is not None:
            self.rows[-1].append(words)
            return
        heading = self.heading and "**" not in words
        self._write(self.lead + (f"**{words}**" if heading else words))
        self.lead, self.heading = "", False

    def _heading_open(self, _: Token) -> None:
        self.heading = True

    def _table_open(self, _: Token) -> None:
        self.rows, self.sides = [], []

    def _tr_open(self, _: Token) -> None:
        if self.rows is not None:
            self.rows.append([])

    def _th_open(self, token: Token) -> None:
        self.sides.append(side_of(token))

    def _table_close(self, _: Token) -> None:
        rows, self.rows = self.rows or [], None
        width = max(self.width - len(self.prefix), _NARROWEST)
        self._write("\n".join(aligned(rows, self.sides, width)), raw=True)

    def _paragraph_open(self, token: Token) -> None:
        self.tight = token.hidden and not self.begins

    def _fence(self, token: Token) -> None:
        lines = token.content.rstrip("\n").split("\n")
        self._write("\n".join(f"    {line}" for line in lines), raw=True)

    _code_block = _fence

    def _hr(self, _: Token) -> None:
        self._write("* * *")

    def _bullet_list_open(self, _: Token) -> None:
        self._open(_List(None))

    def _open(self, opened: _List) -> None:
        self.begins = not self.lists
        self.lists.append(opened)

    def _ordered_list_open(self, token: Token) -> None:
        self._open(_List(int(token.attrs.get("start", 1))))

    def _list_close(self, _: Token) -> None:
        self.lists.pop()

    _bullet_list_close = _ordered_list_close = _list_close

    def _list_item_open(self, _: Token) -> None:
        self._enter(self.lists[-1].marker())

    def _enter(self, marker: str) -> None:
        start = self.prefix if self.pending is None else self.pending
        self.outer.append(self.prefix)
        self.pending = start + marker
        self.prefix += " " * len(marker)

    def _leave(self, _: Token) -> None:
        if self.pending is not None:
            self.lines.append(self.pending.rstrip())
            self.pending = None
        self.prefix = self.outer.pop()

    _list_item_close = _footnote_close = _blockquote_close = _leave

    def _blockquote_open(self, _: Token) -> None:
        start = self.prefix if self.pending is None else self.pending
        self.outer.append(self.prefix)
        self.pending = start + "> "
        self.prefix += "> "

    def _footnote_open(self, token: Token) -> None:
        self._enter(f"[^{token.meta['id'] + 1}] ")


def _words(tokens: Sequence[Token], numbered: Numbered | None) -> str:
    """Return what stands inside of a block, on one line but for hard breaks."""
    written: list[str] = []
    addresses: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in _MARKS:
            written.append(_MARKS[token.type])
        elif token.type in {"link_open", "reference_open"}:
            addresses.append((_address(token), len(written)))
        elif token.type in {"link_close", "reference_close"}:
            address, start = addresses.pop()
            written.append(_behind(token, address, "".join(written[start:]), numbered))
        elif token.type == "footnote_ref":
            written.append(f"[^{token.meta['id'] + 1}]")
        elif token.type == "code_inline":
            written.append(f"`{token.content}`")
        else:
            written.append(token.content)
    return "".join(written)


_MARKS = {
    "em_open": "*",
    "em_close": "*",
    "strong_open": "**",
    "strong_close": "**",
    "s_open": "~~",
    "s_close": "~~",
    "softbreak": " ",
    "hardbreak": "\n",
    "footnote_anchor": "",
}


def _address(token: Token) -> str:
    if token.type == "link_open":
        return str(token.attrs["href"]).removeprefix("mailto:")
    target = token.meta["target"]
    return target.address if target else ""


def _behind(token: Token, address: str, words: str, numbered: Numbered | None) -> str:
    """Return what follows a link's words: its issue, and where it leads."""
    target = token.meta.get("target") if token.meta else None
    label = f" ({target.label})" if target and target.label else ""
    if not address or words.strip() == address:
        return label
    if numbered is None:
        return f"{label} ({address})"
    return f"{label} [{numbered.number(address)}]"
