"""Attacks on a room, each as it would be tried; the threat model in the docs names these tests."""

import dataclasses
import json
import secrets
from pathlib import Path

import httpx

from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Message
from comity.rooms.service.app import create_app
from comity.rooms.service.settings import Settings
from room_play import agreeing, plain_json
from rooms_http import Meeting, bearer


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def forged(meeting, message: Message, key: Key | None = None, **changes) -> Message:
    """A message with some parts changed, signed again."""
    parts = {name: getattr(message, name) for name in ("room", "type", "author", "round", "after")}
    return Message.signed(
        key or Key(secrets.token_bytes(32)), **{**parts, "body": message.body, **changes}
    )


def test_impersonation_with_the_token_of_another_seat(meeting):
    join = meeting.seats["A"].next(meeting.room())
    assert error(meeting.send(join, "B")) == (403, "seat")
    assert meeting.state()["entries"] == 1


def test_impersonation_with_a_stolen_token_and_another_key(meeting):
    """A token seats nobody in a seat that is taken: its key is in the log."""
    meeting.until("committing")
    commit = forged(meeting, meeting.seats["A"].next(meeting.room()))
    assert error(meeting.send(commit)) == (403, "seat")


def test_impersonation_of_the_operator(meeting):
    meeting.until("answering")
    outcome = {"status": "agreed", "missing": [], "play": None, "draw": None}
    room = meeting.room()
    for author in ("", "A"):
        fake = Message.signed(
            Key(bytes(32)),
            room=room.id,
            type="outcome",
            body=outcome,
            author=author,
            after=room.anchor,
        )
        assert meeting.send(fake, "A").status_code == 403


def test_eavesdropping_before_the_reveal(meeting, serve):
    """Before all have revealed, no path tells a rival, or who watches, another's model or nonce."""
    meeting.until("revealing")
    reveal = meeting.seats["A"].next(meeting.room())
    assert meeting.send(reveal).json()["held"]
    private = secret_words(reveal)
    for name in ("B", None):
        told = everything(meeting, name)
        assert [word for word in private if word in told] == []


def secret_words(reveal: Message) -> list[str]:
    """What must not be told of a report: its nonce, its numbers as they are written."""
    report = json.dumps(plain_json(reveal.body["report"]))
    return [reveal.body["nonce"], report, report[:60], reveal.signature]


def everything(meeting, name: str | None) -> str:
    """All that every path answers to somebody's token."""
    headers, told = bearer(meeting.tokens[name]), []
    described = meeting.client.get("/openapi.json").json()["paths"]
    for path, methods in described.items():
        address = path.replace("{room}", meeting.id).replace("{token}", meeting.tokens[name])
        for method in methods:
            if address.endswith("/events"):
                with meeting.client.stream("GET", address, headers=headers) as answer:
                    for line in answer.iter_lines():
                        told.append(line)
                        if line.startswith("data: ") and '"phase"' in line:
                            break
            else:
                answer = meeting.client.request(method.upper(), address, headers=headers)
                told.append(answer.text + str(answer.headers))
    assert len(told) > 20
    return "\n".join(told)


def test_a_copied_commitment_is_refused(meeting):
    meeting.until("committing")
    original = meeting.seats["A"].next(meeting.room())
    mine = meeting.seats["B"].next(meeting.room())
    assert meeting.send(original).status_code == 200
    copied = forged(meeting, mine, meeting.seats["B"].key, body=dict(original.body))
    assert error(meeting.send(copied)) == (422, "content")
    # Not even one part of it, and not as a part of another kind.
    for body in (
        {**mine.body, "report": original.body["report"]},
        {**mine.body, "draws": list(original.body["draws"])},
        {**mine.body, "report": original.body["draws"][0]},
    ):
        assert (
            meeting.send(forged(meeting, mine, meeting.seats["B"].key, body=body)).status_code
            == 422
        )


def test_a_report_other_than_the_one_committed_to(meeting):
    meeting.until("revealing")
    reveal = meeting.seats["A"].next(meeting.room())
    other = {**reveal.body, "nonce": "0" * 64}
    changed = forged(meeting, reveal, meeting.seats["A"].key, body=other)
    assert error(meeting.send(changed)) == (422, "content")


def test_replay_in_another_room(client, meeting):
    other = Meeting(client, meeting.case)
    join = meeting.seats["A"].next(meeting.room())
    headers = bearer(other.tokens["A"])
    answer = client.post(f"{other.path}/messages", json=join.to_dict(), headers=headers)
    assert error(answer) == (409, "room")
    moved = dataclasses.replace(join, room=other.id)
    answer = client.post(f"{other.path}/messages", json=moved.to_dict(), headers=headers)
    assert error(answer) == (403, "signature")


