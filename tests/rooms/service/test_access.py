"""Who may do what: tokens for programs, cookies for browsers, and nothing for anybody else."""

import httpx
import pytest

from comity.rooms.service.access import Access, cookie_name, csrf_of
from comity.rooms.service.settings import Limits, Settings
from room_play import agreeing
from rooms_http import Meeting, bearer


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def browser(meeting, server):
    """A browser that A's link has seated, with what a page would give it against forgery."""
    with httpx.Client(base_url=server.url, timeout=60) as browser:
        browser.get(f"/s/{meeting.tokens['A']}")
        session = browser.cookies[f"room-{meeting.id}"]
        browser.csrf = csrf_of(session)
        yield browser


def post(browser, meeting, **headers) -> httpx.Response:
    join = meeting.seats["A"].next(meeting.room())
    return browser.post(f"{meeting.path}/messages", json=join.to_dict(), headers=headers)


def test_nothing_shown_is_401_whether_there_is_a_room_or_not(client, meeting):
    for room in (meeting.id, "0" * 32):
        for path in ("", "/log", "/events"):
            answer = client.get(f"/api/rooms/{room}{path}")
            assert error(answer) == (401, "token")
            assert answer.headers["www-authenticate"] == "Bearer"
        assert error(client.post(f"/api/rooms/{room}/messages", json={})) == (401, "token")


def test_a_wrong_token_never_tells_whether_there_is_a_room(client, meeting):
    other = Meeting(client, agreeing())
    wrong = ["x" * 43, other.tokens["A"], other.tokens[None]]
    answers = [
        client.request(method, f"/api/rooms/{room}{path}", headers=bearer(token))
        for room in (meeting.id, "0" * 32)
        for method, path in (
            ("GET", ""),
            ("GET", "/log"),
            ("GET", "/events"),
            ("POST", "/messages"),
        )
        for token in wrong
    ]
    assert {(a.status_code, a.text) for a in answers} == {(404, answers[0].text)}


@pytest.mark.parametrize("shown", ["Basic abc", "Bearer", "Bearer a b", "Bearer " + "x" * 201, ""])
def test_what_is_no_token(client, meeting, shown):
    answer = client.get(meeting.path, headers={"Authorization": shown})
    assert error(answer) == (401, "token")


def test_a_link_seats_a_browser(browser, meeting):
    state = browser.get(meeting.path).json()
    assert (state["you"], state["phase"]) == ("A", "joining")
    assert post(browser, meeting, **{"X-CSRF-Token": browser.csrf}).status_code == 200


def test_a_cookie_alone_changes_nothing(browser, meeting):
    assert error(post(browser, meeting)) == (403, "csrf")
    assert error(post(browser, meeting, **{"X-CSRF-Token": "0" * 64})) == (403, "csrf")
    assert meeting.state()["entries"] == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_site_changes_nothing(browser, meeting, sent):
    answer = post(browser, meeting, **{"X-CSRF-Token": browser.csrf}, **sent)
    assert error(answer) == (403, "origin")
    opened = browser.post("/api/rooms", json={"message": meeting.opening.to_dict()}, headers=sent)
    assert error(opened) == (403, "origin")
    assert meeting.state()["entries"] == 1


def test_our_own_pages_may(browser, meeting, server):
    own = {"Origin": server.url, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": browser.csrf}
    assert post(browser, meeting, **own).status_code == 200


def test_no_site_may_read_across_origins(browser, meeting):
    answer = browser.get(meeting.path, headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    preflight = browser.options(f"{meeting.path}/messages")
    assert preflight.status_code == 405


def test_one_browser_holds_seats_in_several_rooms(browser, client, meeting):
    other = Meeting(client, agreeing())
    browser.get(f"/s/{other.tokens['B']}")
    assert browser.get(meeting.path).json()["you"] == "A"
    assert browser.get(other.path).json()["you"] == "B"


def test_a_cookie_of_one_room_opens_no_other(browser, client, meeting):
    other = Meeting(client, agreeing())
    session = browser.cookies[f"room-{meeting.id}"]
    answer = client.get(other.path, headers={"Cookie": f"room-{other.id}={session}"})
    assert error(answer) == (404, "unknown")


def test_a_session_ends_and_the_link_begins_another(serve, time):
    server = serve(clock=time, session=60)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        client.get(f"/s/{meeting.tokens['A']}")
        cookie = {"Cookie": f"room-{meeting.id}={client.cookies[f'room-{meeting.id}']}"}
        time.pass_(59)
        assert httpx.get(server.url + meeting.path, headers=cookie, timeout=60).status_code == 200
        time.pass_(1)
        assert httpx.get(server.url + meeting.path, headers=cookie, timeout=60).status_code == 404
        client.get(f"/s/{meeting.tokens['A']}")
        assert client.get(meeting.path).status_code == 200


def test_names_of_cookies():
    assert cookie_name(Settings(), "ab") == "room-ab"
    assert cookie_name(Settings(base_url="https://rooms.example"), "ab") == "__Host-room-ab"


def test_nothing_secret_is_shown():
    shown = repr(Access("ab", "A", "cookie", "secret"))
    assert "secret" not in shown
    assert csrf_of("session") != csrf_of("Session")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"Host": "rooms.example"},
        {"Host": "127.0.0.1.rooms.example"},
        {"Host": ""},
    ],
)
def test_counts_are_told_to_no_proxy(client, headers):
    """Where the operator set no token, only to a program on the same machine that asks for it."""
    assert error(client.get("/metrics", headers=headers)) == (401, "token")
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"Host": "localhost:9"}).status_code == 200
    assert client.get("/metrics", headers={"Host": "[::1]:9"}).status_code == 200


def test_counts_are_told_to_the_operators_token(serve):
    server = serve(metrics_token="mine")
    with httpx.Client(base_url=server.url, timeout=60) as client:
        found = client.get("/metrics", headers={**bearer("mine"), "X-Forwarded-For": "192.0.2.1"})
        assert found.status_code == 200
        for headers in ({}, bearer("other"), bearer("MINE")):
            assert error(client.get("/metrics", headers=headers)) == (401, "token")


def test_guessing_the_operators_token_is_slow(serve):
    server = serve(metrics_token="mine", limits=Limits(rate=0.001, burst=3))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        answers = [client.get("/metrics", headers=bearer(str(k))).status_code for k in range(5)]
    assert answers == [401, 401, 401, 429, 429]
