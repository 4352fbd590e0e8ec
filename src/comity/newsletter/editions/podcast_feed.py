"""The podcast: RSS with what players of podcasts read.

Sources: RSS Advisory Board, RSS 2.0.11; Apple, *A Podcaster's Guide to RSS*; Podcast Index, *The
podcast namespace* 1.0 (``transcript``, ``chapters``, ``guid``, ``locked``, ``medium``,
``person``, ``episode``, ``license``).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from comity.newsletter.editions.addresses import COVER, PODCAST, absolute
from comity.newsletter.editions.dates import NEVER, rfc822
from comity.newsletter.editions.feeds import FORMS, NAMESPACES, add, add_dates, html, written
from comity.newsletter.model.publication import Publication

PODCASTS = "https://podcastindex.org/namespace/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PREFIXES = {**NAMESPACES, "xmlns:itunes": ITUNES, "xmlns:podcast": PODCASTS}

PODCAST_IDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace in which the Podcast Index makes a podcast's identity of its feed's address."""
CHAPTERS = "application/json+chapters"
TRANSCRIPT = "text/vtt"
IDENTIFIER = re.compile(r"[A-Za-z0-9.+-]{1,128}")
"""A licence by its identifier; any other would need the address of its text."""
SUBJECT = "Science"
"""One of Apple's categories, without which its directory takes no podcast."""


@dataclass(frozen=True, slots=True)
class Episode:
    """An issue that can be heard. Addresses are whole."""

    number: int
    title: str
    page: str
    recording: str
    bytes: int
    seconds: float
    notes: str
    """HTML."""
    summary: str = ""
    """Plain text."""
    chapters: str = ""
    transcript: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    """When its notes last changed."""


def podcast_id(address: str) -> str:
    """Return the identity of a podcast, made of the address of its feed.

    >>> podcast_id("https://podnews.net/rss/")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    bare = address.partition("://")[2] or address
    return str(uuid.uuid5(PODCAST_IDS, bare.rstrip("/")))


def podcast(publication: Publication, episodes: Sequence[Episode]) -> bytes:
    """Return the feed of a podcast, latest episode first as given."""
    root = Element("rss", {"version": "2.0", **PREFIXES})
    channel = SubElement(root, "channel")
    _about(channel, publication)
    _for_players(channel, publication)
    moments = [episode.updated or episode.published or NEVER for episode in episodes]
    if max(moments, default=NEVER) > NEVER:
        add(channel, "lastBuildDate", rfc822(max(moments)))
    for episode in episodes:
        _item(SubElement(channel, "item"), publication, episode)
    return written(root)


def _about(channel: Element, publication: Publication) -> None:
    cover = absolute(publication, COVER)
    add(channel, "title", publication.name)
    add(channel, "link", absolute(publication))
    add(channel, "description", html(publication.description or publication.name))
    add(channel, "language", publication.language)
    add(channel, "copyright", publication.licence)
    image = SubElement(channel, "image")
    add(image, "url", cover)
    add(image, "title", publication.name)
    add(image, "link", absolute(publication))
    own = absolute(publication, PODCAST)
    SubElement(channel, "atom:link", {"href": own, "rel": "self", "type": FORMS["rss"]})


def _for_players(channel: Element, publication: Publication) -> None:
    editor = publication.editor or publication.name
    add(channel, "itunes:author", editor)
    if publication.address:
        owner = SubElement(channel, "itunes:owner")
        add(owner, "itunes:name", editor)
        add(owner, "itunes:email", publication.address)
        add(channel, "podcast:locked", "no", owner=publication.address)
    SubElement(channel, "itunes:image", {"href": absolute(publication, COVER)})
    SubElement(channel, "itunes:category", {"text": SUBJECT})
    add(channel, "itunes:explicit", "false")
    add(channel, "itunes:type", "episodic")
    add(channel, "podcast:guid", podcast_id(absolute(publication, PODCAST)))
    add(channel, "podcast:medium", "podcast")
    add(channel, "podcast:person", publication.editor[:128])
    if IDENTIFIER.fullmatch(publication.licence):
        add(channel, "podcast:license", publication.licence.lower())


def _item(item: Element, publication: Publication, episode: Episode) -> None:
    add(item, "title", episode.title)
    add(item, "link", episode.page)
    add(item, "guid", episode.page, isPermaLink="true")
    add(item, "description", html(episode.summary or episode.title))
    add(item, "content:encoded", episode.notes)
    add_dates(item, episode.published, episode.updated)
    SubElement(
        item,
        "enclosure",
        {"url": episode.recording, "length": str(episode.bytes), "type": "audio/mpeg"},
    )
    add(item, "itunes:duration", str(round(episode.seconds)))
    add(item, "itunes:episode", str(episode.number))
    add(item, "itunes:episodeType", "full")
    add(item, "itunes:explicit", "false")
    label = publication.label(episode.number)
    add(item, "podcast:episode", str(episode.number), display=label[:32])
    if episode.transcript:
        kind = {"url": episode.transcript, "type": TRANSCRIPT, "language": publication.language}
        SubElement(item, "podcast:transcript", kind)
    if episode.chapters:
        SubElement(item, "podcast:chapters", {"url": episode.chapters, "type": CHAPTERS})
