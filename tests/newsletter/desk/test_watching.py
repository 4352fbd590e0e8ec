"""Searches that editors keep are feeds that readers follow."""

import re

import feedparser


def test_a_search_is_kept_followed_and_removed(ada, reader):
    assert "Promises in full" not in reader.get("/feeds/").text
    page = ada.post("/desk/searches", {"name": "Promises in full", "q": "promises"}).text
    assert "Promises in full" in page
    assert "2 entries" in page
    address = re.search(r'href="/(feeds/search-[^"]*\.atom)"', page)[1]
    assert "Promises in full" in reader.get("/feeds/").text
    feed = feedparser.parse(reader.get(f"/{address}").content)
    assert not feed.bozo
    assert {entry.title for entry in feed.entries} >= {"Promises that are kept"}
    assert "unseen" not in str(feed)
    key = re.search(r'name="search" value="(\w+)"', page)[1]
    assert "Promises in full" not in ada.post("/desk/searches/remove", {"search": key}).text
    assert reader.get(f"/{address}").status_code == 404


def test_names_are_unique_text(ada):
    name = "<script>alert(1)</script>"
    assert name not in ada.post("/desk/searches", {"name": name, "topic": "trust"}).text
    assert ada.post("/desk/searches", {"name": name}).status_code == 422
    assert ada.post("/desk/searches", {"name": " "}).status_code == 422
