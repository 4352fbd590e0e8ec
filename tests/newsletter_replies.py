"""Replies written by hand, in the manners of the usual mail programs, and what must be read in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "newsletter" / "feedback" / "corpus"


@dataclass(frozen=True)
class Example:
    """One mail, and what must come of it."""

    name: str
    data: bytes
    reply: str
    sort: str
    entries: tuple[str, ...]

    @property
    def language(self) -> str:
        return self.name.partition("-")[0]


def examples() -> tuple[Example, ...]:
    """All mails of the corpus, in order."""
    return tuple(
        example for path in sorted(CORPUS.glob("*.txt")) for example in _examples(path)
    )


def _examples(path: Path) -> list[Example]:
    parts = re.split(r"^##### (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for name, mail, expect, reply in zip(*[iter(parts)] * 4, strict=True):
        wanted = dict(pair.split("=") for pair in expect.partition("|")[2].split())
        entries = tuple(filter(None, wanted.get("entries", "").split(",")))
        data = mail.encode().replace(b"\n", b"\r\n")
        found.append(Example(name, data, reply.strip(), wanted.get("sort", "reply"), entries))
    return found


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ by nothing but blanks."""
    return one.split() == other.split()
