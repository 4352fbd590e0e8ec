"""The API as its contract says, over a real server."""

import json
from importlib.metadata import version

import httpx
import pytest

from comity.rooms.protocol.messages import PROTOCOL
from comity.rooms.protocol.verification import verify_log
from room_play import agreeing, gainless, refusing, talking
from rooms_http import Meeting, bearer, opening

STATE = {
    "room", "title", "phase", "round", "deadline", "missing", "sent", "you", "entries", "head",
}  # fmt: skip


def test_the_operator(client, server):
    assert client.get("/api/operator").json() == {
        "protocol": PROTOCOL,
        "operator": server.app.state.rooms.book.key.public,
        "version": version("comity"),
    }


def test_opening(meeting):
    assert set(meeting.opened) == {"room", "operator", "seats", "watch"}
    assert list(meeting.opened["seats"]) == ["A", "B"]
    assert len({*meeting.opened["seats"].values(), meeting.opened["watch"]}) == 3


def test_where_it_stands(meeting):
    state = meeting.state("A")
    assert set(state) == STATE
    assert (state["phase"], state["you"], state["entries"]) == ("joining", "A", 1)
    assert state["missing"] == ["A", "B"]
    assert state["head"] == meeting.log()["entries"][0]["hash"]
    assert meeting.state()["you"] is None


@pytest.mark.parametrize(
    ("case", "status"),
    [(agreeing, "agreed"), (refusing, "refused"), (gainless, "no gain"), (talking, "agreed")],
)
def test_a_room_goes_to_its_end(client, case, status):
    meeting = Meeting(client, case())
    assert meeting.until()["phase"] == "ended"
    log = meeting.log()
    assert verify_log(log, meeting.case, operator=meeting.opened["operator"]).ok
    assert meeting.outcome()["status"] == status


def test_reveals_are_held_back(meeting):
    meeting.until("revealing")
    before = meeting.log()
    assert meeting.move("A").json() == {"held": True, "entries": len(before["entries"])}
    assert meeting.log() == before
    state = meeting.state("B")
    assert (state["missing"], state["sent"]) == (["B"], ["A"])
    assert meeting.move("B").json() == {"held": False, "entries": len(before["entries"]) + 2}


def test_the_same_again_changes_nothing(meeting):
    join = meeting.seats["A"].next(meeting.room())
    first, again = meeting.send(join), meeting.send(join)
    assert first.json() == again.json() == {"held": False, "entries": 2}
    meeting.until("revealing")
    reveal = meeting.seats["A"].next(meeting.room())
    first, again = meeting.send(reveal), meeting.send(reveal)
    assert first.json() == again.json()
    assert first.json()["held"]


def test_the_log_from_an_entry_on(meeting):
    meeting.until("revealing")
    whole = meeting.log()["entries"]
    assert meeting.get("/log", params={"from": 2}).json()["entries"] == whole[2:]
    assert meeting.get("/log", params={"from": 2_000_000_000}).json()["entries"] == []
    for odd in ("-1", "x", "99999999999999999999", ""):
        assert meeting.get("/log", params={"from": odd}).status_code == 422


def test_a_room_is_opened_once(client, meeting):
    again = client.post("/api/rooms", json={"message": meeting.opening.to_dict()})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "duplicate")


def test_an_answer_in_the_wrong_phase(meeting):
    early = meeting.seats["A"].answer(meeting.room(), True)
    answer = meeting.send(early)
    assert answer.status_code == 409
    assert answer.json()["error"] == {
        "code": "phase",
        "message": "the room is joining",
        "place": "answer",
        "found": None,
        "expected": "answering",
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b'{"message": 1}', 422),
        (b'{"message": {}, "message": {}}', 422),
        (b'{"message": NaN}', 422),
        (b'{"message": "\xff"}', 422),
        (b"[" * 100_000, 422),
        (b'{"message": ' + b"9" * 5000 + b"}", 422),
        (b" " * 2_000_001, 413),
    ],
)
def test_bodies_that_are_no_message(client, body, status):
    answer = client.post("/api/rooms", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message", "place", "found", "expected"}


def test_only_json_is_read(client):
    data = json.dumps({"message": opening(agreeing()).to_dict()})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = client.post("/api/rooms", content=data, headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()["error"]["code"]) == (415, "media")


def test_as_many_rooms_as_there_may_be(serve):
    from comity.rooms.service.settings import Limits

    server = serve(limits=Limits(rooms=2))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        messages = [opening(agreeing()).to_dict() for _ in range(3)]
        answers = [client.post("/api/rooms", json={"message": m}) for m in messages]
    assert [a.status_code for a in answers] == [201, 201, 429]
    assert answers[2].json()["error"]["code"] == "rooms"


def test_health_and_metrics(meeting, client):
    assert client.get("/healthz").json() == {"status": "ok"}
    meeting.move("A")
    text = client.get("/metrics").text
    assert 'comity_rooms{phase="joining"} 1\n' in text
    assert 'comity_messages_total{result="taken",type="join"} 1\n' in text
    assert meeting.id not in text


def test_unknown_paths_and_methods(client):
    for method, path, status in (("GET", "/no", 404), ("PUT", "/api/rooms", 405)):
        answer = client.request(method, path)
        assert answer.status_code == status
        assert set(answer.json()) == {"error"}


def test_watching_is_not_sending(meeting):
    join = meeting.seats["A"].next(meeting.room())
    headers = bearer(meeting.opened["watch"])
    answer = meeting.client.post(f"{meeting.path}/messages", json=join.to_dict(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "seat")
