"""Answers of arXiv's API: Atom with a few elements of arXiv's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.core.errors import InputError
from comity.newsletter.finding.identifiers import arxiv_of, doi_of
from comity.newsletter.importing.proposal import Proposal, Reading, gather
from comity.newsletter.model.entry import Version
from comity.newsletter.model.web import is_web_address

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
OWN = "{http://arxiv.org/schemas/atom}"


def read_arxiv(text: str, file: str = "") -> Reading:
    """Return the entries of a feed; an entry of another feed is taken as a post.

    Raises `InputError` where it is no Atom, or holds entities: there is no use for them here.
    """
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = ElementTree.fromstring(text)
    except (DefusedXmlException, ElementTree.ParseError, ValueError) as error:
        raise InputError("not XML", file=file or None, found=str(error)[:80]) from error
    if root.tag not in (f"{ATOM}feed", f"{ATOM}entry"):
        raise InputError("not Atom", file=file or None, found=root.tag[:80], expected=f"{ATOM}feed")
    entries = [root] if root.tag == f"{ATOM}entry" else root.findall(f"{ATOM}entry")
    return gather(
        _proposal(entry, f"{file}: entry {number}".removeprefix(": "))
        for number, entry in enumerate(entries, start=1)
    )


def _proposal(entry: Element, place: str) -> Proposal:
    address = _text(entry, f"{ATOM}id")
    arxiv = arxiv_of(address) if "arxiv.org" in address else ""
    year = _text(entry, f"{ATOM}published")[:4]
    journal, doi = _text(entry, f"{OWN}journal_ref"), doi_of(_text(entry, f"{OWN}doi"))
    url = f"https://arxiv.org/abs/{arxiv}" if arxiv else _link(entry) or address
    kind = "preprint" if arxiv else "post"
    versions = [Version(kind, url, "arXiv" if arxiv else "", year, "", arxiv)]
    if journal or doi:
        link = f"https://doi.org/{doi}" if doi else ""
        versions.append(Version("published", link, journal, "", doi))
    authors = [_text(author, f"{ATOM}name") for author in entry.findall(f"{ATOM}author")]
    return Proposal(
        place,
        _text(entry, f"{ATOM}title"),
        ", ".join(name.replace(",", "") for name in authors if name),
        journal or ("arXiv" if arxiv else ""),
        year,
        url,
        _text(entry, f"{ATOM}summary"),
        tuple(versions),
    )


def _text(element: Element, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())


def _link(entry: Element) -> str:
    links = entry.findall(f"{ATOM}link")
    found = (link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate")
    return next((href for href in found if is_web_address(href)), "")
