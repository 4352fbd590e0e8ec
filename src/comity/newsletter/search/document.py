"""What of an entry is searched: its words by field, and what filters ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from comity.newsletter.model.entry import Entry
from comity.newsletter.model.people import people
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.model.withholding import View
from comity.newsletter.model.years import years
from comity.newsletter.search.found import Filters
from comity.newsletter.search.tokens import words
from comity.newsletter.text.references import Reference, rewrite
from comity.newsletter.text.titles import normalised

WEIGHTS = {
    "title": 8,
    "authors": 3,
    "category": 2,
    "topics": 2,
    "venue": 1,
    "summarizer": 1,
    "summary": 1,
    "opinion": 1,
    "prerequisites": 1,
    "read_more": 1,
    "notes": 1,
}
"""Fields that are searched, and how often a word in each counts."""
MARK = "\x1f"
"""What the terms of filters begin with; no word holds it."""

_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)"
)
_BARE = re.compile(r"https?://\S+")
_TABLE = re.compile(r"(?m)^[ >]*+\|?(?:[ ]*+:?-++:?[ ]*+\|)++(?:[ ]*+:?-++:?)?[ ]*+$")
"""The line under the head of a table. What was read is never read again: a line may be long."""
_MARKS = re.compile(r"(?m)^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+|[*`~]+|(?<!\w)_+|_+(?!\w)")


@dataclass(frozen=True)
class Documents:
    """Makes what is searched out of the entries of a view."""

    view: View

    def texts(self, entry: Entry) -> dict[str, str]:
        """Return the plain text of each field that has any."""
        found = {}
        for name in WEIGHTS:
            value = getattr(entry, name)
            text = ", ".join(value) if isinstance(value, tuple) else plain(value, self._title)
            if text:
                found[name] = text
        return found

    def facets(self, entry: Entry) -> Iterator[str]:
        """Yield the terms of all filters that an entry passes."""
        for name in self._above.get(normalised(entry.category), (entry.category,)):
            yield facet("category", name)
        for name in people(entry.summarizer, self.view.publication.aliases).names:
            yield facet("summarizer", name)
        for topic in entry.topics:
            yield facet("topic", topic)
        for year in years(entry.year):
            yield facet("year", year)
        if entry.issue is not None:
            yield facet("issue", str(entry.issue))
        if entry.is_highlight:
            yield facet("highlights", "1")

    def _title(self, reference: Reference) -> str:
        title = self.view.titles.titles.get(reference.entry or "", "")
        return reference.shown or title or reference.title

    @cached_property
    def _above(self) -> Mapping[str, tuple[str, ...]]:
        return dict(_with_those_above(self.view.publication))


def facet(kind: str, value: str) -> str:
    """Return the term of a filter."""
    return f"{MARK}{kind}{MARK}{' '.join(words(value))}"


def facets_of(filters: Filters, aliases: Mapping[str, str]) -> list[str]:
    """Return the terms that filters ask for."""
    found = [
        facet(kind, getattr(filters, kind))
        for kind in ("category", "year", "topic")
        if getattr(filters, kind)
    ]
    if filters.summarizer:
        found.append(facet("summarizer", aliases.get(filters.summarizer, filters.summarizer)))
    if filters.issue is not None:
        found.append(facet("issue", str(filters.issue)))
    return [*found, facet("highlights", "1")] if filters.highlights else found


def plain(text: str, shown: Callable[[Reference], str]) -> str:
    """Return the words of Markdown: of a link what it shows, without the marks."""
    if "<@" in text:
        text = rewrite(text, shown)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "://" in text:
        text = _BARE.sub(" ", text)
    if "|" in text and _TABLE.search(text):
        text = re.sub(r"(?<!\\)\|", " ", _TABLE.sub("", text)).replace("\\|", "|")
    return " ".join(_MARKS.sub(" ", text).split())


def _with_those_above(publication: Publication) -> Iterator[tuple[str, tuple[str, ...]]]:
    def walk(node: Category, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        path = (*above, node.name)
        yield normalised(node.name), path
        for child in node.children:
            yield from walk(child, path)

    for top in publication.categories:
        yield from walk(top, ())
