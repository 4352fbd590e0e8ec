"""Attempts to use a server up, by many requests, by large ones and by hostile ones.

The threat model in the docs names these tests.
"""

import secrets
from functools import partial

import httpx
import pytest

from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Message
from comity.rooms.service.settings import Limits
from room_play import agreeing, plain_json
from rooms_http import Meeting, bearer, opening


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_denial_of_service_by_one_address(serve):
    server = serve(limits=Limits(rate=0.001, burst=5, open_rate=0.001, open_burst=2))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        answers = [client.get("/api/operator") for _ in range(7)]
        assert [a.status_code for a in answers] == [200] * 5 + [429] * 2
        assert error(answers[-1]) == (429, "rate")
        assert int(answers[-1].headers["retry-after"]) > 100
        meetings = [Meeting(client, agreeing()) for _ in range(2)]
        more = client.post("/api/rooms", json={"message": opening(agreeing()).to_dict()})
        assert error(more) == (429, "rate")
        # Those who hold a token are counted by it and go on; each for itself.
        assert [meetings[0].get().status_code for _ in range(6)] == [200] * 5 + [429]
        assert meetings[1].get().status_code == 200


def test_denial_of_service_by_one_address_with_many_tokens(serve):
    """Each token has a rate of its own, and all of one address have ten times that."""
    server = serve(limits=Limits(rate=0.001, burst=1, crowd=2, open_burst=20))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meetings = [Meeting(client, agreeing()) for _ in range(4)]
        assert [meeting.get().status_code for meeting in meetings] == [200, 200, 429, 429]


def test_denial_of_service_by_much_at_once(serve):
    """What an address sends, and reads of records, is counted by its size."""
    server = serve(limits=Limits(rate=0.001, burst=1000, share=100))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        said = 0
        while (answer := meeting.get("/log")).status_code == 200:
            said += len(answer.content)
        assert error(answer) == (429, "rate")
        assert 80_000 < said < 120_000
        assert meeting.get().status_code == 200
        for path in ("/open/rules", "/workbench/case", "/api/rooms"):
            assert error(client.post(path, json={"text": "x" * 1000})) == (429, "rate")
        with client.stream(
            "GET", f"{meeting.path}/events", headers=bearer(meeting.tokens["A"])
        ) as events:
            assert events.status_code == 429


def test_panels_and_moves_of_automatic_parties_count_as_well(serve):
    server = serve(limits=Limits(rate=0.001, burst=1000, share=150))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        headers = bearer(meeting.tokens["A"])
        move = partial(client.post, f"/rooms/{meeting.id}/automatic", headers=headers)
        assert move(json={"kind": "honest"}).status_code == 422
        panels = [client.get(f"/rooms/{meeting.id}/panel", headers=headers) for _ in range(100)]
        read = sum(len(panel.content) for panel in panels if panel.status_code == 200)
        assert 40_000 < read < 60_000
        assert error(panels[-1]) == error(move(json={"kind": "honest"})) == (429, "rate")


def test_streams_are_counted_by_their_size(serve):
    server = serve(limits=Limits(rate=0.001, burst=1000, share=5))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        answers = []
        for _ in range(6):
            with client.stream(
                "GET", f"{meeting.path}/events", headers=bearer(meeting.tokens["A"])
            ) as events:
                answers.append(events.status_code)
                for line in events.iter_lines():
                    if line.startswith("event: state"):
                        break
        assert answers[0] == 200
        assert answers[-1] == 429


def test_guessing_tokens_is_slow(serve):
    server = serve(limits=Limits(rate=0.001, burst=5))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        guesses = [client.get(meeting.path, headers=bearer(str(k))) for k in range(10)]
        assert [a.status_code for a in guesses] == [404] * 5 + [429] * 5
        links = [client.get(f"/s/{k}").status_code for k in range(3)]
        assert links == [429] * 3
        assert meeting.get().status_code == 200


def test_denial_of_service_by_large_bodies(serve):
    server = serve(limits=Limits(body=10_000))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        headers = {**bearer(meeting.tokens["A"]), "Content-Type": "application/json"}
        for path in ("/api/rooms", f"{meeting.path}/messages"):
            whole = client.post(path, content=b"x" * 10_001, headers=headers)
            pieces = client.post(path, content=iter([b"x" * 1000] * 11), headers=headers)
            assert error(whole) == error(pieces) == (413, "size")


HUGE = {"players": ["A", "B"], "actions": [[f"{k}" for k in range(5000)]] * 2}


@pytest.mark.parametrize("kind", ["frame", "rounds", "deadlines", "notion", "evidence"])
def test_denial_of_service_by_hostile_terms(client, kind):
    terms = plain_json(dict(opening(agreeing()).body["terms"]))
    if kind == "frame":
        terms["frame"] = {**terms["frame"], **HUGE}
    elif kind == "rounds":
        terms["constitution"]["talk"]["rounds"] = 10**9
    elif kind == "deadlines":
        terms["deadlines"]["joining"] = 10**15
    elif kind == "notion":
        terms["constitution"]["solution"] = ["x" * 100_000]
    else:
        terms["evidence"] = [[]] * 100_000
    message = Message.signed(
        Key(bytes(32)), room=secrets.token_hex(16), type="propose", body={"terms": terms}
    )
    answer = client.post("/api/rooms", json={"message": message.to_dict()})
    assert error(answer) == (422, "content")
    assert len(answer.content) < 2000
