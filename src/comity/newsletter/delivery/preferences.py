"""An issue for readers who do not want all of it: editions without some categories."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from comity.newsletter.model.edition import Edition, Item, Section
from comity.newsletter.model.publication import Publication


def closed(publication: Publication, without: Iterable[str]) -> frozenset[str]:
    """Return the categories that a reader does not get: those left out, and all inside them.

    Categories that the publication no longer has are passed over.
    """
    left_out = set(without)
    found: set[str] = set()
    for top in publication.categories:
        outer = -1
        for level, node in top.walk():
            if outer >= 0 and level <= outer:
                outer = -1
            if outer < 0 and node.name in left_out:
                outer = level
            if outer >= 0:
                found.add(node.name)
    return frozenset(found)


def reduced(edition: Edition, categories: Collection[str]) -> Edition | None:
    """Return an edition without some categories, or ``None`` where no entry is left of it.

    A response stands and falls with the entry that it is part of. Corrections of earlier issues
    are left out with the category of what they correct.
    """
    highlights = _kept(edition.highlights, categories)
    sections = _sections(edition.sections, categories)
    if not highlights and not sections:
        return None
    return replace(
        edition,
        highlights=highlights,
        sections=sections,
        corrections=tuple(c for c in edition.corrections if c.entry.category not in categories),
    )


def _sections(sections: Iterable[Section], categories: Collection[str]) -> tuple[Section, ...]:
    kept = (
        replace(
            section,
            items=_kept(section.items, categories),
            sections=_sections(section.sections, categories),
        )
        for section in sections
        if section.title not in categories
    )
    return tuple(section for section in kept if section.items or section.sections)


def _kept(items: Iterable[Item], categories: Collection[str]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.entry.category not in categories)
