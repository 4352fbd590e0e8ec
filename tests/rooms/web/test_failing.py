"""What a person's browser shows where something is wrong, and what programs are told."""

import pytest

from comity.language import LANGUAGES, words_of
from comity.rooms.service.failures import STATUS_OF
from comity.rooms.web.failing import NOWHERE, PROGRAMS, SAID_AS
from pages import Outline

PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"Accept": "*/*"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_unknown_address_is_a_page_in_the_readers_language(client, code):
    answer = client.get("/nowhere", headers={**PERSON, "Accept-Language": code})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == words_of(code).tag
    assert words_of(code).say("site.nowhere") in answer.text
    assert {"h1", "main", "footer"} <= set(Outline(answer.text).tags)


@pytest.mark.parametrize("path", ["/nowhere", "/rooms/short", "/rooms", "/s/"])
def test_a_program_is_told_in_json(client, path):
    answer = client.get(path, headers=PROGRAM)
    assert answer.status_code in (404, 422)
    assert set(answer.json()["error"]) == {"code", "message", "place", "found", "expected"}


@pytest.mark.parametrize("path", [f"{part.rstrip('/')}/x" for part in PROGRAMS])
def test_paths_of_programs_stay_json_whatever_is_accepted(client, path):
    answer = client.get(path, headers=PERSON)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "unknown"


@pytest.mark.parametrize("path", ["/rooms/short", f"/rooms/{'g' * 32}", "/s/" + "x" * 300])
def test_a_link_that_cannot_be_one_opens_no_room(client, path):
    answer = client.get(path, headers={**PERSON, "Accept-Language": "es"})
    assert answer.status_code == 404
    assert words_of("es").say("room.lost_heading") in answer.text


def test_the_status_and_what_to_do_stay(client):
    answer = client.request("DELETE", "/workbench", headers=PERSON)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert words_of("en").say("site.nowhere") in answer.text


def test_too_many_requests_are_answered_in_words(client, site, monkeypatch):
    monkeypatch.setattr(site.app.state.rates, "wait", lambda key, cost: 3.0)
    answer = client.get("/workbench", headers=PERSON)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "3"
    assert words_of("en").say("code.rate") in answer.text


OURS = ("csrf", "media", "origin")
"""Codes that no page of ours brings about."""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("failure", sorted({*STATUS_OF} - {*NOWHERE, *OURS}))
def test_every_failure_that_a_person_can_meet_has_words(code, failure):
    assert words_of(code).has(f"code.{SAID_AS.get(failure, failure)}")
