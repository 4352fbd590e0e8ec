"""The fold: what follows what, and that a room is its log."""

import dataclasses

import pytest

from comity.core.errors import InputError
from comity.rooms.protocol import checks
from comity.rooms.protocol.messages import Entry, Message
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.state import Refused
from room_play import (
    ENDINGS,
    OPERATOR,
    OTHER_ROOM,
    PROPOSER,
    START_TIME,
    agreeing,
    opening,
    play_out,
    sent,
    table,
    talking,
    three,
)


def refuses(code, act):
    with pytest.raises(Refused) as found:
        act()
    assert found.value.code == code


@pytest.mark.parametrize("name", ENDINGS)
def test_folding_the_log_gives_the_same_room(name):
    room, again = ENDINGS[name]().room, Room(OPERATOR.public)
    for entry in room.entries:
        again.add(entry)
    for field in dataclasses.fields(room):
        if field.name not in ("_revised", "terms"):
            assert getattr(again, field.name) == getattr(room, field.name)


def test_a_room_opens_with_a_proposal_of_terms():
    found = table(agreeing())
    message = found.next("A")
    room = Room(OPERATOR.public)
    refuses("phase", lambda: room.check(message, START_TIME))


def test_a_proposal_of_terms_follows_nothing():
    for change in ({"after": "1" * 64}, {"round": 1}, {"author": "A"}):
        first = opening(agreeing())
        fields = {"room": first.room, "type": "propose", "body": first.body, **change}
        forged = Message.signed(PROPOSER, **fields)
        refuses("chain", lambda m=forged: Room(OPERATOR.public).check(m, START_TIME))
    unsigned = dataclasses.replace(opening(agreeing()), signature="0" * 128)
    refuses("signature", lambda: Room(OPERATOR.public).check(unsigned, START_TIME))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"index": 5}, "chain"),
        ({"previous": "0" * 64}, "chain"),
        ({"hash": "0" * 64}, "chain"),
        ({"seal": "0" * 128}, "chain"),
        ({"time": START_TIME + 5}, "chain"),
    ],
)
def test_an_entry_follows_the_one_before(change, code):
    found = table(agreeing())
    entry = Entry.sealed(OPERATOR, found.next("A"), START_TIME + 1, found.room.entries[-1])
    refuses(code, lambda: found.room.add(dataclasses.replace(entry, **change)))
    found.room.add(entry)


def test_time_never_goes_back():
    found = table(agreeing())
    entry = Entry.sealed(OPERATOR, found.next("A"), START_TIME - 1, found.room.entries[-1])
    refuses("chain", lambda: found.room.add(entry))


def test_a_message_goes_to_one_room_alone():
    mine, other = table(three()), table(three(), room=OTHER_ROOM)
    refuses("room", lambda: mine.take(other.next("A")))


@pytest.mark.parametrize("name", ["join", "commit", "reveal", "answer"])
def test_a_message_of_another_phase_is_refused(name):
    messages = {e.message.type: e.message for e in play_out(agreeing()).room.entries}
    for phase in ("joining", "committing", "revealing", "solving", "answering"):
        found = table(agreeing()).until(phase)
        if messages[name].after == found.room.anchor:
            continue
        code = "duplicate" if name == "join" and phase == "joining" else "phase"
        with pytest.raises(Refused) as refusal:
            found.room.check(messages[name], found.now)
        assert refusal.value.code in (code, "stale")


def test_reordered_requests_end_in_the_same_agreement():
    """All messages knock again and again in reverse; each is taken once its time has come."""
    first = play_out(agreeing())
    messages = [e.message for e in first.room.entries if e.message.author]
    found, taken, refused = table(agreeing()), set(), 0
    for _ in range(len(messages)):
        if found.room.phase == "solving":
            found.solve()
        for message in reversed([*messages, *fresh(found)]):
            try:
                found.take(message)
                taken.add(message.type)
            except Refused:
                refused += 1
    assert refused > 0
    assert found.room.outcome["status"] == "agreed"


def fresh(found):
    moves = (seat.next(found.room) for seat in found.seats.values())
    return [message for message in moves if message is not None]


def test_talk_does_not_reopen_what_was_answered():
    """An answer of the first round says nothing in the second."""
    found = table(talking()).until("answering")
    answers = [found.next(name) for name in ("one", "two")]
    for answer in answers:
        found.take(answer)
    found.until("answering")
    assert found.room.round == 1
    stale = Message.signed(
        found.seats["one"].key,
        room=found.room.id,
        type="answer",
        body=answers[0].body,
        author="one",
        round=0,
        after=found.room.anchor,
    )
    refuses("stale", lambda: found.take(stale))
    replayed = dataclasses.replace(answers[0], round=1)
    refuses("signature", lambda: found.take(replayed))


def test_the_outcome_names_its_place():
    found = table(agreeing()).until("solving")
    body = {"status": "unsolved", "missing": [], "play": None, "draw": None}
    for change in ({"after": "0" * 64}, {"round": 1}):
        fields = {"room": found.room.id, "type": "outcome", "after": found.room.anchor, **change}
        message = Message.signed(OPERATOR, body=body, **fields)
        refuses("stale", lambda m=message: found.room.check(m, found.now))


def test_nothing_but_the_outcome_follows_a_settled_room():
    """All have accepted and the draw can be computed: nobody can still leave or speak."""
    found = play_out(agreeing())
    room = Room(OPERATOR.public)
    for entry in found.room.entries[:-1]:
        room.add(entry)
    seat = found.seats["B"]
    for message in (seat.leave(room), seat.say(room, "note")):
        refuses("phase", lambda m=message: room.check(m, found.now))
    room.check(found.room.entries[-1].message, found.now)


def test_what_a_desk_refuses_changes_no_room():
    found = table(agreeing()).until("committing")
    before = dataclasses.replace(found.room), len(found.room.entries), found.room.head
    bad = dataclasses.replace(found.next("A"), signature="0" * 128)
    refuses("signature", lambda: found.desk.take(sent(bad), found.now))
    assert (dataclasses.replace(found.room), len(found.room.entries), found.room.head) == before


def test_reports_are_those_opened_and_move_with_the_talk():
    found = table(talking()).until("revealing")
    assert found.room.reports == {}
    found.until("answering")
    first = found.room.reports
    assert list(first) == ["one", "two"]
    assert found.room.reports is first
    found.until()
    assert found.room.round == 1


def test_reports_that_nobody_can_revise_keep_no_answer_from_being_sealed(monkeypatch):
    """Whatever goes wrong with numbers goes wrong where they are solved, not in the fold."""

    def fails(*arguments):
        raise InputError("too large a number to reckon with")

    monkeypatch.setattr(checks, "revise", fails)
    found = table(talking()).until("solving")
    found.solve()
    for seat in found.seats.values():
        found.take(seat.answer(found.room, False, ("other",)))
    assert (found.room.phase, found.room.round) == ("solving", 1)
    with pytest.raises(InputError):
        assert found.room.reports
    found.expire()
    assert found.room.outcome["status"] == "unsolved"
