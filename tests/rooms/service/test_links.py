"""The link that seats a browser."""

import re

import httpx
import pytest

from comity.language import LANGUAGES, words_of
from room_play import agreeing
from rooms_http import Meeting


def test_it_trades_the_token_for_a_cookie(client, meeting):
    answer = client.get(f"/s/{meeting.tokens['A']}")
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"room-{meeting.id}=")
    for mark in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age="):
        assert mark in cookie
    assert "Secure" not in cookie
    assert meeting.tokens["A"] not in answer.text
    assert meeting.tokens["A"] not in cookie
    assert f'content="0; url=/rooms/{meeting.id}"' in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_over_tls_the_cookie_stays_there(serve):
    server = serve(base_url="https://rooms.example")
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        answer = client.get(f"/s/{meeting.tokens['A']}")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"__Host-room-{meeting.id}=")
    assert "Secure" in cookie
    assert "max-age" in answer.headers["strict-transport-security"]


def test_every_visit_is_a_session_of_its_own(client, meeting):
    first = client.get(f"/s/{meeting.tokens['A']}").headers["set-cookie"]
    second = client.get(f"/s/{meeting.tokens['A']}").headers["set-cookie"]
    assert first != second


HERE, THERE = {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "cross-site"}


def seat(client, meeting) -> str | None:
    """Whom the cookie of a browser speaks for."""
    return client.get(meeting.path).json()["you"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_who_has_a_seat_is_asked_before_it_gets_another(client, meeting, code):
    client.get(f"/s/{meeting.tokens['A']}")
    asked = client.get(f"/s/{meeting.tokens['B']}", headers={"Accept-Language": code})
    assert asked.status_code == 200
    assert "set-cookie" not in asked.headers
    assert words_of(code).say("switch.mine", name="A") in asked.text
    assert words_of(code).say("switch.change", name="B") in asked.text
    assert 'http-equiv="refresh"' not in asked.text
    assert seat(client, meeting) == "A"


def test_who_has_a_seat_does_not_become_one_who_watches(client, meeting):
    client.get(f"/s/{meeting.tokens['A']}")
    assert words_of("en").say("switch.watch") in client.get(f"/s/{meeting.tokens[None]}").text
    assert seat(client, meeting) == "A"


def test_the_own_link_again_and_one_for_who_watched_need_no_question(client, meeting):
    for name in (None, "A", "A"):
        answer = client.get(f"/s/{meeting.tokens[name]}")
        assert "set-cookie" in answer.headers
        assert seat(client, meeting) == name


def test_a_change_is_made_by_our_own_page_alone(client, meeting):
    link = f"/s/{meeting.tokens['B']}"
    client.get(f"/s/{meeting.tokens['A']}")
    csrf = re.search(r'name="csrf" value="(\w+)"', client.get(link).text)[1]
    for data in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": csrf[:-1]}, {"csrf": "\u00fc"}):
        denied = client.post(link, data=data)
        assert (denied.status_code, denied.json()["error"]["code"]) == (403, "csrf")
    assert seat(client, meeting) == "A"
    assert client.post("/s/nothing", data={"csrf": csrf}).status_code == 404
    changed = client.post(link, data={"csrf": csrf})
    assert (changed.status_code, changed.headers["location"]) == (303, f"/rooms/{meeting.id}")
    assert seat(client, meeting) == "B"
    # From another site no cookie comes along, and a half of one session is none of another.
    assert client.post(link, data={"csrf": csrf}).status_code == 403
    client.cookies.clear()
    answer = client.post(link, data={"csrf": csrf}, headers={"Accept": "text/html"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (404, False)


def test_a_link_on_another_site_is_followed_over_a_page_of_ours(client, meeting):
    """A browser sends strict cookies with what our own page leads to, not with the first click."""
    client.get(f"/s/{meeting.tokens['A']}")
    held = dict(client.cookies)
    client.cookies.clear()
    link = f"/s/{meeting.tokens['B']}"
    first = client.get(link, headers=THERE)
    assert "set-cookie" not in first.headers
    assert f'content="0; url={link}?again"' in first.text
    client.cookies.update(held)
    second = client.get(f"{link}?again", headers=HERE)
    assert words_of("en").say("switch.mine", name="A") in second.text
    assert seat(client, meeting) == "A"
    # One that says so of its own link is not believed, and leads nowhere for ever.
    client.cookies.clear()
    direct = client.get(f"{link}?again", headers=THERE)
    assert direct.status_code == 404
    assert "set-cookie" not in direct.headers


def test_a_wrong_link(client):
    for link in ("x" * 43, "x", "%00", "x" * 200, "%F0%9F%98%80"):
        answer = client.get(f"/s/{link}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown")
        assert "set-cookie" not in answer.headers
