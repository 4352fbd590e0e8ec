"""The feeds of a site, read by feedparser and podcastparser."""

import io
import re
from dataclasses import replace

import feedparser
import podcastparser
import pytest

from comity.newsletter.editions.email import email
from comity.newsletter.editions.feeds import WRITERS
from comity.newsletter.editions.web.following import LATEST_ENTRIES, feeds
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.withholding import withhold
from newsletter_sites import Page, site_of
from newsletter_small import PUBLICATION, URL, entry


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    searches = {"on trust": ("BBBBBBBBBB", "GGGGGGGGGG", "JJJJJJJJJJ", "AAAAAAAAAA")}
    site = site_of(tmp_path_factory.mktemp("site"), searches=searches)
    return dict(feeds(site))


def parsed(found, name, form):
    read = feedparser.parse(found[f"feeds/{name}.{form}"])
    assert not read.bozo
    return read


@pytest.mark.parametrize("form", WRITERS)
def test_an_issue_is_there_whole(found, form):
    second, first = parsed(found, "issues", form).entries
    assert (second.title, first.title) == ("CW #2", "CW #1: Promises")
    assert first.link == first.id == f"{URL}/issues/1/"
    assert first.published_parsed[:4] == (2026, 11, 5, 9)
    text = Page(first.content[0].value).text
    for part in (
        "Opinions are mine alone",
        "Welcome to the first issue.",
        "Highlights",
        "The share is $p^2$ and the rest",
        "This is the most careful study so far.",
        "There were 40 pairs, not 41.",
        "A response to cheap talk",
        "Thank you.",
    ):
        assert part in text
    assert "unseen" not in text
    assert {tag.term for tag in first.tags} == {"Commitment", "Communication"}


@pytest.mark.parametrize("form", WRITERS)
def test_entries_come_one_by_one_latest_issue_first(found, form):
    entries = parsed(found, "entries", form).entries
    assert [e.link.removeprefix(f"{URL}/entries/")[0] for e in entries] == list("EFKABCD")
    first = next(e for e in entries if "AAAA" in e.link)
    assert first.authors[0].name == "Mary Somerville"
    assert len(first.authors) == 3
    assert [tag.term for tag in first.tags] == ["Contracts", "trust", "promises"]
    assert "People keep promises" in first.summary


def test_what_was_corrected_is_news_to_readers_of_atom(found):
    entries = parsed(found, "entries", "atom").entries
    first = next(e for e in entries if "AAAA" in e.link)
    assert first.updated_parsed[:3] == (2026, 11, 20)
    assert first.published_parsed[:3] == (2026, 11, 5)
    assert parsed(found, "issues", "atom").feed.updated_parsed[:3] == (2026, 11, 20)


@pytest.mark.parametrize("form", WRITERS)
def test_a_category_and_a_saved_search_have_feeds_of_what_was_sent(found, form):
    voting = parsed(found, "category-voting", form)
    assert voting.feed.title == "Commons Weekly: Voting"
    assert len(voting.entries) == 2
    search = parsed(found, "search-on-trust", form)
    assert [e.link[-11] for e in search.entries] == ["A", "B"]


def test_every_address_in_every_feed_is_whole(found):
    for name, data in found.items():
        for post in feedparser.parse(data).entries:
            links = Page(post.content[0].value).links
            assert all(link.startswith(("https://", "mailto:", "#")) for link in links), name


def test_the_podcast_has_the_recorded_issues(found):
    address = f"{URL}/feeds/podcast.rss"
    read = podcastparser.parse(address, io.BytesIO(found["feeds/podcast.rss"]))
    (episode,) = read["episodes"]
    assert episode["title"] == "CW #1: Promises"
    assert episode["enclosures"][0]["url"] == f"{URL}/audio/1.mp3"
    assert episode["enclosures"][0]["file_size"] == 12_345
    assert "This is the most careful study" in episode["description_html"]
    assert f'url="{URL}/audio/1.vtt"'.encode() in found["feeds/podcast.rss"]


def test_the_podcast_that_mails_lead_to_is_there_before_any_recording():
    shown = withhold(
        PUBLICATION, Archive((entry("A", "a", 1),), (Issue(1, sent="unknown"),)), "public"
    )
    site = Site(shown)
    mail = email(shown, site.editions[1])
    (address,) = set(re.findall(rf"{URL}/(feeds/[^\s\"]+)", mail.text))
    read = podcastparser.parse(f"{URL}/{address}", io.BytesIO(dict(feeds(site))[address]))
    assert (read["title"], read["episodes"]) == (PUBLICATION.name, [])


def test_an_issue_that_nobody_dated_is_followed_all_the_same():
    issues = (
        Issue(1, sent="unknown", created="2026-11-26T07:00:00+00:00"),
        Issue(2, sent="unknown"),
    )
    entries = tuple(replace(entry(f"E{n}", f"t{n}", 1 + n % 2), position=n) for n in range(120))
    made = dict(feeds(Site(withhold(PUBLICATION, Archive(entries, issues), "public"))))
    second, first = parsed(made, "issues", "atom").entries
    assert first.updated_parsed[:3] == (2026, 11, 26)
    assert second.updated_parsed[0] == 1970
    assert "published" not in first
    assert len(parsed(made, "entries", "rss").entries) == LATEST_ENTRIES
