"""The feeds of a site, read by feedparser and podcastparser."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import feedparser
import podcastparser
import pytest

from comity.newsletter.editions.email import email
from comity.newsletter.editions.feeds import WRITERS
from comity.newsletter.editions.web.following import LATEST_ENTRIES, LATEST_ISSUES, feeds
from comity.newsletter.editions.web.listening import Heard
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.issue import Audio, Erratum, Issue
from comity.newsletter.model.withholding import withhold
from newsletter_sites import Page, site_of
from newsletter_small import PUBLICATION, URL, entry, view


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
    first, second = parsed(found, "issues", form).entries
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
def test_entries_come_one_by_one_what_changed_last_first(found, form):
    entries = parsed(found, "entries", form).entries
    assert [e.link.removeprefix(f"{URL}/entries/")[0] for e in entries] == list("AEFKBCD")
    first = next(e for e in entries if "AAAA" in e.link)
    assert first.authors[0].name == "Mary Somerville"
    assert len(first.authors) == 3
    assert [tag.term for tag in first.tags] == ["Contracts", "trust", "promises"]
    assert "People keep promises" in first.summary


@pytest.mark.parametrize("form", WRITERS)
def test_what_was_corrected_is_news_to_readers(found, form):
    entries = parsed(found, "entries", form).entries
    first = next(e for e in entries if "AAAA" in e.link)
    assert first.updated_parsed[:3] == (2026, 11, 20)
    assert first.published_parsed[:3] == (2026, 11, 5)
    assert parsed(found, "issues", form).feed.updated_parsed[:3] == (2026, 11, 20)


YEARS_OF_ISSUES = tuple(
    Issue(n, date=str(date(2020, 1, 6) + timedelta(weeks=n)), sent="unknown", created="")
    for n in range(1, 171)
)
MANY = tuple(replace(entry(f"E{n:09}", f"t{n}", 1 + n // 3), position=n) for n in range(510))
OLD = "E000000007"
"""In the third issue of 170, and far behind the last of any feed."""


def followed(errata):
    """The feeds of a long-lived publication, the whole of which a saved search finds."""
    archive = Archive(MANY, YEARS_OF_ISSUES, errata=tuple(errata))
    shown = withhold(PUBLICATION, archive, "public")
    heard = {3: Heard(Audio("audio/3.mp3", 10, 5.0), "audio/3.mp3")}
    return dict(feeds(Site(shown, heard=heard, searches={"all": tuple(e.id for e in MANY)})))


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(
    ("name", "page", "most"),
    [
        ("issues", "issues/3/", LATEST_ISSUES),
        ("entries", f"entries/{OLD}/", LATEST_ENTRIES),
        ("category-communication", f"entries/{OLD}/", LATEST_ENTRIES),
        ("search-all", f"entries/{OLD}/", LATEST_ENTRIES),
    ],
)
def test_a_correction_brings_what_is_years_old_back_as_the_same_thing(form, name, page, most):
    address = f"{URL}/{page}"
    before = parsed(followed(()), name, form).entries
    assert len(before) == most
    assert address not in {post.id for post in before}

    note = "There were 40 pairs, *not 41*; see <@@>(@#E000000001@)."
    after = parsed(followed([Erratum(OLD, "2026-11-20", note)]), name, form)
    assert len(after.entries) == most
    back, *others = after.entries
    assert back.id == back.link == address
    assert back.published_parsed[:3] == (2020, 1, 27)
    assert back.updated_parsed[:3] == (2026, 11, 20) == after.feed.updated_parsed[:3]
    text = Page(back.content[0].value).text
    assert "Correction, 20 November 2026:" in text
    assert "There were 40 pairs, not 41; see t1" in text
    assert [post.id for post in others] == [post.id for post in before[: most - 1]]


@pytest.mark.parametrize("form", WRITERS)
def test_each_correction_of_one_day_is_news_and_is_told(form):
    seen = set()
    for count in range(1, 4):
        errata = [Erratum(OLD, "2026-11-20", f"Correction number {n}.") for n in range(count)]
        post = parsed(followed(errata), "entries", form).entries[0]
        assert f"Correction number {count - 1}." in post.content[0].value
        seen.add((post.id, post.updated))
    assert len(seen) == 3
    assert len({name for name, _ in seen}) == 1


def test_many_corrections_at_once_do_not_hide_what_is_new():
    errata = [Erratum(e.id, "2026-11-20", "The year was wrong.") for e in MANY[:400]]
    made = followed(errata)
    issues = [post.id.rsplit("/", 2)[1] for post in parsed(made, "issues", "atom").entries]
    assert issues[LATEST_ISSUES // 2 :] == [str(n) for n in range(170, 160, -1)]
    entries = [post.id.rsplit("/", 2)[1] for post in parsed(made, "entries", "atom").entries]
    newest = sorted(MANY, key=lambda e: (-e.issue, e.position))[: LATEST_ENTRIES // 2]
    assert entries[LATEST_ENTRIES // 2 :] == [e.id for e in newest]


def test_the_notes_of_a_recording_tell_of_a_correction():
    made = followed([Erratum(OLD, "2026-11-20", "Forty, not 41.")])
    (episode,) = parsed(made, "podcast", "rss").entries
    assert episode.id == f"{URL}/issues/3/"
    assert episode.published_parsed[:3] == (2020, 1, 27)
    assert episode.updated_parsed[:3] == (2026, 11, 20)
    assert "Correction, 20 November 2026: Forty, not 41." in Page(episode.content[0].value).text


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


@pytest.mark.parametrize("form", WRITERS)
def test_an_issue_ends_with_the_way_to_get_it_by_mail_where_there_is_one(found, form):
    page = "https://commons.example.org/by-mail"
    mailed = replace(PUBLICATION, subscribe=page)
    made = dict(feeds(Site(withhold(mailed, view().archive, "public"))))
    for feed, expected in ((made, True), (found, False)):
        for post in parsed(feed, "issues", form).entries:
            assert (page in Page(post.content[0].value).links) == expected


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
