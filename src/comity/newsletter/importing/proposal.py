"""What a file of references proposes: entries to be, with their works and versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from comity.core import Result
from comity.newsletter.model.columns import EmailStatus
from comity.newsletter.model.entry import Entry, Version, Work
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.web import is_web_address
from comity.newsletter.text.characters import UNFIT

LONGEST_LINE = 1_000
"""Characters of a title, a venue or an address."""
LONGEST_TEXT = 10_000
"""Characters of a list of authors, and of an abstract."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to read, as a file names it."""

    place: str
    """Where it stands: ``papers.bib: line 12``."""
    title: str
    authors: str = ""
    """Names as people write them, with commas between them."""
    venue: str = ""
    year: str = ""
    url: str = ""
    abstract: str = ""
    versions: tuple[Version, ...] = ()

    def entry(
        self,
        id: str,  # noqa: A002 - the field's name
        work: str | None = None,
        position: int = 0,
    ) -> Entry:
        """Return the entry that the queue gets; its abstract stands in the notes."""
        return Entry(
            id=id,
            title=self.title,
            url=self.url,
            authors=self.authors,
            venue=self.venue,
            year=self.year,
            email_status=EmailStatus.PENDING,
            notes=f"Abstract: {self.abstract}" if self.abstract else "",
            work=work,
            position=position,
        )

    def to_work(self, id: str) -> Work:  # noqa: A002 - the field's name
        """Return the work with the versions that the file knows."""
        return Work(id, self.title, self.authors, self.versions)


@dataclass(frozen=True)
class Reading(Result):
    """What was read from a file.

    Attributes
    ----------
    proposals : in the order of the file.
    faults : whatever could not be read or was put right, each with its place.
    """

    proposals: tuple[Proposal, ...]
    faults: tuple[Fault, ...] = ()


def versions_of(
    doi: str, arxiv: str, venue: str, year: str, url: str = "", kind: str = "published"
) -> tuple[Version, ...]:
    """Return the forms of a work that a reference names: its preprint, then what was published."""
    found = []
    own_doi = "" if doi.startswith("10.48550/arxiv.") else doi
    if arxiv:
        found.append(
            Version("preprint", f"https://arxiv.org/abs/{arxiv}", "arXiv", year, "", arxiv)
        )
    named = venue and "arxiv" not in venue.lower()
    if own_doi or (named and not arxiv) or (not arxiv and url):
        link = f"https://doi.org/{own_doi}" if own_doi else url
        found.append(Version(kind, link, venue if named else "", year, own_doi))
    elif named:
        found.append(Version(kind, "", venue, year))
    return tuple(found)


def cleaned(proposal: Proposal) -> tuple[Proposal | None, tuple[Fault, ...]]:
    """Return a proposal that a sheet can hold, and what had to be put right.

    Without a title it is none. A wrong address, and what is too long, is left out and named.
    """
    faults: list[Fault] = []
    texts: dict[str, Any] = {}
    for name, most in _LENGTHS.items():
        texts[name] = _field(getattr(proposal, name), name, most, proposal.place, faults)
    texts["url"] = _address(texts["url"], proposal, faults)
    if not texts["title"]:
        reason = "it names no title" + (f"; the address is {texts['url']}" if texts["url"] else "")
        faults.append(Fault(Kind.NO_TITLE, reason, place=proposal.place))
        return None, tuple(faults)
    return replace(proposal, **texts), tuple(faults)


_LENGTHS = {
    "title": LONGEST_LINE,
    "authors": LONGEST_TEXT,
    "venue": LONGEST_LINE,
    "year": 40,
    "url": LONGEST_LINE,
    "abstract": LONGEST_TEXT,
}


def _field(text: str, name: str, most: int, place: str, faults: list[Fault]) -> str:
    plain = UNFIT.sub("", text)
    if plain != text:
        reason = f"characters of the {name} that nothing can show are left out"
        faults.append(Fault(Kind.BAD_CHARACTERS, reason, place=place))
    plain = " ".join(plain.split())
    if len(plain) <= most:
        return plain
    reason = f"the {name} is too long and is left out" + (" after this" if name == "title" else "")
    expected = f"at most {most:,} characters"
    faults.append(Fault(Kind.TOO_LONG, reason, place=place, found=plain[:60], expected=expected))
    return plain[:most] if name == "title" else ""


def _address(url: str, proposal: Proposal, faults: list[Fault]) -> str:
    if url and is_web_address(url):
        return url
    if url:
        reason = "the address is not one of the web and is left out"
        expected = "http:// or https://"
        fault = Fault(
            Kind.BAD_ADDRESS, reason, place=proposal.place, found=url[:80], expected=expected
        )
        faults.append(fault)
    return next((v.url for v in reversed(proposal.versions) if is_web_address(v.url)), "")


def gather(proposals: Iterable[Proposal], faults: Iterable[Fault] = ()) -> Reading:
    """Return what is left of proposals after cleaning, with all faults in order of discovery."""
    kept: list[Proposal] = []
    named = list(faults)
    for proposal in proposals:
        good, wrong = cleaned(proposal)
        named.extend(wrong)
        if good is not None:
            kept.append(good)
    return Reading(tuple(kept), tuple(named))
