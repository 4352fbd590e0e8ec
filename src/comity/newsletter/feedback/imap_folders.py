"""Names of folders on an IMAP server (RFC 3501, 5.1): how they are written, and which are meant."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?P<between>\\?.)"|NIL) (?P<name>.*)', re.DOTALL)
"""What a server says of a folder: flags, what stands between parts of its name, its name."""
NOT_TO_OPEN = (rb"\noselect", rb"\nonexistent")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as a server lists it."""

    written: str
    """Its name as the protocol writes it, without quotation marks."""
    between: str
    """What stands between the parts of its name; nothing where names have none."""

    @property
    def shown(self) -> str:
        """Its name as people read it, ``/`` between its parts."""
        name = decode(self.written)
        return name.replace(self.between, "/") if self.between else name


def read_list(rows: Iterable[object]) -> list[Folder]:
    """Return the folders of a server's answer to LIST that can be opened."""
    return [found for row in rows if (found := _read(row)) is not None]


def choose(wanted: str, folders: Iterable[Folder]) -> Folder | None:
    """Return the only folder that is meant, whatever stands between its parts on the server.

    Accents may be written as one character or as two (Unicode NFC and NFD).

    Examples
    --------
    >>> choose("Lists/Büro", [Folder("Lists.B&APw-ro", "."), Folder("Lists", ".")]).written
    'Lists.B&APw-ro'
    """
    found = [each for each in folders if _same(wanted) in (_same(each.shown), _same(each.written))]
    return found[0] if len(found) == 1 else None


def encode(name: str) -> str:
    """Return a name in modified UTF-7, RFC 3501, 5.1.3.

    Examples
    --------
    >>> encode("Büro & Post")
    'B&APw-ro &- Post'
    """
    parts = re.split(r"([^\x20-\x7e]+)", name.replace("&", "&-"))
    return "".join(part if n % 2 == 0 else _base64(part) for n, part in enumerate(parts))


def decode(written: str) -> str:
    """Return the name that modified UTF-7 writes; what is none stays as it is.

    Examples
    --------
    >>> decode("B&APw-ro &- Post")
    'Büro & Post'
    """
    return re.sub(r"&([^-&]*)-", lambda found: _text(found) if found[1] else "&", written)


def quoted(text: str) -> str:
    """Return a string of printable ASCII as a command holds it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _read(row: object) -> Folder | None:
    # A name that cannot stand in quotation marks comes apart from the rest of its line.
    head, literal = row if isinstance(row, tuple) else (row, None)
    found = LISTED.fullmatch(head) if isinstance(head, bytes) else None
    if found is None or any(flag in found["flags"].lower() for flag in NOT_TO_OPEN):
        return None
    name = _unquoted(found["name"]) if literal is None else literal
    return Folder(name.decode("utf-8", "replace"), (found["between"] or b"")[-1:].decode("latin-1"))


def _unquoted(name: bytes) -> bytes:
    if not name.startswith(b'"'):
        return name
    return re.sub(rb"\\(.)", rb"\1", name[1:].removesuffix(b'"'))


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _base64(text: str) -> str:
    coded = b64encode(text.encode("utf-16-be", "surrogatepass")).decode("ascii")
    return "&" + coded.rstrip("=").replace("/", ",") + "-"


def _text(found: re.Match[str]) -> str:
    coded = found[1].replace(",", "/")
    try:
        return b64decode(coded + "=" * (-len(coded) % 4), validate=True).decode("utf-16-be")
    except ValueError:
        return found[0]
