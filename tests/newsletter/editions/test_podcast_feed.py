"""The podcast, read back by podcastparser and held against the namespace's own rules."""

import io
import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import podcastparser
import pytest

from comity.newsletter.editions.podcast_feed import Episode, podcast, podcast_id
from newsletter_small import PUBLICATION, URL

EPISODE = Episode(
    number=12,
    title='CW #12: "Promises" & <more>',
    page=f"{URL}/issues/12/",
    recording=f"{URL}/audio/12.mp3",
    bytes=1_234_567,
    seconds=754.4,
    notes='<p>With <a href="https://example.org/">links</a></p>',
    summary="Promises & talk",
    chapters=f"{URL}/audio/12.chapters.json",
    transcript=f"{URL}/audio/12.vtt",
    published=datetime(2026, 11, 5, 9, tzinfo=UTC),
)
BARE = Episode(11, "CW #11", f"{URL}/issues/11/", f"{URL}/audio/11.mp3", 10, 1.0, "<p>n</p>")
FEED = podcast(PUBLICATION, [EPISODE, BARE])

PODCAST = "{https://podcastindex.org/namespace/1.0}"
WEB = re.compile(r"https?://\S+")
MAIL = re.compile(r"\S+@\S+")
ANY = re.compile(r".{1,128}")
# From the documents of the Podcast Index on each tag: where it stands, how often, its text, and
# its attributes, with whether each is required.
RULES = {
    "guid": ("channel", 1, re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), {}),
    "locked": ("channel", 1, re.compile("yes|no"), {"owner": (MAIL, False)}),
    "medium": ("channel", 1, re.compile("podcast|music|video|film|audiobook|newsletter|blog"), {}),
    "person": ("channel", 99, ANY, {"role": (ANY, False), "group": (ANY, False)}),
    "license": ("channel", 1, re.compile(r"[a-z0-9.+-]{1,128}"), {"url": (WEB, False)}),
    "episode": ("item", 1, re.compile(r"\d+(\.\d+)?"), {"display": (re.compile(".{1,32}"), False)}),
    "transcript": (
        "item",
        99,
        re.compile(""),
        {
            "url": (WEB, True),
            "type": (re.compile("text/(vtt|html|plain)|application/(json|x-subrip|srt)"), True),
            "language": (re.compile(r"[a-z]{2,3}(-\w+)*"), False),
            "rel": (re.compile("captions"), False),
        },
    ),
    "chapters": (
        "item",
        1,
        re.compile(""),
        {"url": (WEB, True), "type": (re.compile(r"application/json\+chapters"), True)},
    ),
}


def breaches(feed):
    """What in a feed is not as the rules want it."""
    root = ElementTree.fromstring(feed)
    found = []
    for parent in root.iter():
        names = [child.tag for child in parent if child.tag.startswith(PODCAST)]
        for child in parent:
            if child.tag.startswith(PODCAST):
                found += _breaches(parent.tag, child, names.count(child.tag))
    return found


def _breaches(parent, element, count):
    name = element.tag.removeprefix(PODCAST)
    if name not in RULES:
        return [f"no such tag: {name}"]
    where, most, text, attributes = RULES[name]
    found = [] if parent == where else [f"{name} in {parent}"]
    found += [] if count <= most else [f"{count} times {name}"]
    found += [] if text.fullmatch(element.text or "") else [f"{name}: {element.text}"]
    for key, (pattern, required) in attributes.items():
        value = element.get(key)
        if required and value is None:
            found.append(f"{name} without {key}")
        if value is not None and not pattern.fullmatch(value):
            found.append(f"{name} {key}={value}")
    return found + [f"{name} {key}" for key in element.keys() if key not in attributes]  # noqa: SIM118


def test_tags_of_the_podcast_namespace_are_as_its_documents_want_them():
    assert breaches(FEED) == []
    tags = {e.tag.removeprefix(PODCAST) for e in ElementTree.fromstring(FEED).iter()}
    assert set(RULES) <= tags


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b' type="text/vtt"', b""),
        (b"application/json+chapters", b"application/json"),
        (b"<podcast:medium>podcast<", b"<podcast:medium>letter<"),
        (b"podcast:locked", b"podcast:lock"),
        (b'display="CW #12"', b'display="a name that is longer than players have room for"'),
    ],
)
def test_the_rules_find_what_is_wrong(old, new):
    assert FEED.count(old) > 0
    assert len(breaches(FEED.replace(old, new))) >= 1


@pytest.fixture(scope="module")
def parsed():
    return podcastparser.parse(f"{URL}/feeds/podcast.rss", io.BytesIO(FEED), max_episodes=0)


def test_a_player_reads_everything_about_the_podcast(parsed):
    assert parsed["title"] == PUBLICATION.name
    assert parsed["link"] == f"{URL}/"
    assert parsed["description"] == PUBLICATION.description
    assert parsed["language"] == PUBLICATION.language
    assert parsed["cover_url"] == f"{URL}/cover.png"
    assert parsed["itunes_author"] == "Ada Lovelace"
    assert parsed["itunes_owner"] == {"name": "Ada Lovelace", "email": "editor@example.org"}
    assert parsed["itunes_categories"] == [["Science"]]
    assert parsed["explicit"] is False
    assert parsed["type"] == "episodic"


def test_a_player_reads_everything_about_an_episode(parsed):
    first, second = parsed["episodes"]
    assert first["title"] == EPISODE.title
    assert first["link"] == first["guid"] == EPISODE.page
    assert first["description_html"] == EPISODE.notes
    assert first["published"] == int(EPISODE.published.timestamp())
    assert first["total_time"] == 754
    assert first["number"] == 12
    (file,) = first["enclosures"]
    assert file == {"url": EPISODE.recording, "file_size": 1_234_567, "mime_type": "audio/mpeg"}
    assert second["guid"] == BARE.page


def test_its_identity_is_that_of_its_address_whatever_the_scheme():
    # The example in the document on the tag.
    expected = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    for address in ("https://mp3s.nashownotes.com/pc20rss.xml", "mp3s.nashownotes.com/pc20rss.xml"):
        assert podcast_id(address) == expected
    assert uuid.UUID(podcast_id(URL)).version == 5


def test_a_publication_that_says_little_of_itself_still_has_a_podcast():
    silent = replace(PUBLICATION, editor="", address="", licence="All rights kept", description="")
    feed = podcast(silent, [BARE])
    assert breaches(feed) == []
    assert b"podcast:license" not in feed
    assert b"itunes:owner" not in feed
    assert podcastparser.parse("u", io.BytesIO(feed))["description"] == PUBLICATION.name
