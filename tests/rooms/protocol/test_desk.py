"""The operator's side: what waits, what a deadline does at every step, what a clock can do."""

import pytest

from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.messages import Message
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.state import Refused
from comity.rooms.protocol.verification import log_to_dict, verify_log
from room_play import (
    OPERATOR,
    START_TIME,
    agreeing,
    opening,
    plain_json,
    play_out,
    sent,
    table,
    talking,
    three,
)

WAITING = ("joining", "committing", "revealing", "answering")


def refuses(code, act):
    with pytest.raises(Refused) as found:
        act()
    assert found.value.code == code


@pytest.mark.parametrize("phase", WAITING)
@pytest.mark.parametrize("case", [agreeing, three])
def test_whoever_vanishes_at_any_step_ends_the_room_and_is_named(case, phase):
    found = table(case()).until(phase)
    found.silent = {"B"}
    found.until()
    assert found.room.outcome == {
        "status": "expired",
        "missing": ["B"],
        "play": None,
        "draw": None,
    }
    assert verify_log(plain_json(log_to_dict(found.room))).ok


@pytest.mark.parametrize("phase", WAITING)
def test_all_may_vanish(phase):
    found = table(three()).until(phase)
    found.expire()
    assert found.room.outcome["missing"] == ["A", "B", "C"]


def test_a_common_model_that_nobody_solves_in_time_ends_the_room():
    found = table(agreeing()).until("solving")
    found.expire()
    assert found.room.outcome["status"] == "unsolved"


def test_a_late_solution_ends_the_room_without_it():
    found = table(agreeing()).until("solving")
    found.now = found.room.deadline + 1
    found.solve()
    assert found.kinds[-2:] == ["reveal", "outcome"]
    assert found.room.outcome["status"] == "unsolved"


def test_the_last_millisecond_counts():
    found = table(agreeing()).until("committing")
    message = found.next("A")
    assert found.desk.tick(found.room.deadline) == []
    assert len(found.desk.take(sent(message), found.room.deadline)) == 1


def test_a_late_message_is_refused_and_changes_nothing():
    found = table(agreeing()).until("committing")
    message, late = found.next("A"), found.room.deadline + 1
    before = found.room.head
    refuses("late", lambda: found.desk.take(sent(message), late))
    assert found.room.head == before
    assert [e.message.type for e in found.desk.tick(late)] == ["outcome"]


def test_a_late_leave_is_too_late_as_well():
    found = table(agreeing()).until("answering")
    message = found.seats["A"].leave(found.room)
    refuses("late", lambda: found.desk.take(sent(message), found.room.deadline + 1))


@pytest.mark.parametrize("phase", ["revealing", "answering"])
def test_reveals_and_answers_are_sealed_together_in_the_order_of_seats(phase):
    found = table(three()).until(phase)
    for name in ("C", "A"):
        assert found.move(name) == []
    assert found.desk.missing == ("B",)
    entries = found.move("B")
    assert [e.message.author for e in entries[:3]] == ["A", "B", "C"]
    assert found.desk.waiting == {}


@pytest.mark.parametrize("phase", ["revealing", "answering"])
def test_nothing_of_what_waits_is_in_the_log(phase):
    found = table(agreeing()).until(phase)
    found.move("A")
    secret = found.desk.waiting["A"].body
    text = str(log_to_dict(found.room))
    shown = [str(v) for v in secret.values() if isinstance(v, str) and len(v) == 64]
    assert shown
    assert not any(word in text for word in shown)
    found.silent = {"B"}
    found.until()
    assert not any(word in str(log_to_dict(found.room)) for word in shown)


def test_the_same_message_again_changes_nothing_at_any_time():
    found = table(talking())
    messages = []
    take = found.desk.take

    def recorded(message, time):
        messages.append(message)
        return take(message, time)

    found.desk.take = recorded
    found.until()
    head = found.room.head
    assert len(messages) == 10
    assert [take(message, found.now) for message in messages] == [[]] * 10
    assert found.room.head == head


@pytest.mark.parametrize("phase", ["revealing", "answering"])
def test_another_message_than_the_one_that_waits_is_refused(phase):
    found = table(agreeing()).until(phase)
    first = found.next("A")
    found.take(first)
    other = Message.signed(
        found.seats["A"].key,
        room=first.room,
        type="answer",
        body={"accepts": False, "reasons": [], "draw": None, "text": "no"},
        author="A",
        after=first.after,
    )
    assert found.take(first) == []
    refuses("duplicate" if phase == "answering" else "phase", lambda: found.take(other))


def test_a_clock_set_back_moves_no_deadline_and_breaks_no_order():
    found = table(agreeing()).until("committing")
    deadline = found.room.deadline
    found.now = START_TIME - 10**9
    found.move("A")
    assert found.room.entries[-1].time == found.room.entries[-2].time
    assert found.room.deadline == deadline
    found.until()
    assert found.room.outcome["status"] == "agreed"
    assert verify_log(plain_json(log_to_dict(found.room))).ok


def test_a_clock_set_forward_ends_the_room_once():
    found = table(agreeing()).until("committing")
    assert len(found.desk.tick(START_TIME + 10**12)) == 1
    assert found.desk.tick(START_TIME + 10**13) == []
    refuses("phase", lambda: found.desk.take(sent(found.seats["A"].leave(found.room)), found.now))


@pytest.mark.parametrize("phase", [*WAITING, "solving", "ended"])
def test_a_desk_that_starts_again_goes_on_where_it_was(phase):
    found = table(talking()).until(phase)
    if phase in ("revealing", "answering"):
        found.move("one")
    room = Room(OPERATOR.public)
    for entry in found.room.entries:
        room.add(entry)
    found.desk = Desk(OPERATOR, room, plain_json_messages(found.desk.waiting))
    found.until()
    assert found.room.outcome == play_out(talking()).room.outcome


def plain_json_messages(waiting):
    return {name: sent(message) for name, message in waiting.items()}


@pytest.mark.parametrize("late", [False, True])
def test_what_was_all_in_before_a_crash_is_sealed_after_it(late):
    """All had answered in time; the desk died before it sealed anything."""
    found = table(agreeing()).until("answering")
    waiting = {name: sent(found.next(name)) for name in ("A", "B")}
    desk = Desk(OPERATOR, found.room, waiting)
    desk.tick(found.room.deadline + 1 if late else found.now)
    assert desk.room.outcome["status"] == "agreed"
    assert verify_log(plain_json(log_to_dict(desk.room))).ok


def test_there_is_one_outcome():
    found = play_out(agreeing())
    refuses("phase", lambda: found.desk.give_up(found.now))
    refuses("phase", lambda: found.desk.propose(found.room.proposals[0], found.now))
    assert found.desk.tick(found.now + 10**12) == []
    again = found.room.entries[-1].message
    refuses("phase", lambda: found.room.check(again, found.now))


def test_a_room_that_is_not_solving_gives_nothing_up():
    refuses("phase", lambda: table(agreeing()).desk.give_up(START_TIME))


def test_a_second_proposal_of_terms_is_refused():
    found = table(agreeing())
    other = opening(agreeing(), deadlines={"joining": 5})
    refuses("phase", lambda: found.take(other))
