"""Readers search: pages, parts, feeds and digests hold what is public and nothing else."""

import re

import feedparser
import pytest

SECRET = ("unseen", "Unseen", "Repeated promises among strangers", "Votes that")


def names(page: str) -> list[str]:
    return re.findall(r'class="name" href="[^"]*entries/(\w+)/"', page)


def test_words_find_entries_and_are_marked(reader):
    page = reader.get("/search/?q=promises+theory").text
    assert names(page) == ["AAAAAAAAAA"]
    assert "<mark>Promises</mark>" in page or "<mark>promises</mark>" in page
    assert "1 entry" in page


def test_the_part_is_what_the_page_holds(reader):
    page, part = (reader.get(f"/search/?q=talk{end}").text for end in ("", "&part=1"))
    assert names(page) == names(part) != []
    assert "<html" not in part
    assert part.split('<ol class="lines found"')[1] in page


def test_filters_and_highlights(reader):
    assert set(names(reader.get("/search/?category=Voting").text)) == {"EEEEEEEEEE", "FFFFFFFFFF"}
    assert set(names(reader.get("/search/?topic=promises").text)) == {"AAAAAAAAAA"}
    assert set(names(reader.get("/search/?highlights=1").text)) == {"AAAAAAAAAA", "EEEEEEEEEE"}
    assert names(reader.get("/search/?q=nosuchword").text) == []
    assert "Nothing is found" in reader.get("/search/?q=nosuchword").text


def test_every_search_is_a_feed(reader):
    for form in ("rss", "atom"):
        answer = reader.get(f"/feeds/search.{form}?q=promises")
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert feed.feed.title == "Commons Weekly: promises"
        # The second one refers to the first by its title.
        found = [entry.link.rsplit("/", 2)[1] for entry in feed.entries]
        assert found == ["AAAAAAAAAA", "BBBBBBBBBB"]
    assert reader.get("/feeds/search.html").status_code == 404


def test_results_tell_what_was_corrected_and_the_feed_brings_it_back(reader):
    told = "Correction, 20 November 2026:"
    assert f"{told} There were 40 pairs, not 41." in reader.get("/search/?q=promises").text
    assert told in re.sub("<[^>]+>", "", reader.get("/digest/?q=promises").text)
    feed = feedparser.parse(reader.get("/feeds/search.rss").content)
    assert feed.entries[0].link.endswith("/AAAAAAAAAA/")
    assert feed.entries[0].updated_parsed[:3] == (2026, 11, 20)


def test_every_search_is_a_digest(reader):
    page = reader.get("/digest/?q=talk").text
    assert "Cheap talk" in page
    assert "I am" in page
    assert "unseen" not in page


@pytest.mark.parametrize("path", ["/search/", "/digest/", "/feeds/search.atom"])
@pytest.mark.parametrize("query", ["", "q=unseen", "q=votes", "q=strangers", "q=title"])
def test_nothing_withheld_is_found(reader, path, query):
    text = reader.get(f"{path}?{query}").text
    echoed = text.replace(query.partition("=")[2], "") if query else text
    assert not any(word in echoed for word in SECRET if word not in query)


HOSTILE = ['"', "<script>alert(1)</script>", "'; DROP TABLE entries; --", "AND OR NOT (", "*", "\0"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_searches_are_words(reader, words):
    for path in ("/search/", "/digest/"):
        answer = reader.get(path, params={"q": words, "category": words, "page": words})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
