"""Feeds in full: RSS 2.0 and Atom from one description.

A feed holds whole texts and whole addresses, so that it can be read anywhere. Sources: RSS
Advisory Board, RSS 2.0.11; RFC 4287 (Atom); the ``content`` and ``atom`` modules of RSS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from comity.newsletter.editions.dates import NEVER, rfc822, rfc3339

ATOM = "http://www.w3.org/2005/Atom"
NAMESPACES = {
    "xmlns:atom": ATOM,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}
"""Of the elements in RSS that are not its own. Declared once, at the root."""

FORMS = {"rss": "application/rss+xml", "atom": "application/atom+xml"}
"""Kind of content by form."""

UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""


MARKUP = re.compile(r"<|&#?\w+;")


@dataclass(frozen=True, slots=True)
class Post:
    """One thing in a feed."""

    title: str
    address: str
    """Whole and permanent; also its identity."""
    content: str
    """HTML with whole addresses."""
    summary: str = ""
    """Plain text."""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What readers may follow."""

    title: str
    description: str
    page: str
    """Whole address of the page that the feed follows."""
    address: str
    """Whole address of the feed itself."""
    posts: tuple[Post, ...]
    language: str = "en"
    author: str = ""
    rights: str = ""

    @property
    def updated(self) -> datetime:
        """When the latest of its posts changed."""
        return max((post.updated or post.published or NEVER for post in self.posts), default=NEVER)


def rss(feed: Feed) -> bytes:
    """Return a feed as RSS 2.0."""
    root = Element("rss", {"version": "2.0", **NAMESPACES})
    channel = SubElement(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.page)
    add(channel, "description", html(feed.description or feed.title))
    add(channel, "language", feed.language)
    add(channel, "copyright", feed.rights)
    if feed.updated > NEVER:
        add(channel, "lastBuildDate", rfc822(feed.updated))
    link = {"href": feed.address, "rel": "self", "type": FORMS["rss"]}
    SubElement(channel, "atom:link", link)
    for post in feed.posts:
        _rss_item(SubElement(channel, "item"), post)
    return written(root)


def _rss_item(item: Element, post: Post) -> None:
    add(item, "title", post.title)
    add(item, "link", post.address)
    add(item, "guid", post.address, isPermaLink="true")
    add(item, "description", html(post.summary or post.title))
    for name in post.authors:
        add(item, "dc:creator", name)
    for name in post.categories:
        add(item, "category", name)
    add_dates(item, post.published, post.updated)
    add(item, "content:encoded", post.content)


def add_dates(item: Element, published: datetime | None, updated: datetime | None) -> None:
    """Put into an item of RSS when it appeared and, if it changed since, when that was.

    RSS 2.0 has one date, that of publication: a later one there would be untrue, and readers that
    go by it would tell of the same thing as if it were another. What tells of a change is Atom's
    ``updated``, beside the same ``guid``.
    """
    if published:
        add(item, "pubDate", rfc822(published))
    if updated and updated != published:
        add(item, "atom:updated", rfc3339(updated))


def atom(feed: Feed) -> bytes:
    """Return a feed as Atom 1.0."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    add(root, "id", feed.address)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.description)
    add(root, "updated", rfc3339(feed.updated))
    add(root, "rights", feed.rights)
    add(SubElement(root, "author"), "name", feed.author or feed.title)
    SubElement(root, "link", {"rel": "self", "type": FORMS["atom"], "href": feed.address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for post in feed.posts:
        _atom_entry(SubElement(root, "entry"), post)
    return written(root)


def _atom_entry(entry: Element, post: Post) -> None:
    add(entry, "id", post.address)
    add(entry, "title", post.title)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": post.address})
    if post.published:
        add(entry, "published", rfc3339(post.published))
    add(entry, "updated", rfc3339(post.updated or post.published or NEVER))
    for name in post.authors:
        add(SubElement(entry, "author"), "name", name)
    for name in post.categories:
        SubElement(entry, "category", {"term": name})
    add(entry, "summary", post.summary)
    add(entry, "content", post.content, type="html")


WRITERS = {"rss": rss, "atom": atom}


def add(parent: Element, tag: str, text: str, **attributes: str) -> None:
    """Put an element with text into another, unless the text is empty."""
    if text:
        SubElement(parent, tag, attributes).text = text


def html(text: str) -> str:
    """Return plain text as readers take descriptions in RSS: as HTML, where it could be any.

    >>> html("talk & play"), html("a <b> c")
    ('talk & play', 'a &lt;b&gt; c')
    """
    return escape(text, quote=False) if MARKUP.search(text) else text


def written(root: Element) -> bytes:
    """Return a document as bytes in UTF-8, without characters that XML cannot hold."""
    for element in root.iter():
        element.text = element.text and UNSPEAKABLE.sub("", element.text)
        for name, value in element.items():
            element.set(name, UNSPEAKABLE.sub("", value))
    indent(root, " ")
    return tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
