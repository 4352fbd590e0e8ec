"""What readers open: the site as the database has it now, and what takes long to make from disk.

Recordings, reports on Cases and the offline edition were made at some time. None is served that may
tell what has been withheld since.
"""

from __future__ import annotations

import mimetypes
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from comity.core.web.failures import Denied
from comity.newsletter.delivery.letters import SITE as READERS
from comity.newsletter.desk.access import anyone
from comity.newsletter.desk.rendering import READERS_HEADERS, content_of
from comity.newsletter.desk.shelf import Content, Shelf
from comity.newsletter.editions import addresses
from comity.newsletter.editions.addresses import file_of, placed, root_of
from comity.newsletter.editions.feeds import FORMS
from comity.newsletter.editions.preparing import all_translations, saved_searches, with_recordings
from comity.newsletter.editions.recordings import STEM, is_of
from comity.newsletter.editions.web.pages import page_at
from comity.newsletter.editions.web.related import MOST
from comity.newsletter.editions.web.site import Site
from comity.newsletter.finding.finder import Finder, PlainFinder
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import withhold
from comity.newsletter.store.store import Store

if TYPE_CHECKING:
    from markupsafe import Markup

BUILT = "out/site"
SIGN_UP = f"{READERS.strip('/')}/subscribe"
REPORT_HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of reports on Cases, which bring a stricter policy for their own script with them."""
REPORT = re.compile(rf"{addresses.ENTRIES}([0-9A-Za-z]+)/case/")

reading = APIRouter(include_in_schema=False, dependencies=[Depends(anyone)])


class LiveSite(Site):
    """A site that finds what is related when somebody asks, and on which readers sign up."""

    @property
    def is_live(self) -> bool:
        """A server answers."""
        return True

    def beside(self, entry: Entry) -> Markup:
        """Return the entries that are related to one, by what readers may see."""
        by_id = self.view.archive.by_id
        found = self.finder.related(by_id.get(entry.id, entry), MOST)
        return self.listed([by_id[related.entry] for related in found])

    @cached_property
    def finder(self) -> Finder:
        """Finds among what the view holds."""
        return PlainFinder(self.view.archive.entries)


class MailedSite(LiveSite):
    """A live site of a publication that mails."""

    @property
    def more_places(self) -> tuple[tuple[str, str], ...]:
        """The page on which readers ask for it."""
        return (("By mail", SIGN_UP),)


def live_site(store: Store, publication: Publication, archive: Archive) -> Site:
    """Return what everybody may see as a live site, with what was recorded and built."""
    view = withhold(publication, archive, "public")
    built = store.folder / BUILT
    cases = {
        entry.id: entry.case
        for entry in view.archive.entries
        if entry.case and (built / file_of(addresses.case(entry.id))).is_file()
    }
    site = (MailedSite if publication.post.sender else LiveSite)(
        view,
        cases=cases,
        searches=saved_searches(store, view),
        translations=all_translations(store, view),
    )
    return with_recordings(site, archive, built)[0]


@reading.get("/{address:path}")
def read(address: str, request: Request) -> Response:
    """Return a page, a feed, or a file that was built."""
    content = content_of(request)
    found = page_at(content.public, address)
    if found is not None and not address.endswith(".html"):
        html = placed(found.html, root_of(address))
        return HTMLResponse(html, headers=READERS_HEADERS)
    if address.startswith(addresses.FEEDS) and address in content.feeds:
        kind = FORMS[address.rpartition(".")[2]]
        return Response(content.feeds[address], media_type=kind, headers=READERS_HEADERS)
    if not address.endswith("/") and page_at(content.public, f"{address}/") is not None:
        return RedirectResponse(f"/{address}/", 308)
    if (data := content.downloads.get(address)) is not None:
        kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
        return Response(data, media_type=kind, headers=READERS_HEADERS)
    shelf: Shelf = request.app.state.shelf
    return _built(content, shelf.store.folder / BUILT, address)


def _built(content: Content, folder: Path, address: str) -> Response:
    """Return a file of the built site, if it may tell only what everybody may see now."""
    report = REPORT.fullmatch(address)
    file = folder / file_of(address)
    if address == addresses.OFFLINE_ZIP and file.is_file() and not _is_current(content, folder):
        raise Denied("stale", OUTDATED, place=address, expected="comity newsletter build")
    may = report[1] in content.public.cases if report else _is_kept(content, address)
    if not may or not _is_within(file, folder):
        raise Denied("unknown", "there is no such page", place="path")
    headers = REPORT_HEADERS if report else READERS_HEADERS
    return FileResponse(file, headers=headers)


OUTDATED = (
    "the offline edition was made before the last changes; it comes back once it is made anew"
)


def _is_kept(content: Content, address: str) -> bool:
    """Return whether a file is served as it was built: no recording of what is withheld now."""
    name = address.removeprefix(addresses.AUDIO)
    if name == address:
        return address in (addresses.OFFLINE_ZIP, addresses.COVER)
    return STEM.fullmatch(name) is not None and not is_of(name, content.public.stale)


def _is_current(content: Content, folder: Path) -> bool:
    """Return whether a site was built from what everybody may see now."""
    try:
        then = (folder / addresses.ARCHIVE_JSON).read_bytes()
    except OSError:
        return False
    reports = {file.parent.parent.name for file in folder.glob(f"{addresses.ENTRIES}*/case/*.html")}
    return then == content.downloads[addresses.ARCHIVE_JSON] and reports <= {*content.public.cases}


def _is_within(file: Path, folder: Path) -> bool:
    try:
        return file.resolve(strict=True).is_relative_to(folder.resolve()) and file.is_file()
    except (OSError, ValueError):
        return False
