import json

import pytest

from comity.core import canonical_json
from comity.core.errors import InputError
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import (
    FIELDS,
    START,
    Entry,
    Message,
    entry_from_dict,
    message_from_dict,
)
from room_play import OPERATOR, ROOM, agreeing, plain_json, play_out

KEY = Key(bytes(32))
MESSAGE = Message.signed(KEY, room=ROOM, type="leave", body={"text": "Ade 👋"}, author="Ána")


def test_a_message_goes_through_json_unchanged():
    back = message_from_dict(json.loads(json.dumps(MESSAGE.to_dict())))
    assert back == MESSAGE
    assert back.is_signed()


def test_an_entry_goes_through_json_unchanged():
    entry = Entry.sealed(OPERATOR, MESSAGE, 5)
    back = entry_from_dict(plain_json(entry.to_dict()))
    assert back == entry
    assert back.is_whole()
    assert back.is_sealed(OPERATOR.public)
    assert not back.is_sealed(KEY.public)


def test_all_but_the_signature_is_signed():
    data = json.loads(MESSAGE.signed_part())
    assert {**data, "signature": MESSAGE.signature} == MESSAGE.to_dict()
    assert MESSAGE.signed_part().decode() == canonical_json(data)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("protocol", "comity-room-2"),
        ("room", "AB" * 16),
        ("room", "ab" * 15),
        ("type", "shout"),
        ("type", ["leave"]),
        ("author", 3),
        ("author", "x" * 201),
        ("round", -1),
        ("round", 101),
        ("round", True),
        ("round", 0.0),
        ("after", "0" * 63),
        ("body", None),
        ("key", None),
        ("signature", "0" * 64),
    ],
)
def test_another_form_is_refused(name, value):
    with pytest.raises(InputError) as found:
        message_from_dict({**MESSAGE.to_dict(), name: value})
    assert name in found.value.place


@pytest.mark.parametrize("data", [None, [], "x", 3, {}, {"protocol": "comity-room-1"}])
def test_junk_is_refused(data):
    for read in (message_from_dict, entry_from_dict):
        with pytest.raises(InputError):
            read(data)


def test_a_field_more_or_less_is_refused():
    for name in FIELDS:
        with pytest.raises(InputError):
            message_from_dict({k: v for k, v in MESSAGE.to_dict().items() if k != name})
    with pytest.raises(InputError):
        message_from_dict({**MESSAGE.to_dict(), "more": 1})


@pytest.mark.parametrize(
    ("name", "value"),
    [("index", -1), ("index", 2**53), ("time", 0.5), ("hash", "0"), ("seal", "0" * 64)],
)
def test_another_form_of_entry_is_refused(name, value):
    entry = Entry.sealed(OPERATOR, MESSAGE, 5).to_dict()
    with pytest.raises(InputError) as found:
        entry_from_dict({**entry, name: value})
    assert found.value.place == f"entry.{name}"


def test_the_first_entry_follows_nothing_and_each_the_one_before():
    entries = play_out(agreeing()).room.entries
    assert entries[0].previous == START
    assert [e.previous for e in entries[1:]] == [e.hash for e in entries[:-1]]


def test_a_seal_cannot_be_taken_for_a_signature_of_a_message():
    """An operator signs 32 bytes as a seal; no message is as short."""
    entry = Entry.sealed(OPERATOR, MESSAGE, 5)
    assert len(bytes.fromhex(entry.hash)) == 32
    assert all(len(e.message.signed_part()) > 300 for e in play_out(agreeing()).room.entries)
