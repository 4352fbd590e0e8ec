"""Any file of references: which kind it is, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from comity.core.errors import InputError, SizeError, located
from comity.newsletter.importing.arxiv import read_arxiv
from comity.newsletter.importing.bibtex import read_bibtex
from comity.newsletter.importing.csl import read_csl
from comity.newsletter.importing.proposal import Reading
from comity.newsletter.importing.ris import read_ris
from comity.newsletter.model.faults import Fault, Kind

MAX_BYTES = 20_000_000
"""Largest file that is read."""
MOST = 10_000
"""Most references of one file."""
EXPECTED = "BibTeX, RIS, Atom from arXiv, or CSL-JSON"

READERS: dict[str, Callable[[str, str], Reading]] = {
    "BibTeX": read_bibtex,
    "RIS": read_ris,
    "Atom": read_arxiv,
    "CSL-JSON": read_csl,
}
"""Reader of each kind of file."""


def read_file(path: str | Path) -> Reading:
    """Return what a file of references proposes; raise `InputError` where it is none."""
    file = Path(path)
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError("cannot read the file", file=str(path), found=error.strerror) from error
    return read_bytes(content, file.name)


def read_bytes(content: bytes, name: str = "") -> Reading:
    """Return what the content of a file proposes; ``name`` is only shown, never believed."""
    if len(content) > MAX_BYTES:
        raise SizeError("the file is too large", file=name or None, expected=f"{MAX_BYTES:,} bytes")
    text, faults = _decoded(content, name)
    kind = kind_of(text)
    if kind is None:
        raise InputError(
            "not a file of references",
            file=name or None,
            found=" ".join(text.split())[:60] or "nothing",
            expected=EXPECTED,
        )
    with located(file=name or None):
        found = READERS[kind](text, name)
    if len(found.proposals) > MOST:
        raise SizeError(
            "too many references in one file",
            file=name or None,
            found=f"{len(found.proposals):,}",
            expected=f"at most {MOST:,}",
        )
    return Reading(found.proposals, faults + found.faults)


def kind_of(text: str) -> str | None:
    r"""Return which kind of file a text is, by how it begins.

    Examples
    --------
    >>> kind_of("TY  - JOUR"), kind_of("% mine\n@book{a,"), kind_of("[{}]"), kind_of("hello")
    ('RIS', 'BibTeX', 'CSL-JSON', None)
    """
    start = text.lstrip()
    if start.startswith("<"):
        return "Atom"
    if start.startswith(("{", "[")):
        return "CSL-JSON"
    if start.startswith("TY  -") or "\nTY  -" in text:
        return "RIS"
    return "BibTeX" if "@" in text and "{" in text else None


def _decoded(content: bytes, name: str) -> tuple[str, tuple[Fault, ...]]:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or Latin-1, which is told."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), ()
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        reason = "the file is not UTF-8; it was read as Windows-1252, so look at accents"
        found = f"byte {content[error.start]:#04x} at {error.start}"
        fault = Fault(Kind.BAD_CHARACTERS, reason, place=name, found=found)
        return content.decode("cp1252", "replace"), (fault,)
