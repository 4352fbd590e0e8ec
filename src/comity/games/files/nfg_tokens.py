"""The words of a .nfg file, each with the line and column where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comity.core.errors import InputError

Kind = Literal["text", "number", "word", "{", "}", "end"]

TOKEN = re.compile(
    r"""(?P<space>[\s,]+)
      | (?P<brace>[{}])
      | "(?P<text>(?:[^"\\]|\\.)*)"
      | (?P<number>[+-]?(?:\d+/\d+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?=[\s,{}"]|$))
      | (?P<word>[A-Za-z]\w*)""",
    re.VERBOSE | re.DOTALL,
)
ESCAPED = re.compile(r'\\(["\\])')
MAX_EXPONENT = 400
"""Beyond this no number is a finite double, and an exact one would fill the memory."""


@dataclass(frozen=True)
class Token:
    """One word of the file and its offset."""

    kind: Kind
    text: str
    start: int


class Tokens:
    """A reader of the words of one file, one at a time."""

    def __init__(self, text: str, file: str | None) -> None:
        self._text, self._file = text, file
        self._stream = self._scan()
        self.current = next(self._stream)

    def _scan(self) -> Iterator[Token]:
        start = 0
        while start < len(self._text):
            found = TOKEN.match(self._text, start)
            if found is None:
                raise self._unreadable(start)
            kind = found.lastgroup or ""
            if kind == "brace":
                yield Token("{" if found[0] == "{" else "}", found[0], start)
            elif kind == "text":
                yield Token("text", ESCAPED.sub(r"\1", found["text"]), start)
            elif kind == "number":
                yield Token("number", found[0], start)
            elif kind == "word":
                yield Token("word", found[0], start)
            start = found.end()
        yield Token("end", "the end of the file", start)

    def _unreadable(self, start: int) -> InputError:
        if self._text[start] == '"':
            return self.error("quoted text does not end", start, expected='a closing "')
        found = repr(self._text[start : start + 20].split()[0])
        return self.error("cannot read this", start, found=found, expected="text or a number")

    def error(
        self, message: str, start: int, *, found: object = None, expected: object = None
    ) -> InputError:
        """Return an error placed at an offset of the file."""
        line = self._text.count("\n", 0, start) + 1
        column = start - (self._text.rfind("\n", 0, start) + 1) + 1
        place = f"line {line}, column {column}"
        return InputError(message, file=self._file, place=place, found=found, expected=expected)

    def wrong(self, expected: str) -> InputError:
        """Return the error that the current word is not what was expected."""
        shown = self.current.text if self.current.kind == "end" else repr(self.current.text)
        return self.error("unexpected word", self.current.start, found=shown, expected=expected)

    def advance(self) -> Token:
        """Return the current word and step to the next."""
        token = self.current
        if token.kind != "end":
            self.current = next(self._stream)
        return token

    def take(self, kind: Kind, expected: str) -> Token:
        """Return the current word if it is of this kind, else raise `InputError`."""
        if self.current.kind != kind:
            raise self.wrong(expected)
        return self.advance()

    def number(self) -> Fraction:
        """Return the current word as an exact number."""
        token = self.take("number", "a number")
        _, _, exponent = token.text.lower().partition("e")
        if abs(int(exponent or 0)) > MAX_EXPONENT:
            raise self.error("number is out of range", token.start, found=token.text)
        try:
            value = Fraction(token.text)
            float(value)
        except (ZeroDivisionError, OverflowError, ValueError) as error:
            raise self.error("not a finite number", token.start, found=token.text) from error
        return value

    def whole(self, low: int, what: str) -> int:
        """Return the current word as a whole number of at least ``low``."""
        token = self.take("number", what)
        if not re.fullmatch(r"\+?\d{1,18}", token.text) or int(token.text) < low:
            raise self.error("not such a number", token.start, found=token.text, expected=what)
        return int(token.text)
