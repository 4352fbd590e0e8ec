"""The queue: what is in each, filtered and in order, against counts by hand."""

import re

import pytest

from comity.newsletter.desk.queue import QUEUES, SORTS
from comity.newsletter.model.entry import Entry
from comity.newsletter.store.store import Store
from newsletter_desk import stored


def titles(page: str) -> list[str]:
    return re.findall(r'class="name" href="/desk/entries/\w+">([^<]*)<', page)


def test_each_queue_holds_what_its_name_says(ada):
    expected = {
        "write": {"Repeated promises among strangers"},
        "send": {"In the draft", "Votes that count", "Votes that wait"},
        "edits": set(),
        "undecided": {"Repeated promises among strangers"},
        "hidden": {"A link and nothing more", "Unseen title"},
    }
    for name, wanted in expected.items():
        assert set(titles(ada.get(f"/desk?queue={name}").text)) == wanted
    assert len(titles(ada.get("/desk?queue=all").text)) == 13
    assert set(expected) | {"all"} == set(QUEUES)


def test_it_begins_with_what_is_to_be_written(ada):
    assert titles(ada.get("/desk").text) == ["Repeated promises among strangers"]


@pytest.mark.parametrize("sort", SORTS)
def test_orders(ada, folder, sort):
    by_title = {}
    for entry in stored(folder).entries:
        by_title.setdefault(entry.title.split("&")[0].strip(), entry)
    found = titles(ada.get(f"/desk?queue=all&sort={sort}").text)
    entries = [by_title[title.split("&")[0].strip()] for title in found]
    keys = [SORTS[sort][1](entry) for entry in entries]
    assert keys == sorted(keys)
    assert len(entries) == 13


def test_a_year_is_not_told_twice(ada, folder):
    store = Store.open(folder)
    store.save_entries([Entry("PPPPPPPPPP", "At a venue", venue="AAMAS 2018", year="2018")])
    store.close()
    page = ada.get("/desk?queue=all").text
    assert "AAMAS 2018" in page
    assert not re.search(r"AAMAS 2018\W+2018", page)


def test_words_filter(ada):
    assert titles(ada.get("/desk?queue=all&q=votes COUNT").text) == ["Votes that count"]
    assert titles(ada.get("/desk?queue=all&q=hopper strangers").text) == [
        "Repeated promises among strangers"
    ]
    assert "Nothing here" in ada.get("/desk?queue=all&q=zzz").text


def test_odd_queries_are_passed_over(ada):
    for query in ("queue=x", "sort=x", "page=0", "page=-1", "page=99999", "page=x", "q=%00<b>"):
        page = ada.get(f"/desk?{query}")
        assert page.status_code == 200
        assert "<b>&" not in page.text


def test_pages(ada, folder, monkeypatch):
    monkeypatch.setattr("comity.newsletter.desk.queue.PAGE", 5)
    pages = [titles(ada.get(f"/desk?queue=all&sort=old&page={k}").text) for k in (1, 2, 3)]
    assert [len(page) for page in pages] == [5, 5, 3]
    assert len({title for page in pages for title in page}) == 13
