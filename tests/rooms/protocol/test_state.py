import pytest

from comity.rooms.protocol.messages import START
from comity.rooms.protocol.room import PHASE_OF
from comity.rooms.protocol.state import CODES, Refused, State, require
from comity.rooms.protocol.terms import DEADLINES
from room_play import START_TIME, agreeing, table


def test_a_state_before_its_first_entry():
    state = State("00")
    assert (state.head, state.phase, state.missing, state.deadline) == (START, "joining", (), None)


@pytest.mark.parametrize("phase", ["joining", "committing", "revealing", "solving", "answering"])
def test_every_phase_has_a_deadline_from_its_own_start(phase):
    found = table(agreeing()).until(phase)
    began = found.room.entries[-1].time if phase != "joining" else START_TIME
    assert found.room.since == began
    assert found.room.deadline == began + 1000 * DEADLINES[phase]
    assert found.room.anchor == found.room.head


def test_an_ended_room_has_no_deadline():
    room = table(agreeing()).until().room
    assert (room.deadline, room.missing) == (None, ())


def test_those_who_are_missing_are_in_the_order_of_seats():
    found = table(agreeing())
    assert found.room.missing == ("A", "B")
    found.move("B")
    assert found.room.missing == ("A",)


def test_the_room_knows_the_entry_that_took_the_last_seat():
    found = table(agreeing()).until("answering")
    joins = [e.hash for e in found.room.entries if e.message.type == "join"]
    assert found.room.seated == joins[-1]


def test_a_refusal_keeps_its_code_inside_a_file():
    with pytest.raises(Refused) as found:
        require(False, "late", "too late")
    placed = found.value.within(file="log.json", place="entries[3]")
    assert (placed.code, str(placed)) == ("late", "log.json: entries[3]: too late")
    assert placed.code in CODES


def test_phases_in_the_table_are_phases_of_rooms():
    assert {phase for phases in PHASE_OF.values() for phase in phases} == set(DEADLINES)
