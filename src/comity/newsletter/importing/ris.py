"""Files of RIS, as databases of literature export it, read by rispy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from comity.newsletter.finding.identifiers import arxiv_of, doi_of
from comity.newsletter.importing.proposal import Proposal, Reading, gather, versions_of
from comity.newsletter.model.faults import Fault, Kind

TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?: (?P<text>.*))?\Z")
"""A line that begins a field; some programs leave out the second blank."""
NUMBER = re.compile(r"\d+\.")
"""What some programs write before each record."""
FIRST, LAST = "TY", "ER"
TITLES = ("title", "primary_title", "short_title", "secondary_title")
AUTHORS = ("authors", "first_authors", "secondary_authors")
VENUES = ("secondary_title", "alternate_title3", "journal_name", "alternate_title2", "publisher")
YEARS = ("year", "publication_year", "date")
ABSTRACTS = ("abstract", "notes_abstract")
POSTS = frozenset({"BLOG", "ELEC", "ICOMM", "WEB"})
"""Kinds of reference that are posts on the web."""


def read_ris(text: str, file: str = "") -> Reading:
    """Return the records of a text; lines outside a record, and records without end, are named."""
    faults: list[Fault] = []
    found = []
    for number, lines in _records(text, file, faults):
        place = f"{file}: line {number}".removeprefix(": ")
        found.append(_proposal(_parsed(lines), place))
    return gather(found, faults)


def _records(text: str, file: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its first line."""
    record: list[str] = []
    begun = 0
    for number, line in enumerate(text.splitlines(), start=1):
        match = TAG.match(line.rstrip())
        tag = match["tag"] if match else ""
        if tag == FIRST and record:
            faults.append(_fault("a record without its end, ER", file, begun))
            yield begun, record
            record = []
        if tag == FIRST:
            record, begun = [line], number
        elif tag == LAST and record:
            yield begun, record
            record = []
        elif record:
            record.append(line)
        elif line.strip() and not NUMBER.fullmatch(line.strip()):
            faults.append(_fault("a line outside any record", file, number, line))
    if record:
        faults.append(_fault("a record without its end, ER", file, begun))
        yield begun, record


def _fault(reason: str, file: str, line: int, found: str = "") -> Fault:
    place = f"{file}: line {line}".removeprefix(": ")
    return Fault(Kind.BAD_MARKUP, reason, place=place, found=" ".join(found.split())[:60])


def _parsed(lines: Sequence[str]) -> Mapping[str, Any]:
    """Return the fields of one record by rispy's names."""
    import rispy

    whole = []
    for line in lines:
        match = TAG.match(line.rstrip())
        whole.append(f"{match['tag']}  - {match['text'] or ''}" if match else line)
    records = rispy.loads("\n".join([*whole, f"{LAST}  - "]), enforce_list_tags=False)
    return records[0] if records else {}


def _proposal(record: Mapping[str, Any], place: str) -> Proposal:
    urls = _all(record, "urls") + _all(record, "file_attachments1")
    doi = doi_of(_first(record, "doi")) or next((d for u in urls if (d := doi_of(u))), "")
    titles = [name for name in TITLES if _first(record, name)]
    venue = next((_first(record, name) for name in VENUES if _first(record, name)), "")
    year = next((_first(record, name)[:4] for name in YEARS if _first(record, name)), "")
    arxiv = next(
        (a for u in (*urls, venue, doi) if "arxiv" in u.lower() and (a := arxiv_of(u))), ""
    )
    kind = "post" if record.get("type_of_reference") in POSTS else "published"
    url = urls[0].strip() if urls else ""
    authors = next((_all(record, name) for name in AUTHORS if _all(record, name)), [])
    return Proposal(
        place,
        _first(record, titles[0]) if titles else "",
        ", ".join(_spoken(name) for name in authors),
        "" if titles and venue == _first(record, titles[0]) else venue,
        year,
        url,
        next((_first(record, name) for name in ABSTRACTS if _first(record, name)), ""),
        versions_of(doi, arxiv, venue, year, url, kind),
    )


def _all(record: Mapping[str, Any], name: str) -> list[str]:
    value = record.get(name, [])
    texts = value if isinstance(value, list) else [value]
    return [text for text in map(str, texts) if text.strip()]


def _first(record: Mapping[str, Any], name: str) -> str:
    return next(iter(_all(record, name)), "")


def _spoken(name: str) -> str:
    """Return ``Last, First, Jr`` as it is spoken."""
    last, _, rest = name.partition(",")
    first, _, suffix = rest.partition(",")
    return " ".join(f"{first} {last} {suffix}".split())
