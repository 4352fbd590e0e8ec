"""Feeds read back by feedparser and by the XML parser of the standard library."""

from datetime import UTC, datetime
from html import unescape
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.editions.feeds import WRITERS, Feed, Post, atom, rss

POST = Post(
    title='Cheap talk & "costly" <signals>',
    address="https://example.org/entries/A/",
    content='<p>Hé <a href="https://example.org/?a=1&amp;b=2">there</a> &lt;b&gt;</p>',
    summary="Said & done",
    authors=("Mary Somerville", "李雷"),
    categories=("Rules & institutions", "trust"),
    published=datetime(2026, 11, 5, 9, tzinfo=UTC),
    updated=datetime(2026, 11, 20, tzinfo=UTC),
)
FEED = Feed(
    title="Commons & co",
    description="Of <all> kinds",
    page="https://example.org/",
    address="https://example.org/feeds/a.xml",
    posts=(POST, Post("Bare", "https://example.org/entries/B/", "<p>b</p>")),
    language="en-GB",
    author="Ada Lovelace",
    rights="CC-BY-4.0",
)


def read(form):
    found = feedparser.parse(WRITERS[form](FEED))
    assert not found.bozo
    return found


@pytest.mark.parametrize("form", WRITERS)
def test_a_reader_finds_everything_about_the_feed(form):
    about = read(form).feed
    assert about.title == FEED.title
    assert unescape(about.subtitle) == FEED.description
    assert about.language == FEED.language
    assert about.rights == FEED.rights
    links = {(link["rel"], link["href"]) for link in about.links}
    assert links == {("alternate", FEED.page), ("self", FEED.address)}
    assert about.updated_parsed[:3] == (2026, 11, 20)


@pytest.mark.parametrize("form", WRITERS)
def test_a_reader_finds_everything_about_a_post(form):
    post = read(form).entries[0]
    assert post.title == POST.title
    assert post.link == post.id == POST.address
    assert [part.value for part in post.content] == [POST.content]
    assert post.summary == POST.summary
    assert tuple(author.name for author in post.authors) == POST.authors
    assert tuple(tag.term for tag in post.tags) == POST.categories
    assert post.published_parsed[:4] == (2026, 11, 5, 9)


def test_atom_says_when_a_post_changed_and_rss_names_a_permanent_link():
    assert read("atom").entries[0].updated_parsed[:3] == (2026, 11, 20)
    (guid, _) = ElementTree.fromstring(rss(FEED)).iter("guid")
    assert (guid.text, guid.get("isPermaLink")) == (POST.address, "true")


def test_a_post_without_facts_is_still_a_post():
    assert [feed.entries[1].title for feed in map(read, WRITERS)] == ["Bare", "Bare"]
    assert "<pubDate>" not in rss(Feed("a", "b", "c", "d", FEED.posts[1:])).decode()


def test_atom_has_what_rfc_4287_demands():
    root = ElementTree.fromstring(atom(FEED))
    space = "{http://www.w3.org/2005/Atom}"
    for element in (root, *root.findall(f"{space}entry")):
        for tag in ("id", "title", "updated"):
            assert len(element.findall(space + tag)) == 1
    assert root.find(f"{space}author/{space}name").text == "Ada Lovelace"


@pytest.mark.parametrize("form", WRITERS)
@given(text=st.text(st.characters(codec="utf-8")))
def test_no_text_breaks_a_feed(form, text):
    hostile = Feed(text, text, text, text, (Post(text, "https://e.org/", text, text, (text,)),))
    ElementTree.fromstring(WRITERS[form](hostile))


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_feed_is_the_same_bytes(form):
    assert WRITERS[form](FEED) == WRITERS[form](FEED)
