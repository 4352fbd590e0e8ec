"""Entries that may be about one thing: each pair with the reason why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from scipy import sparse

from comity.newsletter.finding.identifiers import arxiv_of, doi_of
from comity.newsletter.finding.tfidf import Vectors
from comity.newsletter.finding.words import trigrams
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry, Work
from comity.newsletter.text.titles import normalised

ALIKE = 0.8
"""Least cosine of titles by their trigrams at which they are called nearly the same."""
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|ref|source", re.IGNORECASE)
"""Parts of an address that only say where a reader came from."""
CROWD = 20
"""Entries with one mark of which every pair is named."""
BLOCK = 1_000
"""Rows that are compared with all others at once."""


class Duplicate(NamedTuple):
    """Two entries that may be about one thing."""

    first: str
    second: str
    reason: str
    likeness: float
    """1 where an identifier, an address or a title is the same, else the cosine of titles."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells whether two entries are about one thing, and how each is called."""

    keys: tuple[tuple[str, str], ...]
    """Reason and value: ``("the same DOI", "10.1000/a")``, most telling first."""


def duplicates(archive: Archive) -> tuple[Duplicate, ...]:
    """Return each pair of entries that may be about one thing, most alike first.

    An entry and what is part of it are no duplicates, nor are two parts of one entry: responses
    often bear the title of what they respond to.
    """
    entries = archive.entries
    works = {work.id: work for work in archive.works}
    found: dict[tuple[int, int], Duplicate] = {}
    for reason, first, second in _sharing([marks_of(e, works.get(e.work or "")) for e in entries]):
        pair = Duplicate(entries[first].id, entries[second].id, reason, 1.0)
        found.setdefault((first, second), pair)
    for first, second, likeness in _near([entry.title for entry in entries]):
        pair = Duplicate(entries[first].id, entries[second].id, "nearly the same title", likeness)
        found.setdefault((first, second), pair)
    apart = {
        places: pair
        for places, pair in found.items()
        if not _belong(entries[places[0]], entries[places[1]])
    }
    return tuple(pair for _, pair in sorted(apart.items(), key=lambda p: (-p[1].likeness, p[0])))


class DuplicateFinder:
    """Looks up whether an entry, saved or not, is there already. Made once for many look-ups."""

    def __init__(self, archive: Archive) -> None:
        self.entries = archive.entries
        self.works = {work.id: work for work in archive.works}
        self._titles = Vectors([trigrams(entry.title) for entry in self.entries])
        self._places: dict[tuple[str, str], list[int]] = {}
        for place, entry in enumerate(self.entries):
            for key in marks_of(entry, self.works.get(entry.work or "")).keys:
                self._places.setdefault(key, []).append(place)

    def of(self, entry: Entry, work: Work | None = None, most: int = 5) -> tuple[Duplicate, ...]:
        """Return the entries that may be about the same thing as one, most alike first."""
        found: dict[int, tuple[str, float]] = {}
        for key in marks_of(entry, work or self.works.get(entry.work or "")).keys:
            for place in self._places.get(key, ()):
                found.setdefault(place, (key[0], 1.0))
        cosines = self._titles.cosines(trigrams(entry.title))
        for near in (cosines >= ALIKE).nonzero()[0]:
            found.setdefault(int(near), ("nearly the same title", float(cosines[near])))
        pairs = [
            (-likeness, place, Duplicate(entry.id, self.entries[place].id, reason, likeness))
            for place, (reason, likeness) in found.items()
            if self.entries[place].id != entry.id and not _belong(entry, self.entries[place])
        ]
        return tuple(pair for _, _, pair in sorted(pairs)[:most])


def marks_of(entry: Entry, work: Work | None = None) -> Marks:
    """Return what identifies an entry: DOIs and arXiv ids of all versions, addresses, its title."""
    versions = work.versions if work else ()
    urls = [url for url in (entry.url, *(version.url for version in versions)) if url]
    dois = [*(v.doi for v in versions), *(doi_of(url) for url in urls if "doi.org" in url)]
    arxivs = [*(v.arxiv for v in versions), *(arxiv_of(u) for u in urls if "arxiv.org" in u)]
    title = normalised(entry.title)
    keys = [
        *(("the same DOI", doi.lower()) for doi in dois if doi),
        *(("the same preprint", arxiv.lower()) for arxiv in arxivs if arxiv),
        *(("the same address", address_key(url)) for url in urls),
        *([("the same work", entry.work)] if entry.work else []),
        *([("the same title", title)] if title else []),
    ]
    return Marks(tuple(dict.fromkeys(keys)))


def address_key(url: str) -> str:
    """Return what two spellings of one address have in common.

    Examples
    --------
    >>> address_key("http://www.A.example/x/?utm_source=n&b=1#top") == (
    ...     address_key("https://a.example/x?b=1"))
    True
    """
    try:
        parts = urlsplit(url.strip())
        query = [(k, v) for k, v in parse_qsl(parts.query, True) if not TRACKING.fullmatch(k)]
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    path = parts.path.rstrip("/")
    return f"{host}{path}" + (f"?{urlencode(query)}" if query else "")


def _sharing(marks: Sequence[Marks]) -> Iterator[tuple[str, int, int]]:
    """Yield pairs that share a mark; of more than `CROWD` that share one, each with the first."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(marks):
        for key in one.keys:
            groups.setdefault(key, []).append(place)
    for (reason, _), places in groups.items():
        firsts = places if len(places) <= CROWD else places[:1]
        for first in firsts:
            for second in places[places.index(first) + 1 :]:
                yield reason, first, second


def _near(titles: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of titles that are nearly the same."""
    rows: Any = Vectors([trigrams(title) for title in titles]).rows
    for start in range(0, rows.shape[0], BLOCK):
        product = sparse.coo_matrix(rows[start : start + BLOCK] @ rows[start:].T)
        near = (product.data >= ALIKE) & (product.col > product.row)
        pairs = zip(product.row[near], product.col[near], product.data[near], strict=True)
        for first, second, likeness in pairs:
            yield start + int(first), start + int(second), min(float(likeness), 1.0)


def _belong(one: Entry, other: Entry) -> bool:
    """Return whether an entry is part of the other, or both are part of a third."""
    parts = {one.part_of, other.part_of} - {None}
    return (
        one.part_of == other.id
        or other.part_of == one.id
        or (len(parts) == 1 and one.part_of == other.part_of)
    )


def grouped(pairs: Iterable[Duplicate]) -> Mapping[str, tuple[Duplicate, ...]]:
    """Return pairs by each of the entries in them."""
    found: dict[str, list[Duplicate]] = {}
    for pair in pairs:
        found.setdefault(pair.first, []).append(pair)
        found.setdefault(pair.second, []).append(pair)
    return {entry: tuple(own) for entry, own in found.items()}