def test_replay_in_a_later_phase(meeting):
    join = meeting.seats["A"].next(meeting.room())
    meeting.until("committing")
    again = meeting.send(join)
    assert (again.status_code, again.json()["held"]) == (200, False)
    before = meeting.log()
    stale = forged(
        meeting, meeting.seats["A"].next(meeting.room()), meeting.seats["A"].key, after="0" * 64
    )
    assert error(meeting.send(stale)) == (409, "stale")
    assert meeting.log() == before


def test_a_late_report_is_not_taken(serve, time):
    server = serve(clock=time, tick=60.0)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing(), {"revealing": 60})
        meeting.until("revealing")
        late = meeting.seats["B"].next(meeting.room())
        assert meeting.move("A").status_code == 200
        time.pass_(60.001)
        assert error(meeting.send(late)) == (409, "late")
        assert meeting.state()["phase"] == "ended"
        assert meeting.outcome()["missing"] == ["B"]
        # Whoever was in time has shown nothing.
        assert "reveal" not in {e["message"]["type"] for e in meeting.log()["entries"]}


def test_selective_abort_after_seeing_the_draw(meeting):
    """Accepting opens one's part of the draw; who has seen it cannot leave any more."""
    meeting.until("answering")
    answer = meeting.seats["A"].next(meeting.room())
    leave = meeting.seats["B"].leave(meeting.room())
    assert meeting.send(answer).json()["held"]
    meeting.move("B")
    assert error(meeting.send(leave)) == (409, "phase")
    assert meeting.outcome()["status"] == "agreed"


def test_storage_theft_before_the_reveal(serve, tmp_path):
    """The files of the database hold no token, no session, no model and no nonce."""
    server = serve()
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        client.get(f"/s/{meeting.tokens['A']}")
        session = client.cookies[f"room-{meeting.id}"]
        meeting.until("revealing")
        reveals = [seat.next(meeting.room()) for seat in meeting.seats.values()]
        stolen = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
        assert meeting.id.encode() in stolen
        private = [
            session,
            *meeting.tokens.values(),
            *(word for reveal in reveals for word in secret_words(reveal)),
            *(seat.secret for seat in meeting.seats.values()),
            *(seat.key.seed.hex() for seat in meeting.seats.values()),
        ]
        assert [word for word in private if word.encode() in stolen] == []
        # What is found opens nothing.
        hashes = set(_hex_words(stolen))
        assert hashes
        for word in list(hashes)[:200]:
            assert client.get(meeting.path, headers=bearer(word)).status_code == 404
            client.cookies.clear()


def _hex_words(data: bytes) -> list[str]:
    import re

    return [word.decode() for word in re.findall(rb"[0-9a-f]{64}", data)]


def test_storage_theft_does_not_yield_a_key_kept_in_a_file(tmp_path):
    path = tmp_path / "elsewhere" / "operator.key"
    path.parent.mkdir()
    app = create_app(Settings(database=f"sqlite:///{tmp_path}/rooms.db", key_file=str(path)))
    seed = app.state.rooms.book.key.seed.hex().encode()
    app.state.engine.dispose()
    stolen = b"".join(one.read_bytes() for one in tmp_path.iterdir() if one.is_file())
    assert seed in Path(path).read_bytes()
    assert seed not in stolen


def test_a_wrong_link_opens_nothing(client, meeting):
    token = meeting.tokens["A"]
    for wrong in (token[:-1], token + "x", token.swapcase(), token[::-1]):
        assert client.get(f"/s/{wrong}").status_code == 404
        assert client.get(meeting.path, headers=bearer(wrong)).status_code == 404


def test_a_dishonest_operator_cannot_alter_what_was_said(meeting):
    """Every alteration of a log breaks it, even where the operator seals it again."""
    from comity.rooms.protocol.messages import Entry, entry_from_dict
    from comity.rooms.protocol.verification import verify_log

    meeting.until()
    log = meeting.log()
    operator = meeting.client and Key(bytes(32))
    entries = [entry_from_dict(entry) for entry in log["entries"]]
    commit = next(k for k, entry in enumerate(entries) if entry.message.type == "commit")
    altered = dataclasses.replace(
        entries[commit].message, body={**entries[commit].message.body, "report": "0" * 64}
    )
    resealed: list[Entry] = []
    for k, entry in enumerate(entries):
        message = altered if k == commit else entry.message
        resealed.append(
            Entry.sealed(operator, message, entry.time, resealed[-1] if resealed else None)
        )
    forged_log = {**log, "operator": operator.public, "entries": [e.to_dict() for e in resealed]}
    assert verify_log(log).ok
    assert not verify_log(plain_json(forged_log)).ok
