"""Every message of a whole room has a sentence in every language."""

import pytest

from comity.agreement import make_party
from comity.cases import load
from comity.language import LANGUAGES, sentence, spoken, words_of
from comity.rooms.protocol.bodies import ACTS, REASONS, STATUSES
from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Message
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.solving import solve
from comity.rooms.protocol.terms import Terms


@pytest.fixture(scope="module")
def log(examples):
    case = load(examples / "river.toml")
    room, body = "ab" * 16, {"terms": dict(Terms.of(case).data)}
    opening = Message.signed(Key(b"1" * 32), room=room, type="propose", body=body)
    desk = Desk.open(Key(bytes(32)), opening, 1000)
    seats = [
        Seat(p, make_party(p.kind, p.options), f"{k:064x}", room)
        for k, p in enumerate(case.parties)
    ]
    while desk.room.phase != "ended":
        if desk.room.phase == "solving":
            desk.propose(solve(desk.room.terms, desk.room.opened, desk.room.round), 1000)
            desk.take(seats[0].say(desk.room, "ask", "Egypt", "Why?"), 1000)
        for seat in seats:
            message = seat.next(desk.room)
            if message is not None and seat.name in desk.missing:
                desk.take(message, 1000)
    return [entry.message.to_dict() for entry in desk.room.entries]


def test_the_room_was_whole(log):
    assert [m["type"] for m in log][-1] == "outcome"
    assert {m["type"] for m in log} >= {"join", "commit", "reveal", "proposal", "say", "answer"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_message_has_its_sentence(log, code):
    words = words_of(code)
    told = [sentence(words, message) for message in log]
    assert all(told)
    for text, message in zip(told, log, strict=True):
        assert message["author"] in text
    others = [sentence(words_of(c), log[1]) for c in LANGUAGES if c != code]
    assert told[1] not in others


def test_refusals_name_their_reasons():
    words = words_of("en")
    body = {"accepts": False, "reasons": ["gain", "rule"], "draw": None, "text": "No."}
    message = {"type": "answer", "author": "Ana", "body": body}
    assert sentence(words, message) == (
        "Ana refuses: it is worth less than going without and a rule that anyone can check "
        "forbids it."
    )
    assert spoken(words, message) == ["In its own words: No."]
    message["body"] = body | {"reasons": [], "text": ""}
    assert sentence(words, message) == "Ana refuses: for another reason."
    assert spoken(words, message) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_code_can_be_said(code):
    words = words_of(code)
    for act in ACTS:
        said = {"type": "say", "author": "Ana", "body": {"act": act, "about": "rent", "text": "x"}}
        assert sentence(words, said).startswith("Ana ")
        assert len(spoken(words, said)) == 2
    for reason in REASONS:
        body = {"accepts": False, "reasons": [reason]}
        assert "Ana" in sentence(words, {"type": "answer", "author": "Ana", "body": body})
    for status in STATUSES:
        body = {"status": status, "missing": []}
        assert sentence(words, {"type": "outcome", "author": "", "body": body})


def test_words_of_ones_own_cannot_steer():
    said = {"type": "say", "author": "A\x07", "body": {"act": "note", "about": "", "text": "\x1b"}}
    assert sentence(words_of("en"), said) == "A makes a note."
    assert spoken(words_of("en"), said) == ["In its own words: "]
