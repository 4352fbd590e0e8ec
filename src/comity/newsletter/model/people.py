"""Names in a cell: who wrote something, who summarised it, and how a byline names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

STAR = "*"
"""Behind the names of those who share first place."""

_OTHERS = re.compile(r",?\s*\b(?:et al\b\.?|and others\b\.?)\s*\Z", re.IGNORECASE)
_LAST = re.compile(r"\s+(?:and|&)\s+")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody whom a cell names, in order."""

    names: tuple[str, ...]
    starred: tuple[str, ...] = ()
    """Those among them who share first place."""
    others: bool = False
    """Whether the cell says that there are more."""


def people(cell: str, aliases: Mapping[str, str] | None = None) -> People:
    """Take a cell of names apart.

    Names stand between semicolons or, where there are none, between commas and a last ``and``.

    Parameters
    ----------
    cell : for example ``Ada Lovelace*, Charles Babbage* and Mary Somerville``.
    aliases : variant of a name to the name it stands for; no other spellings are joined.

    Examples
    --------
    >>> people("A. Lovelace*, Mary Orr et al.", {"A. Lovelace": "Ada Lovelace"})
    People(names=('Ada Lovelace', 'Mary Orr'), starred=('Ada Lovelace',), others=True)
    """
    text = " ".join(cell.split())
    short = _OTHERS.sub("", text)
    names, starred = [], []
    for written in _apart(short):
        plain = written.replace(STAR, "").strip()
        name = (aliases or {}).get(plain, plain)
        if name and name not in names:
            names.append(name)
            starred += [name] if STAR in written else []
    return People(tuple(names), tuple(starred), short != text)


def byline(cell: str, aliases: Mapping[str, str] | None = None) -> str:
    """Return authors as an issue names them.

    One in full; two with ``and``; of more, the first or those who share first place, with
    ``et al.``

    Examples
    --------
    >>> byline("Ada Lovelace, Charles Babbage"), byline("Ada Lovelace, Charles Babbage, Mary Orr")
    ('Ada Lovelace and Charles Babbage', 'Ada Lovelace et al.')
    >>> byline("Ada Lovelace*, Charles Babbage*, Mary Orr")
    'Ada Lovelace*, Charles Babbage* et al.'
    """
    found = people(cell, aliases)
    if len(found.names) <= 2 and not found.others:
        return " and ".join(found.names)
    if len(found.starred) < 2:
        return " et al.".join([*found.names[:1], ""])
    shared = [name + STAR for name in found.starred]
    if len(shared) == len(found.names) and not found.others:
        return listed(shared)
    return ", ".join(shared) + " et al."


def summarizers(cell: str, aliases: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return everybody who wrote a summary together."""
    return people(cell, aliases).names


def listed(names: tuple[str, ...] | list[str]) -> str:
    """Return all names in one phrase: ``A``, ``A and B``, ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _apart(text: str) -> list[str]:
    if ";" in text:
        return [name.strip() for name in text.split(";")]
    parts: list[str] = []
    for part in (piece.strip() for piece in text.split(",")):
        if parts and _SUFFIX.match(part.replace(STAR, "")):
            parts[-1] += ", " + part
        else:
            parts.append(re.sub(r"\A(?:and|&)\s+", "", part))
    return [*parts[:-1], *_LAST.split(parts[-1])]
