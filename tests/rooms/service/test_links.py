"""The link that seats a browser."""

import httpx

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
    with httpx.Client(base_url=server.url) as client:
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


def test_a_wrong_link(client):
    for link in ("x" * 43, "x", "%00", "x" * 200, "%F0%9F%98%80"):
        answer = client.get(f"/s/{link}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown")
        assert "set-cookie" not in answer.headers
