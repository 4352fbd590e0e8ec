"""Building everything that a publication shows, from one view of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from comity.newsletter.editions import addresses
from comity.newsletter.editions.addresses import absolute, file_of, placed, root_of
from comity.newsletter.editions.cover import cover
from comity.newsletter.editions.offline import Offline
from comity.newsletter.editions.output import Output, replacing
from comity.newsletter.editions.recordings import is_of
from comity.newsletter.editions.web.following import feeds
from comity.newsletter.editions.web.index import archive_json, search_index
from comity.newsletter.editions.web.pages import LOST, pages
from comity.newsletter.editions.web.site import PACKAGE, Site

LOOK = "comity.core.page"
STATIC = ("disk.js", "icon.svg", "search.js", "site.css", "site.js")

Step = Callable[[str, float], object]
"""Called with what is being done, and the share that is done."""
Sheets = Callable[[], Iterator[tuple[str, bytes]]]
"""Makes the public sheet in each form, with its address."""


@dataclass(frozen=True)
class Built:
    """What a build made."""

    folder: Path
    pages: int
    files: int
    bytes: int


def write_site(site: Site, folder: Path, sheets: Sheets, progress: Step) -> Built:
    """Write a whole site in place of the one that was there, recordings excepted.

    An interruption at any moment leaves the old site as it was. The same site gives the same
    bytes.
    """
    with replacing(folder, keep=lambda address: _is_heard(address, site)) as output:
        writing = _Writing(site, output)
        for address, fixed in _fixed():
            writing.file(address, fixed)
        writing.pages(progress)
        progress("feeds", 0.75)
        for address, feed in feeds(site):
            writing.file(address, feed)
        progress("search index and sheet", 0.83)
        for address, content in (*_data(site), *sheets()):
            writing.file(address, content)
        progress("offline edition", 0.88)
        writing.pack()
        progress("changing places", 0.99)
    return Built(folder, writing.shown, writing.count, writing.size)


def _is_heard(address: str, site: Site) -> bool:
    """Return whether a file is a recording that may be heard, or something beside it."""
    name = address.removeprefix(addresses.AUDIO)
    return name != address and not is_of(name, site.stale)


class _Writing:
    """Writes each file to the site and to its offline edition."""

    def __init__(self, site: Site, output: Output) -> None:
        self.site, self.output = site, output
        settings = site.publication
        self.offline = Offline(addresses.slug(settings.name), absolute(settings))
        self.shown = self.count = self.size = 0

    def file(self, address: str, content: str | bytes, *, alone: bool = False) -> None:
        """Write one file; ``alone``, to the site only."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        self.output.write(address, data)
        self.count, self.size = self.count + 1, self.size + len(data)
        if not alone:
            self.offline.add(address, data)

    def pages(self, progress: Step) -> None:
        """Write every page, and the reports on Cases that stand in them."""
        expected = len(self.site.view.archive.entries) + len(self.site.editions) + 1
        for page in pages(self.site):
            self._page(page.address, page.html)
            self.shown += 1
            if self.shown % 50 == 0:
                progress("pages", min(0.75, 0.05 + 0.7 * self.shown / expected))
        for entry, report in self.site.cases.items():
            self.file(file_of(addresses.case(entry)), report)

    def _page(self, address: str, html: str) -> None:
        file = file_of(address)
        if address == LOST:  # served from any address
            root = absolute(self.site.publication)
            self.file(file, placed(html, root), alone=True)
            return
        page = placed(html, root_of(address))
        self.file(file, page, alone=True)
        self.offline.add_page(file, page)

    def pack(self) -> None:
        """Write the offline edition."""
        self.file(addresses.OFFLINE_ZIP, self.offline.packed(), alone=True)


def _data(site: Site) -> Iterator[tuple[str, str | bytes]]:
    yield addresses.SEARCH_INDEX, search_index(site)
    yield addresses.ARCHIVE_JSON, archive_json(site)
    yield "sitemap.xml", sitemap(site)
    yield "robots.txt", robots(site)
    yield addresses.COVER, cover()


@cache
def _fixed() -> tuple[tuple[str, bytes], ...]:
    """Return the files that are the same on every site."""
    look = (files(LOOK) / "templates" / "style.css").read_bytes()
    folder = files(PACKAGE) / "static"
    return (
        (addresses.STATIC + "look.css", look),
        *((addresses.STATIC + name, (folder / name).read_bytes()) for name in STATIC),
    )


def sitemap(site: Site) -> str:
    """Return the list of permanent addresses, for search engines."""
    shown = [addresses.issue(number) for number in site.editions]
    shown += [addresses.entry(entry.id) for entry in site.view.archive.entries]
    lines = [f"<url><loc>{absolute(site.publication, place)}</loc></url>" for place in ["", *shown]]
    opening = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, *lines, "</urlset>", ""])


def robots(site: Site) -> str:
    """Return what search engines may read: everything, if everybody may."""
    if site.view.audience != "public":
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\nSitemap: {absolute(site.publication, 'sitemap.xml')}\n"
