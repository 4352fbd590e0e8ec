"""Reading Markdown aloud: paragraphs in order, each as it is shown and as it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it.token import Token

from comity.newsletter.audio.speech.normaliser import HELD, Normaliser, tidy
from comity.newsletter.audio.speech.sentences import breaths
from comity.newsletter.text.links import Links
from comity.newsletter.text.markdown import to_tokens

MOST_ROWS = 12
"""Rows of a table that are read."""
_ANY_HELD = re.compile(f"[{chr(HELD[0])}-{chr(HELD[-1])}]")
_MATHS = re.compile(r"\$(?=[^\s$])[^$\n]*(?<=[^\s\\])\$(?!\d)")
_UNTOLD = re.compile("[\U000f0000-\U0010ffff]")


class Kind(StrEnum):
    """What a passage is, which decides the silence after it."""

    PART = "part"
    """More of its paragraph follows."""
    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read in one breath."""

    shown: str
    """For eyes, in one line."""
    said: str
    """For a voice."""
    kind: Kind


@dataclass
class Reader:
    """Reads texts of one issue.

    Attributes
    ----------
    normaliser : how words are said.
    links : where references lead.
    issue : number of the issue being read: what it holds itself is not said to be from it.
    """

    normaliser: Normaliser
    links: Links
    issue: int | None = None

    def read(self, text: str) -> list[Passage]:
        """Return the passages of a text in canonical Markdown."""
        page = _Page(self)
        page.blocks(to_tokens(text, self.links))
        return page.passages

    def plain(self, text: str, kind: Kind = Kind.PARAGRAPH) -> list[Passage]:
        """Return the passages of a text without markup."""
        page = _Page(self)
        page.put(page.text(text), kind)
        return page.passages


