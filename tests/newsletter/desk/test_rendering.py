"""Pages carry the policies that keep them to themselves."""

import re

import pytest

READERS = ["/", "/issues/1/", "/entries/AAAAAAAAAA/", "/search/?q=talk", "/digest/"]
EDITORS = ["/desk", "/desk/entries/BBBBBBBBBB", "/desk/issues", "/desk/issues/3", "/desk/import",
           "/desk/replies", "/desk/calendar", "/desk/entries/BBBBBBBBBB/errata"]  # fmt: skip


@pytest.mark.parametrize("path", [*READERS, *EDITORS])
def test_nothing_inline_and_nothing_from_elsewhere(ada, path):
    answer = ada.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert not re.search("unsafe|http|[*]", policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", answer.text)
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]*)"', answer.text)
    assert loaded
    own = ("/", "../", "./", "static/", "feeds/", "https://commons.example.org/")
    assert all(address.startswith(own) for address in loaded)


def test_the_desk_is_framed_and_kept_by_nobody(ada):
    for path in EDITORS:
        headers = ada.get(path).headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_pages_of_failures_know_nothing_of_the_publication(reader):
    page = reader.get("/desk").text
    assert "The desk is closed" in page
    assert "Commons" not in page


def test_an_address_that_leads_nowhere_is_told_in_words_alone(reader):
    page = reader.get("/nowhere/").text
    assert "There is no such page." in page
    assert "<dt>" not in page
