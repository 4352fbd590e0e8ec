import copy
import json

import pytest

from comity.agreement import make_party
from comity.rooms.client.witness import CLOCK_SLACK, Untrusted, Witness, replayed
from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import PROTOCOL, Entry, Message
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.terms import Terms

ROOM = "ab" * 16
NOW = 1_800_000_000_000
OPERATOR = Key(b"o" * 32)


def answer(entries, operator=OPERATOR):
    shown = [entry.to_dict() if isinstance(entry, Entry) else entry for entry in entries]
    data = {"protocol": PROTOCOL, "operator": operator.public, "entries": shown}
    return json.loads(json.dumps(data))


@pytest.fixture
def desk(river):
    terms = json.loads(json.dumps(dict(Terms.of(river).data)))
    message = Message.signed(Key(b"p" * 32), room=ROOM, type="propose", body={"terms": terms})
    desk = Desk.open(OPERATOR, message, NOW)
    for k, party in enumerate(river.parties):
        seat = Seat(party, make_party("honest", {}), f"{k:064x}", ROOM)
        desk.take(seat.next(desk.room), NOW + k)
    return desk


@pytest.fixture
def witness():
    return Witness(ROOM, clock=lambda: NOW / 1000)


def test_it_folds_what_the_operator_folds(desk, witness):
    witness.take(answer(desk.room.entries[:2]))
    witness.take(answer(desk.room.entries[2:]))
    assert witness.room.head == desk.room.head
    assert witness.place == "committing:0"
    assert witness.log() == answer(desk.room.entries)


def test_a_changed_past_is_found(desk, witness):
    witness.take(answer(desk.room.entries[:2]))
    last = desk.room.entries[2]
    forged = Entry.sealed(OPERATOR, last.message, last.time, desk.room.entries[0])
    with pytest.raises(Untrusted, match="entry 2 of its log does not follow") as caught:
        witness.take(answer([forged]))
    assert caught.value.evidence["shown"] == forged.to_dict()
    assert len(caught.value.evidence["log"]["entries"]) == 2


def test_two_stories_are_proof(desk, witness):
    """Both the entry kept and the entry shown later bear the operator's seal."""
    witness.take(answer(desk.room.entries))
    one, other = desk.room.entries[1], desk.room.entries[2]
    again = Entry.sealed(OPERATOR, one.message, one.time + 1, desk.room.entries[0])
    with pytest.raises(Untrusted) as caught:
        witness.take(answer([again]))
    shown = caught.value.evidence["shown"]
    kept = caught.value.evidence["log"]["entries"][1]
    assert shown["index"] == kept["index"]
    assert shown["hash"] != kept["hash"]
    assert other.previous == kept["hash"]


CHANGES = {
    "the time": lambda data: data.update(time=data["time"] + 1),
    "the hash": lambda data: data.update(hash="0" * 64),
    "the seal": lambda data: data.update(seal="0" * 128),
    "the author": lambda data: data["message"].update(author="Sudan"),
    "the key": lambda data: data["message"].update(key="1" * 64),
    "a field": lambda data: data.pop("previous"),
    "the form": lambda data: data.update(message=None),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_altered_is_found(change, desk, witness):
    data = answer(desk.room.entries)
    change(data["entries"][1])
    with pytest.raises(Untrusted, match="cannot be trusted"):
        witness.take(data)
    assert witness.seen == 1


ANSWERS = {
    "nothing": None,
    "a list": [],
    "another protocol": {"protocol": "comity-room-0", "operator": "", "entries": []},
    "no entries": {"protocol": PROTOCOL, "operator": OPERATOR.public, "entries": None},
}


@pytest.mark.parametrize("data", ANSWERS.values(), ids=ANSWERS)
def test_what_is_no_log(data, witness):
    with pytest.raises(Untrusted):
        witness.take(data)


def test_another_operator_is_found(desk, witness):
    with pytest.raises(Untrusted, match="key is another"):
        Witness(ROOM, Key(b"q" * 32).public).take(answer(desk.room.entries))
    witness.take(answer(desk.room.entries[:1]))
    with pytest.raises(Untrusted, match="key is another"):
        witness.take(answer([], Key(b"q" * 32)))


def test_another_room_is_found(desk):
    with pytest.raises(Untrusted, match="another room"):
        Witness("cd" * 16).take(answer(desk.room.entries[:1]))


def test_fewer_entries_than_shown(desk, witness):
    witness.take(answer(desk.room.entries))
    witness.check_count({"entries": 3})
    for data in ({"entries": 2}, {}, None, {"entries": "3"}):
        with pytest.raises(Untrusted, match="3 entries"):
            witness.check_count(data)


@pytest.mark.parametrize(("ahead", "doubted"), [(CLOCK_SLACK - 5, False), (CLOCK_SLACK + 5, True)])
def test_a_deadline_ahead_of_its_time(desk, ahead, doubted):
    desk.tick(desk.room.deadline + 1)
    end = desk.room.entries[-1]
    assert end.message.body["status"] == "expired"
    witness = Witness(ROOM, clock=lambda: end.time / 1000 - ahead)
    if doubted:
        with pytest.raises(Untrusted, match="seconds ahead"):
            witness.take(answer(desk.room.entries))
    else:
        witness.take(answer(desk.room.entries))
        assert witness.ended_in == "committing:0"


def test_what_was_kept_is_seen_again(desk):
    fresh = Witness(ROOM, OPERATOR.public)
    entries = answer(desk.room.entries)["entries"]
    assert replayed(entries, fresh).room.head == desk.room.head
    tampered = copy.deepcopy(entries)
    tampered[0]["time"] += 1
    with pytest.raises(Untrusted):
        replayed(tampered, Witness(ROOM, OPERATOR.public))
    assert replayed([], Witness(ROOM)).seen == 0
