"""Files of BibTeX, read by bibtexparser."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from comity.newsletter.finding.identifiers import arxiv_of, doi_of
from comity.newsletter.importing.latex import names, outside, to_text
from comity.newsletter.importing.proposal import Proposal, Reading, gather, versions_of
from comity.newsletter.model.faults import Fault, Kind

VENUES = ("journal", "journaltitle", "booktitle", "school", "institution", "howpublished")
"""Fields that may name the venue; the first that is filled does."""
KINDS = {"phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "online": "post"}
"""Kind of version by kind of reference; all others are published."""

HASH = re.compile("#")
PIECE = re.compile(r'\{.*\}|"[^"]*"|[^\s{}"#]+', re.DOTALL)
"""What may be joined by #: braces, quotes, the name of a string, a number."""
LONGEST_VALUE = 1_000_000
"""Characters of a value: strings made of strings could grow without end."""

# The library tells of each fault twice: to the log, and in what it returns.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def read_bibtex(text: str, file: str = "") -> Reading:
    """Return the references of a text, and each block that is none with its line.

    A field that comes twice counts with what it held first; a reference without an end costs
    itself alone.
    """
    from bibtexparser import parse_string
    from bibtexparser.model import String

    found: list[Proposal] = []
    faults: list[Fault] = []
    strings: dict[str, str] = {}
    for block in parse_string(text, parse_stack=[]).blocks:
        place = f"{file}: line {(block.start_line or 0) + 1}".removeprefix(": ")
        entry = _entry(block, place, faults)
        if isinstance(block, String):
            strings[block.key.lower()] = value_of(block.value, strings)
        elif entry is not None:
            found.append(_proposal(entry, strings, place))
    return gather(found, faults)


def value_of(written: str, strings: Mapping[str, str]) -> str:
    """Return what stands for a value: braces and quotes removed, names of strings replaced.

    Examples
    --------
    >>> value_of('jod # " {B}"', {"jod": "Journal of Deals"}), value_of('"C# now"', {})
    ('Journal of Deals {B}', 'C# now')
    """
    pieces = [piece.strip() for piece in outside(written, HASH)]
    if not all(map(PIECE.fullmatch, pieces)):
        pieces = [written.strip()]
    joined = "".join(_bare(piece, strings) for piece in pieces)
    return joined if len(joined) <= LONGEST_VALUE else written


def _bare(piece: str, strings: Mapping[str, str]) -> str:
    if len(piece) > 1 and piece[0] + piece[-1] in ("{}", '""'):
        return piece[1:-1]
    return strings.get(piece.lower(), piece)


def _entry(block: Any, place: str, faults: list[Fault]) -> Any:
    """Return the reference of a block, or ``None``; name what is wrong with it."""
    from bibtexparser.model import (
        DuplicateBlockKeyBlock,
        DuplicateFieldKeyBlock,
        Entry,
        ImplicitComment,
        ParsingFailedBlock,
    )

    if isinstance(block, Entry):
        return block
    if isinstance(block, DuplicateFieldKeyBlock):
        keys = ", ".join(sorted(block.duplicate_keys))
        reason = f"fields come twice ({keys}); the first of each counts"
        faults.append(Fault(Kind.BAD_MARKUP, reason, place=place))
        return _whole(block.ignore_error_block)
    if isinstance(block, DuplicateBlockKeyBlock):
        reason = f"the key {block.key} comes twice; both references are taken"
        faults.append(Fault(Kind.BAD_MARKUP, reason, place=place))
        return _whole(block.ignore_error_block)
    if isinstance(block, ParsingFailedBlock):
        reason = "a reference cannot be read: a brace, a quote or an equals sign is missing"
        faults.append(Fault(Kind.BAD_MARKUP, reason, place=place, found=_start(block.raw)))
    elif isinstance(block, ImplicitComment) and block.comment.lstrip()[:1] not in ("", "%", "#"):
        reason = "text that belongs to no reference"
        faults.append(Fault(Kind.BAD_MARKUP, reason, place=place, found=_start(block.comment)))
    return None


def _whole(block: Any) -> Any:
    """Return a reference that the library set aside."""
    from bibtexparser.model import Entry

    return block if isinstance(block, Entry) else None


def _proposal(entry: Any, strings: Mapping[str, str], place: str) -> Proposal:
    fields = {name: value_of(text, strings) for name, text in _fields(entry)}
    venue = next((to_text(fields[name]) for name in VENUES if fields.get(name)), "")
    arxiv = _arxiv(fields)
    doi = doi_of(fields.get("doi", ""))
    year = to_text(fields.get("year") or fields.get("date", "")[:4])
    url = fields.get("url", "").replace("\\_", "_").replace("\\%", "%").strip()
    kind = KINDS.get(entry.entry_type.lower(), "published")
    return Proposal(
        place,
        to_text(fields.get("title", "")),
        ", ".join(names(fields.get("author", "") or fields.get("editor", ""))),
        venue,
        year,
        url,
        to_text(fields.get("abstract", "")),
        versions_of(doi, arxiv, venue, year, url, kind),
    )


def _fields(entry: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields from the last to the first, so that the first of one name stays."""
    for field in reversed(entry.fields):
        yield field.key.lower(), str(field.value)


def _arxiv(fields: Mapping[str, str]) -> str:
    """Return the arXiv id that a reference names in one of the usual places."""
    if fields.get("archiveprefix", fields.get("eprinttype", "")).lower() == "arxiv":
        return arxiv_of(fields.get("eprint", ""))
    places = ("url", "journal", "doi", "eprint", "note")
    named = (fields[name] for name in places if "arxiv" in fields.get(name, "").lower())
    return next((found for text in named if (found := arxiv_of(text))), "")


def _start(text: str | None) -> str:
    return " ".join((text or "").split())[:60]
