"""A publication's content as of now, and all that is made of it once until it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.editions.addresses import ARCHIVE_JSON, AUDIO
from comity.newsletter.editions.checks import Check
from comity.newsletter.editions.download import sheets
from comity.newsletter.editions.web.following import feeds
from comity.newsletter.editions.web.index import archive_json
from comity.newsletter.editions.web.site import Site
from comity.newsletter.finding.duplicates import Duplicate, DuplicateFinder, duplicates, grouped
from comity.newsletter.finding.finder import Finder, PlainFinder
from comity.newsletter.finding.order import prerequisites
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import View, withhold
from comity.newsletter.sheets.exporting import read_kept
from comity.newsletter.store.store import SETTINGS, Store
from comity.newsletter.store.tables.content import STATE
from comity.newsletter.store.tables.search import SEARCHES
from comity.newsletter.text.titles import Titles, normalised

FILES = (SETTINGS, "out/site/index.html", f"out/site/{AUDIO}")
"""What changes its time in a publication's folder when settings, site or recordings change."""

MakeFinder = Callable[[Archive], Finder]
MakeSite = Callable[[Store, Publication, Archive], Site]


@dataclass(frozen=True)
class Content:
    """Everything as of one moment; each derived thing is made when it is first asked for."""

    publication: Publication
    archive: Archive
    store: Store = field(repr=False)
    make_site: MakeSite = field(repr=False)
    make_finder: MakeFinder = field(repr=False)

    @cached_property
    def public(self) -> Site:
        """The site as everybody may see it."""
        return self.make_site(self.store, self.publication, self.archive)

    @cached_property
    def preview(self) -> Site:
        """The site as it would be with all drafts."""
        return Site(withhold(self.publication, self.archive, "preview"))

    @cached_property
    def internal(self) -> View:
        """Everything, for the editors."""
        return withhold(self.publication, self.archive, "internal")

    @cached_property
    def check(self) -> Check:
        """Checks issues and entries."""
        return Check(self.publication, self.archive, read_kept(self.store, "editor").cells)

    @cached_property
    def titles(self) -> Titles:
        """Titles of all entries."""
        return Titles.of(self.archive.entries)

    def find_titles(self, words: str, most: int) -> list[Entry]:
        """Return entries whose titles hold some words, those that begin with them first."""
        wanted = normalised(words)
        parts = wanted.split()
        found = [
            (not title.startswith(wanted), -place, entry)
            for place, (title, entry) in enumerate(self._plain_titles)
            if all(part in title for part in parts)
        ]
        return [entry for _, _, entry in sorted(found, key=lambda f: f[:2])[:most]]

    @cached_property
    def _plain_titles(self) -> list[tuple[str, Entry]]:
        return [(normalised(entry.title), entry) for entry in self.archive.entries]

    @cached_property
    def finder(self) -> Finder:
        """Finds related entries and categories."""
        return self.make_finder(self.archive)

    @cached_property
    def duplicate_finder(self) -> DuplicateFinder:
        """Finds what is there already."""
        return DuplicateFinder(self.archive)

    @cached_property
    def duplicates(self) -> dict[str, tuple[Duplicate, ...]]:
        """Pairs that may be about one thing, by each entry in them."""
        return dict(grouped(duplicates(self.archive)))

    @cached_property
    def prerequisites(self) -> dict[str, tuple[str, ...]]:
        """What readers of the public site should read before each entry."""
        return prerequisites(self.public.view.archive)

    @cached_property
    def feeds(self) -> dict[str, bytes]:
        """Every feed of the public site by its address."""
        return dict(feeds(self.public))

    @cached_property
    def downloads(self) -> dict[str, bytes]:
        """The public sheet in each form, and all that is public for programs, by address."""
        site = self.public
        return {**dict(sheets(site.view)), ARCHIVE_JSON: archive_json(site).encode("utf-8")}


class Shelf:
    """Gives the content as of now; reads it again only after a change.

    Parameters
    ----------
    read_publication : reads the settings in a folder.
    """

    def __init__(
        self,
        store: Store,
        read_publication: Callable[[Path], Publication],
        make_site: MakeSite,
        make_finder: MakeFinder = lambda archive: PlainFinder(archive.entries),
    ) -> None:
        self.store = store
        self.read_publication = read_publication
        self.make_site = make_site
        self.make_finder = make_finder
        self._lock = Lock()
        self._seen: tuple[object, ...] = ()
        self._content: Content | None = None

    def content(self) -> Content:
        """Return the content as of now."""
        with self._lock:
            seen = self._state()
            if self._content is None or seen != self._seen:
                self._content = Content(
                    self.read_publication(self.store.folder),
                    self.store.load(),
                    self.store,
                    self.make_site,
                    self.make_finder,
                )
                self._seen = seen
            return self._content

    def _state(self) -> tuple[object, ...]:
        """Return what differs after each change: of content, searches, settings, built files."""
        count = select(STATE.c.value).where(STATE.c.name == "content")
        with transaction(self.store.engine, writes=False) as connection:
            value = connection.execute(count).scalar_one_or_none()
            kept = tuple(connection.execute(select(SEARCHES.c.id).order_by("id")).scalars())
        folder = self.store.folder
        return value, kept, *(_written(folder / name) for name in FILES)


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
