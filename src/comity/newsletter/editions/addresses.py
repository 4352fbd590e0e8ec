"""Where everything of a publication stands: permanent addresses, made of ids that never change.

Pages and feeds are rendered with addresses that begin with `SITE`, and placed afterwards: relative
to a page, so that the site works in any folder and from a disk, or absolute, for feeds. Texts may
not hold such addresses: Markdown links only to http, https and mailto, and a quotation mark in
text is always escaped, so ``="site:`` stands only where we put it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from comity.newsletter.model.publication import Publication

SITE = "site:"
"""What an address within the site begins with until it is placed."""

ISSUES = "issues/"
ENTRIES = "entries/"
FEEDS = "feeds/"
SEARCH = "search/"
CATEGORIES = "categories/"
SUMMARIZERS = "summarizers/"
TOPICS = "topics/"
YEARS = "years/"
ABOUT = "about/"
STATIC = "static/"
AUDIO = "audio/"
SEARCH_INDEX = SEARCH + "index.js"
SHEET_XLSX = "sheet.xlsx"
SHEET_CSV = "sheet.csv"
ARCHIVE_JSON = "archive.json"
OFFLINE_ZIP = "offline.zip"
PODCAST = FEEDS + "podcast.rss"
COVER = "cover.png"

LONGEST_SLUG = 60


def issue(number: int, language: str = "") -> str:
    """Return the address of an issue, or of its translation.

    >>> issue(12), issue(12, "es")
    ('issues/12/', 'issues/12/es/')
    """
    return f"{ISSUES}{number}/" + (f"{language}/" if language else "")


def entry(key: str) -> str:
    """Return the address of an entry."""
    return f"{ENTRIES}{key}/"


def case(key: str) -> str:
    """Return the address of the report on an entry's Case."""
    return f"{ENTRIES}{key}/case/"


def transcript(number: int) -> str:
    """Return the address of the page that shows what is said in a recording."""
    return f"{ISSUES}{number}/transcript/"


def recording(number: int, ending: str = "mp3") -> str:
    """Return the address of a recording, or of what belongs to it.

    >>> recording(12), recording(12, "chapters.json")
    ('audio/12.mp3', 'audio/12.chapters.json')
    """
    return f"{AUDIO}{number}.{ending}"


def feed(name: str, form: str) -> str:
    """Return the address of a feed; ``form`` is ``rss`` or ``atom``."""
    return f"{FEEDS}{name}.{form}"


def slug(name: str) -> str:
    """Return a name as it stands in an address.

    >>> slug("Réseaux & games"), slug("合作")
    ('reseaux-games', 'x54af4ede')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].rstrip("-")
    return words or _digest(name)


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Return an address for each name; those that would share one are told apart for good.

    Which names there are changes only the addresses of those that would collide.

    >>> slugs(["Games", "Games!", "Rules"])
    {'Games': 'games-xd9dae781', 'Games!': 'games-x840f7cd7', 'Rules': 'rules'}
    """
    plain = {name: slug(name) for name in names}
    taken = Counter(plain.values())
    return {
        name: f"{short}-{_digest(name)}" if taken[short] > 1 else short
        for name, short in plain.items()
    }


def absolute(publication: Publication, address: str = "") -> str:
    """Return the whole address of something on the site."""
    return f"{publication.url.rstrip('/')}/{address}"


def root_of(address: str) -> str:
    """Return the way from a page back to the site's root.

    >>> root_of("issues/12/"), root_of("")
    ('../../', './')
    """
    return "../" * address.count("/") or "./"


def placed(text: str, root: str) -> str:
    """Return rendered text whose addresses start at ``root``: a relative way, or a whole address.

    >>> placed('<a href="site:issues/12/">', root_of("entries/A/"))
    '<a href="../../issues/12/">'
    """
    return text.replace(f'="{SITE}', f'="{root}')


FOLDER = re.compile(r'(\b(?:href|src)="(?:\.{1,2}/|[^":?#]+/)+)(?=[#"])')


def for_files(page: str) -> str:
    """Return a placed page whose links to folders name the file in them, as a disk needs it.

    >>> for_files('<a href="../../issues/12/#a"> <a href="./"> <a href="https://a.org/b/">')
    '<a href="../../issues/12/index.html#a"> <a href="./index.html"> <a href="https://a.org/b/">'
    """
    return FOLDER.sub(r"\1index.html", page)


def file_of(address: str) -> str:
    """Return the file behind an address.

    >>> file_of("issues/12/"), file_of(""), file_of("sheet.csv")
    ('issues/12/index.html', 'index.html', 'sheet.csv')
    """
    return f"{address}index.html" if not address or address.endswith("/") else address


def _digest(name: str) -> str:
    return "x" + hashlib.sha256(name.encode()).hexdigest()[:8]
