"""Hosts that are easily taken for others: what a link shows is not where it leads.

The Cyrillic ``а`` looks like the Latin ``a``, so ``аpple.com`` may be anybody's. Names in one
script, and in scripts that are written together, are honest: ``bücher.example``, ``日本tea.jp``.

Sources: Unicode Technical Standard 39, 4 (confusables) and 5.2 (restriction levels); RFC 3492
(Punycode); RFC 3986, 7.6 (what stands before ``@`` in an address of the web); RFC 1035, 2.3.4
(lengths of names).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it.token import Token

SCRIPTS_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)
"""Scripts that one name may mix: "highly restrictive" in UTS 39, section 5.2."""

LOOKS_LIKE = str.maketrans(
    "авеіјкмнорсԁѕтуүхһԛԝӏɡɩοαικνρτυχ01",
    "abeijkmhopcdstyyxhqwlgioaikvptuxol",
)
"""Letters that are taken for others at a glance, a choice from the table of UTS 39."""

_ADDRESS = re.compile(r"\b(?:https?://|mailto:)[^\s<>\"“”)\]]+", re.IGNORECASE)
_CODED = "xn--"
_LONGEST = 253
"""Characters of a host; where a name is longer, no address leads anywhere."""


class Astray(NamedTuple):
    """Where an address leads that seems to lead elsewhere."""

    host: str
    """As it is written without letters of other scripts: ``xn--pple-43d.com``."""
    why: str
    """What makes it look otherwise, as the end of a sentence."""


def mixed(label: str) -> list[str]:
    """Return the scripts of one part of a name where honest names hardly ever mix them.

    Examples
    --------
    >>> mixed("аpple"), mixed("bücher"), mixed("日本tea")
    (['CYRILLIC', 'LATIN'], [], [])
    """
    scripts = {unicodedata.name(x, "?").split()[0] for x in label if x.isalpha()}
    scripts = {"KATAKANA" if script == "KATAKANA-HIRAGANA" else script for script in scripts}
    honest = len(scripts) < 2 or any(scripts <= allowed for allowed in SCRIPTS_TOGETHER)
    return [] if honest else sorted(scripts)


def taken_for(host: str) -> str:
    """Return the ASCII name that another one is easily taken for, or nothing.

    Examples
    --------
    >>> taken_for("аррӏе.com"), taken_for("пример.рф"), taken_for("apple.com")
    ('apple.com', '', '')
    """
    seen = host.translate(LOOKS_LIKE)
    return seen if not host.isascii() and seen.isascii() else ""


def astray(address: str) -> Astray | None:
    """Return where an address of the web or of mail leads, if it seems to lead elsewhere.

    Examples
    --------
    >>> astray("https://аpple.com/").host, astray("https://bücher.example/")
    ('xn--pple-43d.com', None)
    >>> astray("https://apple.com@evil.example/").host
    'evil.example'
    """
    before, host = _authority(address)
    if len(host) > _LONGEST:
        return None
    shown = ".".join(map(_decoded, host.split(".")))
    found = next(filter(None, map(mixed, shown.split("."))), None)
    if found:
        why = f"mixes letters of several scripts ({', '.join(found).title()})"
    elif seen := taken_for(shown):
        why = f"looks like {seen}"
    elif before:
        why = "stands behind an @, where few look for it"
    else:
        return None
    return Astray(".".join(map(_coded, shown.split("."))), why)


def addresses(text: str) -> Iterator[str]:
    """Yield the whole addresses that stand in a text, as they are written."""
    yield from (match.group() for match in _ADDRESS.finditer(text))


def with_hosts(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a line in which each link that leads astray is followed by its host."""
    from markdown_it.token import Token

    kept: list[Token] = []
    found = None
    for token in tokens:
        kept.append(token)
        if token.type == "link_open":
            found = astray(str(token.attrs.get("href", "")))
        elif token.type == "link_close" and found:
            kept.append(Token("text", "", 0, content=f" (leads to {found.host})"))
    return kept


def _authority(address: str) -> tuple[str, str]:
    """Return what stands before the ``@`` of a web address, and the host in lower case."""
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() == "mailto":
            return "", parts.path.rpartition("@")[2].lower()
        return parts.username or "", (parts.hostname or "").removesuffix(".")
    except ValueError:
        return "", ""


def _decoded(label: str) -> str:
    if not label.startswith(_CODED):
        return unicodedata.normalize("NFKC", label).casefold()
    try:
        return label.removeprefix(_CODED).encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _coded(label: str) -> str:
    return label if label.isascii() else _CODED + label.encode("punycode").decode("ascii")