@dataclass
class _Page:
    """A text while it is read; what is said otherwise than shown is held under its own sign."""

    reader: Reader
    passages: list[Passage] = field(default_factory=list)
    held: dict[str, tuple[str, str]] = field(default_factory=dict)
    lists: list[int | None] = field(default_factory=list)
    kind: Kind = Kind.PARAGRAPH
    rows: list[list[str]] | None = None
    """Cells of the table that is being read."""
    opening: str = ""
    """What stands before the next paragraph: the number of an item, for example."""

    @property
    def words(self) -> Mapping[str, str]:
        return self.reader.normaliser.phrases

    def blocks(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                self._paragraph(token)
            elif act := _BLOCKS.get(token.type):
                act(self, token)

    def put(self, text: str, kind: Kind) -> None:
        """Add a paragraph, in as many passages as it takes breaths."""
        parts = [passage for part in breaths(text) if (passage := self._passage(part)).said]
        for part in parts[:-1]:
            self.passages.append(Passage(part.shown, part.said, Kind.PART))
        self.passages += [Passage(part.shown, part.said, kind) for part in parts[-1:]]

    def hold(self, shown: str, said: str) -> str:
        """Return a sign that stands for something shown and said in different ways."""
        sign = chr(HELD[len(self.held) % len(HELD)])
        self.held[sign] = shown, said
        return sign

    def _passage(self, text: str) -> Passage:
        say = self.reader.normaliser.say(text)
        said = tidy(_ANY_HELD.sub(lambda found: self.held[found[0]][1], say))
        shown = _ANY_HELD.sub(lambda found: self.held[found[0]][0], text)
        return Passage(" ".join(shown.split()), _ended(said), Kind.PARAGRAPH)

    def _paragraph(self, token: Token) -> None:
        words = self.inline(token.children or [])
        if self.rows is not None:
            self.rows[-1].append(words.strip())
            return
        text = self.opening + words
        self.opening = ""
        self.put(text, self.kind)

    def inline(self, tokens: Sequence[Token]) -> str:
        return "".join(_INLINE.get(token.type, _silent)(self, token) for token in tokens)

    def begin_table(self, token: Token) -> None:
        self.rows = []

    def begin_row(self, token: Token) -> None:
        if self.rows is not None:
            self.rows.append([])

    def table(self, token: Token) -> None:
        """Read a table row by row, each cell behind the head of its column."""
        (head, *body), self.rows = self.rows or [[]], None
        if not body:
            self.put("; ".join(filter(None, head)) + ".", Kind.ITEM)
        for number, row in enumerate(body[:MOST_ROWS], start=1):
            cells = [
                f"{name}: {cell}" if name else cell
                for name, cell in zip(head, row, strict=True)
                if self._passage(cell).said
            ]
            self.put(f"{self.words['row'].format(number=number)}. {'; '.join(cells)}.", Kind.ITEM)
        if len(body) > MOST_ROWS:
            self.put(self.words["more rows"], Kind.PARAGRAPH)

    def item(self, token: Token) -> None:
        self.kind = Kind.ITEM
        number = self.lists[-1] if self.lists else None
        if number is not None:
            said = self.reader.normaliser.say(str(number))
            self.opening = self.hold(f"{number}. ", f"{said}: ")
            self.lists[-1] = number + 1

    def enter(self, number: int | None) -> None:
        self.lists.append(number)

    def leave(self, token: Token) -> None:
        self.lists.pop()
        if not self.lists:
            self.kind = Kind.PARAGRAPH

    def turn(self, kind: Kind) -> None:
        self.kind = kind

    def note(self, token: Token) -> None:
        number = token.meta["id"] + 1
        self.opening = self.words["note"].format(number=number) + ": "

    def after_reference(self, token: Token) -> str:
        target = token.meta["target"]
        if target is None or target.issue is None or target.issue == self.reader.issue:
            return ""
        number = self.reader.normaliser.say(str(target.issue))
        return self.hold(f" ({target.label})", self.words["from issue"].format(number=number) + ",")

    def text(self, text: str) -> str:
        """Return plain text in which formulas are held; titles have them, too."""
        plain = _UNTOLD.sub("", text)
        return _MATHS.sub(lambda found: self.formula(found[0]), plain)

    def formula(self, written: str) -> str:
        latex = written.strip("$")
        return self.hold(written, f" {self.reader.normaliser.maths(latex)} ")

    def code(self, token: Token) -> str:
        return self.hold(token.content, self.reader.normaliser.code(token.content))


def _silent(page: _Page, token: Token) -> str:
    return ""


_INLINE: Mapping[str, Callable[[_Page, Token], str]] = {
    "text": lambda page, token: page.text(token.content),
    "text_special": lambda page, token: page.text(token.content),
    "softbreak": lambda page, token: " ",
    "hardbreak": lambda page, token: "\n",
    "code_inline": _Page.code,
    "s_open": lambda page, token: page.hold("~~", f", {page.words['struck out']}: "),
    "s_close": lambda page, token: page.hold("~~", ", "),
    "maths": lambda page, token: page.formula(token.content),
    "reference_close": _Page.after_reference,
    "footnote_ref": lambda page, token: page.hold(f"[{token.meta['id'] + 1}]", ""),
}
_BLOCKS: Mapping[str, Callable[[_Page, Token], None]] = {
    "heading_open": lambda page, token: page.turn(Kind.HEADING),
    "heading_close": lambda page, token: page.turn(Kind.PARAGRAPH),
    "bullet_list_open": lambda page, token: page.enter(None),
    "ordered_list_open": lambda page, token: page.enter(int(token.attrs.get("start", 1))),
    "list_item_open": _Page.item,
    "bullet_list_close": _Page.leave,
    "ordered_list_close": _Page.leave,
    "blockquote_open": lambda page, token: page.put(page.words["quote"], Kind.PART),
    "blockquote_close": lambda page, token: page.put(page.words["end of quote"], Kind.PARAGRAPH),
    "fence": lambda page, token: page.put(page.words["code"], Kind.PARAGRAPH),
    "code_block": lambda page, token: page.put(page.words["code"], Kind.PARAGRAPH),
    "footnote_open": _Page.note,
    "table_open": _Page.begin_table,
    "tr_open": _Page.begin_row,
    "table_close": _Page.table,
}


def _ended(said: str) -> str:
    """Return words whose last sign lets a voice come to rest."""
    if not re.search(r"\w", said):
        return ""
    return said if said.endswith((".", "!", "?", ":")) else f"{said.rstrip(',;')}."
