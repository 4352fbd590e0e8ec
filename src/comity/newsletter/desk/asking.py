"""What a search asks, as it stands in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from comity.newsletter.search.found import Filters

PAGE = 30
"""Entries on one page of results."""
LONGEST = 300
"""Characters of a query; what is beyond is passed over."""
LAST_PAGE = 1_000
NAMES = ("category", "summarizer", "year", "topic")
"""Filters that are words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: its words, its filters, and which page of what it finds."""

    query: str
    filters: Filters
    page: int = 1

    @property
    def offset(self) -> int:
        """How many entries are on the pages before."""
        return (self.page - 1) * PAGE

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything."""
        return not self.query and self.filters == Filters()

    def written(self, page: int = 1) -> str:
        """Return the search as the query of an address.

        Examples
        --------
        >>> asked({"q": " fair  play", "year": "2020", "highlights": "1", "page": "3"}).written()
        'q=fair+play&year=2020&highlights=1'
        """
        filters = self.filters
        parts = {"q": self.query, **{name: getattr(filters, name) for name in NAMES}}
        parts["highlights"] = "1" if filters.highlights else ""
        parts["page"] = str(page) if page > 1 else ""
        return urlencode({name: text for name, text in parts.items() if text})

    def told(self) -> str:
        """Return the search in words, as a heading names it.

        Examples
        --------
        >>> asked({"q": "fair play", "category": "Trust", "highlights": "1"}).told()
        'fair play · category Trust · highlights'
        """
        named = [f"{name} {text}" for name in NAMES if (text := getattr(self.filters, name))]
        parts = [self.query, *named, "highlights" if self.filters.highlights else ""]
        return " · ".join(part for part in parts if part)


def asked(query: Mapping[str, str]) -> Asked:
    """Return the search that the query of an address asks; what it does not know is passed over."""
    words = {name: " ".join(query.get(name, "").split())[:LONGEST] for name in ("q", *NAMES)}
    number = query.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    return Asked(
        words["q"],
        Filters(
            category=words["category"],
            summarizer=words["summarizer"],
            year=words["year"],
            topic=words["topic"],
            highlights=query.get("highlights", "") not in ("", "0"),
        ),
        min(max(page, 1), LAST_PAGE),
    )
