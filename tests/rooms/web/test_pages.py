"""Pages in the reader's language, with nothing inline."""

import re
from itertools import pairwise

import pytest

from comity.language import LANGUAGES, words_of
from pages import Outline

PATHS = ["/", "/open?about=own", "/open?about=file", "/open?about=river", "/workbench"]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_inline_and_nothing_is_elsewhere(client, path):
    outline = Outline(client.get(path).text)
    names = {name for _, name, _ in outline.attributes}
    assert "style" not in outline.tags
    assert not {name for name in names if name == "style" or name.startswith("on")}
    for tag, name, value in outline.attributes:
        if name in ("src", "href", "action"):
            assert value.startswith(("/", "#", "data:,")), (tag, value)
            assert not value.startswith("//")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_the_header_chooses_the_language(client, path, code):
    answer = client.get(path, headers={"Accept-Language": code})
    assert answer.headers["content-language"] == words_of(code).tag
    assert f'lang="{words_of(code).tag}"' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


def test_a_choice_is_remembered(client):
    answer = client.get("/?lang=de", headers={"Accept-Language": "es"})
    assert words_of("de").say("front.heading") in answer.text
    assert "HttpOnly" in answer.headers["set-cookie"]
    later = client.get("/", headers={"Accept-Language": "es"})
    assert words_of("de").say("front.heading") in later.text


def test_a_language_nobody_speaks_is_not_remembered(client):
    answer = client.get("/?lang=%3Cscript%3E")
    assert "set-cookie" not in answer.headers
    assert "<script>" not in answer.text


def test_a_change_of_language_stays_on_the_page(client):
    text = client.get("/open?about=river").text
    assert 'href="/open?lang=de&amp;about=river"' in text


@pytest.mark.parametrize("path", PATHS)
def test_headings_go_down_one_step_at_a_time(client, path):
    levels = [int(h) for h in re.findall(r"<h([1-6])", client.get(path).text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_name_cannot_become_markup(client):
    from agreement_situations import case_of
    from comity.games import NormalForm
    from rooms_http import Meeting

    evil = "<img src=x onerror=alert(1)>"
    game = NormalForm.from_payoffs([[[1.0, 2.0]], [[3.0, 4.0]]], players=[evil, "B"])
    meeting = Meeting(client, case_of([game] * 2))
    client.get(f"/s/{meeting.tokens['B']}")
    for path in ("", "/panel"):
        text = client.get(f"/rooms/{meeting.id}{path}").text
        assert evil not in text
        assert "&lt;img src=x" in text
