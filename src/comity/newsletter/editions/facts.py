"""What stands around an entry's texts: who, where and when, the same in every edition."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

from comity.newsletter.model.edition import Item
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.people import byline, listed, people, summarizers
from comity.newsletter.model.publication import Publication
from comity.newsletter.text.dialect import outward
from comity.newsletter.text.hosts import astray
from comity.newsletter.text.markdown import line_html
from comity.newsletter.text.opinions import among, unlabelled
from comity.newsletter.text.plain import line_plain

FACTS = ("host", "authors", "venue", "summarizer", "hat-tip")
"""Kinds of facts, in the order in which they stand; venue and H/T may hold links."""
DOT = " · "
"""What stands between facts."""
SEARCH = "Search everything ever summarized"
SHEET = "All of it as a sheet"
"""How every edition calls the two ways to all that there is."""
_WORD = re.compile(r"\w+")


class Fact(NamedTuple):
    """Something that stands under a title, and what kind of thing it is."""

    kind: str
    text: str
    """As plain text."""
    html: str
    """Safe to stand in any page."""


def where(entry: Entry) -> str:
    """Return venue and year, without a year that the venue's name already tells.

    Examples
    --------
    >>> where(Entry("A", "T", venue="AAMAS", year="2018"))
    'AAMAS, 2018'
    >>> where(Entry("A", "T", venue="Workshop (AAMAS 2018)", year="2018"))
    'Workshop (AAMAS 2018)'
    """
    venue, year = entry.venue.strip(), entry.year.strip()
    told = set(_WORD.findall(venue))
    parts = (venue, "" if told.issuperset(_WORD.findall(year)) else year)
    return ", ".join(part for part in parts if part)


def facts(item: Item, publication: Publication) -> tuple[Fact, ...]:
    """Return what stands under a title: the work's makers and place, and who summarised it."""
    entry = item.entry
    told_by = listed(summarizers(entry.summarizer, publication.aliases))
    told_by = f"summarized by {told_by}" if told_by and (entry.summary or entry.opinion) else ""
    hat_tip = entry.hat_tip.strip()
    host = astray(outward(entry.url))
    leads = f"leads to {host.host}" if host else ""
    names = (("host", leads), ("authors", item.byline), ("summarizer", told_by))
    lines = (("venue", where(entry)), ("hat-tip", f"H/T {hat_tip}" if hat_tip else ""))
    found = {kind: Fact(kind, text, escape(text)) for kind, text in names if text}
    found |= {kind: Fact(kind, line_plain(line), line_html(line)) for kind, line in lines if line}
    return tuple(found[kind] for kind in FACTS if kind in found)


def brief(entry: Entry, publication: Publication) -> str:
    """Return who made something, where and when, in one line."""
    place = line_plain(where(entry), addresses=False)
    parts = (byline(entry.authors, publication.aliases), place)
    return DOT.join(part for part in parts if part)


def opinion(entry: Entry, publication: Publication) -> tuple[str, str]:
    """Return whose an entry's opinion is, and the opinion without a label that says so itself.

    A label in the cell that names somebody else than the summarizer is right about that.
    """
    names = summarizers(entry.summarizer, publication.aliases)
    label, text = unlabelled(entry.opinion)
    told = [among(name, names) or name for name in people(label, publication.aliases).names]
    return listed(told or names), text


def whose(shown: Item, publication: Publication) -> str:
    """Return the words before an opinion: it is always somebody's, if anybody is known."""
    names = shown.whose or publication.editor
    return f"{names}'s opinion:" if names else "Opinion:"
