"""From a publication's folder to the site that its readers may see, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from comity.newsletter.editions import addresses
from comity.newsletter.editions.checks import Check
from comity.newsletter.editions.download import sheets, too_long
from comity.newsletter.editions.recordings import Recorded
from comity.newsletter.editions.web.casepages import case_pages
from comity.newsletter.editions.web.listening import heard
from comity.newsletter.editions.web.related import related
from comity.newsletter.editions.web.site import Site
from comity.newsletter.languages.kept import languages_of, translations
from comity.newsletter.languages.translated import Translated
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.faults import Fault
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import Audience, View, withhold
from comity.newsletter.search.saved import saved_searches as kept_searches
from comity.newsletter.search.searching import MOST_HITS, search
from comity.newsletter.store.store import Store

OUT = "out"
CASES = "cases"
PLACES: Mapping[Audience, str] = {"public": "site", "preview": "preview", "internal": "internal"}
"""Where the site of each audience stands, under ``out``."""


@dataclass(frozen=True)
class Prepared:
    """A site that can be written."""

    site: Site
    folder: Path
    """Where it belongs."""
    faults: tuple[Fault, ...] = ()
    """What should be mended before anybody sees it."""

    def sheets(self) -> Iterator[tuple[str, bytes]]:
        """Yield the sheet in each form, with its address."""
        return sheets(self.site.view)


def prepare(
    store: Store,
    publication: Publication,
    audience: Audience,
    progress: Callable[[str, float], object],
) -> Prepared:
    """Return the site of an audience: all that it may see, with all that is wrong with it."""
    progress("reading", 0.0)
    archive = store.load()
    view = withhold(publication, archive, audience)
    progress("checking", 0.01)
    faults = (*Check(publication, archive).stopping(view), *too_long(view))
    cases = case_pages(
        view.archive.entries,
        store.folder / CASES,
        store.folder / OUT / "cache" / "cases",
        lambda title: progress(f"Case: {title}", 0.02),
    )
    folder = store.folder / OUT / PLACES[audience]
    site = Site(
        view,
        cases=cases.pages,
        searches=saved_searches(store, view),
        translations=all_translations(store, view),
        related=related(view.archive.entries),
    )
    site, stale = with_recordings(site, archive, folder)
    return Prepared(site, folder, (*faults, *cases.faults, *stale.values()))


def with_recordings(site: Site, archive: Archive, folder: Path) -> tuple[Site, Mapping[str, Fault]]:
    """Return a site with the recordings in its folder, and those that say something else now."""
    view = site.view
    stale = Recorded(view, archive, folder).stale(site.editions, site.translations)
    may = tuple(issue for issue in view.archive.issues if str(issue.number) not in stale)
    spoken = _spoken(site, folder, stale)
    return replace(site, heard=heard(may, folder), spoken=spoken, stale=frozenset(stale)), stale


def _spoken(site: Site, folder: Path, stale: Container[str]) -> dict[tuple[int, str], str]:
    """Return the recordings of translations that may be heard."""
    found = {}
    for number, editions in site.translations.items():
        for translated in editions:
            stem = f"{number}.{translated.language}"
            address = f"{addresses.AUDIO}{stem}.mp3"
            if stem not in stale and (folder / address).is_file():
                found[number, translated.language] = address
    return found


def all_translations(store: Store, view: View) -> dict[int, tuple[Translated, ...]]:
    """Return the translated editions of every issue that has one."""
    numbers = [n for n in languages_of(store.engine) if view.archive.issue(n)]
    return {number: translations(store.engine, view, number) for number in numbers}


def saved_searches(store: Store, view: View) -> Mapping[str, tuple[str, ...]]:
    """Return what each saved search finds now, among what the audience may see."""
    found = {}
    for saved in kept_searches(store.engine):
        hits = search(store, saved.query, saved.filters, limit=MOST_HITS, audience=view.audience)
        found[saved.name] = tuple(hit.entry for hit in hits.hits)
    return found
