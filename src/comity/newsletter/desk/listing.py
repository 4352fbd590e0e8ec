"""What a search without words finds: all that its filters let through, latest issue first."""

from __future__ import annotations

from comity.newsletter.desk.asking import Asked
from comity.newsletter.editions import addresses
from comity.newsletter.editions.web.groups import latest_first
from comity.newsletter.editions.web.site import Site
from comity.newsletter.search.document import Documents
from comity.newsletter.search.found import Found, Hit
from comity.newsletter.search.query import parse_query
from comity.newsletter.search.snippets import snippet
from comity.newsletter.text.titles import normalised

KINDS = {
    "category": addresses.CATEGORIES,
    "summarizer": addresses.SUMMARIZERS,
    "year": addresses.YEARS,
    "topic": addresses.TOPICS,
}
"""Where the choices of each filter come from."""


def listed(site: Site, ask: Asked, limit: int, offset: int) -> Found:
    """Return what the filters of a search let through, without regard to its words."""
    filters = ask.filters
    found = [e for e in site.view.archive.entries if e.is_highlight or not filters.highlights]
    for name in KINDS:
        if wanted := getattr(filters, name):
            among = _among(site, name, wanted)
            found = [entry for entry in found if entry.id in among]
    shown = latest_first(found)[offset : offset + limit]
    nothing, documents = parse_query(""), Documents(site.view)
    hits = (Hit(e.id, 0.0, (), snippet(documents.texts(e), nothing)) for e in shown)
    return Found(tuple(hits), len(found))


def _among(site: Site, name: str, wanted: str) -> set[str]:
    """Return the entries that one choice of a filter stands for."""
    name_of = site.publication.aliases.get(wanted, wanted)
    groups = site.groups.get(KINDS[name], ())
    return {e.id for g in groups if normalised(g.name) == normalised(name_of) for e in g.entries}
