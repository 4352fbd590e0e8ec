"""What the search page reads, and everything public for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from comity.newsletter.editions import addresses
from comity.newsletter.editions.facts import where
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.columns import PUBLIC_FORM
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.people import byline, summarizers
from comity.newsletter.model.years import years
from comity.newsletter.text.plain import line_plain
from comity.newsletter.text.references import spell

CALL = "comityIndex"
"""The function of the search page that takes the index."""


def search_index(site: Site) -> str:
    """Return the index as a script, which unlike JSON also loads from a disk."""
    data = {"entries": [_indexed(site, entry) for entry in site.view.archive.entries]}
    return f"{CALL}({_json(data)});\n"


def _indexed(site: Site, entry: Entry) -> dict[str, Any]:
    aliases = site.publication.aliases
    shown = site.item(entry).entry
    number = entry.issue
    category = site.category.get(entry.id)
    return {
        "title": entry.title,
        "address": addresses.entry(entry.id),
        "authors": byline(entry.authors, aliases),
        "where": line_plain(where(entry), addresses=False),
        "categories": [category.name] if category else [],
        "summarizers": list(summarizers(entry.summarizer, aliases)),
        "years": list(years(entry.year)),
        "topics": list(entry.topics),
        "issue": number,
        "label": site.label(number) if number is not None else "",
        "issue_address": addresses.issue(number) if number is not None else "",
        "highlight": entry.is_highlight,
        "text": site.plain(shown, *TEXTS),
        "corrections": site.corrections(entry),
    }


def archive_json(site: Site) -> str:
    """Return everything that is public, for programs; references are spelled as in the sheet."""
    archive, settings = site.view.archive, site.publication
    data = {
        "format": "comity newsletter archive 1",
        "publication": {
            "name": settings.name,
            "short": settings.short,
            "url": settings.url,
            "language": settings.language,
            "description": settings.description,
            "editor": settings.editor,
            "licence": settings.licence,
            "categories": list(settings.category_names),
        },
        "issues": [
            {
                "number": edition.issue.number,
                "label": edition.label,
                "title": edition.issue.title,
                "date": edition.issue.date,
                "opening": spell(edition.issue.opening, site.view.titles),
                "closing": spell(edition.issue.closing, site.view.titles),
                "address": addresses.absolute(settings, addresses.issue(edition.issue.number)),
            }
            for edition in reversed(tuple(site.editions.values()))
        ],
        "entries": [_entry(site, entry) for entry in archive.entries],
        "works": [
            {
                "id": work.id,
                "title": work.title,
                "authors": work.authors,
                "versions": [_fields(v, VERSION_FIELDS) for v in work.versions],
            }
            for work in archive.works
        ],
        "errata": [
            {"entry": e.entry, "date": e.date, "note": spell(e.note, site.view.titles)}
            for e in archive.errata
        ],
        "replies": [_fields(reply, REPLY_FIELDS) for reply in archive.replies],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


VERSION_FIELDS = ("kind", "url", "venue", "year", "doi", "arxiv")
REPLY_FIELDS = ("entry", "name", "date", "text")


def _entry(site: Site, entry: Entry) -> Mapping[str, Any]:
    shown = site.item(entry).entry
    cells = {column.field: getattr(shown, column.field) for column in PUBLIC_FORM}
    if shown.opinion:
        cells["opinion"] = entry.opinion
    cells |= {name: spell(cells[name], site.view.titles) for name in TEXTS}
    return {
        "id": entry.id,
        "address": addresses.absolute(site.publication, addresses.entry(entry.id)),
        **cells,
        "issue": entry.issue,
        "part_of": entry.part_of,
        "work": entry.work,
        "topics": list(entry.topics),
    }


def _fields(thing: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _json(data: Any) -> str:
    """Return JSON that also reads as JavaScript, and cannot end an element it might stand in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
