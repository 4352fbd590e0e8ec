"""Every way to end, in rooms of two, three and more parties."""

import numpy as np
import pytest

from agreement_situations import case_of
from comity.agreement.parties import Honest, Silent
from comity.agreement.results import Decision
from comity.games import Issue, Negotiation
from comity.rooms.protocol.bodies import STATUSES
from comity.rooms.protocol.endings import ending, settled
from comity.rooms.protocol.verification import log_to_dict, verify_log
from room_play import (
    ENDINGS,
    START_TIME,
    agreeing,
    leaving,
    plain_json,
    play_out,
    table,
    talking,
    three,
)


class Refusing(Honest):
    """Refuses whatever is proposed."""

    def respond(self, context, proposal):
        return Decision(context.name, False, ("no",))


@pytest.mark.parametrize("name", ENDINGS)
def test_every_ending_is_reached_and_verifies(name):
    room = ENDINGS[name]().room
    assert room.outcome["status"] == name.removesuffix(" after talk")
    assert verify_log(plain_json(log_to_dict(room))).faults == ()


def test_no_status_is_without_an_ending():
    assert {name.removesuffix(" after talk") for name in ENDINGS} == set(STATUSES)


@pytest.mark.parametrize("name", ENDINGS)
def test_only_an_agreement_has_a_play_and_a_draw(name):
    outcome = ENDINGS[name]().room.outcome
    agreed = outcome["status"] == "agreed"
    assert (outcome["play"] is not None) == (outcome["draw"] is not None) == agreed
    named = outcome["status"] in ("declined", "left", "expired")
    assert outcome["missing"] == (["B"] if named else [])


@pytest.mark.parametrize("rounds", [0, 1, 3])
def test_talk_ends_after_its_rounds(rounds):
    found = play_out(talking(rounds), {"one": Refusing(), "two": Refusing()})
    assert found.room.outcome["status"] == "refused"
    assert found.kinds.count("proposal") == rounds + 1
    assert verify_log(plain_json(log_to_dict(found.room))).ok


def test_one_refusal_among_three_is_enough():
    found = play_out(three(), {"C": Refusing()})
    assert found.room.outcome["status"] == "refused"
    accepted = [found.room.answers[name]["accepts"] for name in "ABC"]
    assert accepted == [True, True, False]


@pytest.mark.parametrize("phase", ["joining", "committing", "revealing", "solving", "answering"])
def test_whoever_leaves_ends_the_room(phase):
    found = table(agreeing()).until(phase)
    if phase == "joining":
        found.move("A")
    leaving(found, "A")
    assert found.room.outcome["status"] == ("declined" if phase == "joining" else "left")
    assert found.room.outcome["missing"] == ["A"]
    assert verify_log(plain_json(log_to_dict(found.room))).ok


def test_a_party_that_states_nothing_declines():
    found = play_out(agreeing(), {"A": Silent()})
    assert found.kinds == ["propose", "leave", "outcome"]


def test_time_alone_settles_nothing():
    found = table(agreeing()).until("committing")
    assert settled(found.room) is None
    assert ending(found.room, START_TIME) is None
    assert ending(found.room, found.room.deadline) is None
    assert ending(found.room, found.room.deadline + 1)["status"] == "expired"


def many(count):
    """Parties who share out a good option, each liking the middle one."""
    names = [f"party {k}" for k in range(count)]
    issue = Issue("share", ("low", "middle", "high"))
    values = {name: {"share": np.array([0.2, 1.0, 0.5])} for name in names}
    return case_of([Negotiation.additive(names, [issue], values)] * count)


@pytest.mark.parametrize("count", [2, 5, 12])
def test_rooms_hold_more_than_two(count):
    found = play_out(many(count))
    assert found.room.outcome["status"] == "agreed"
    assert found.room.outcome["draw"]["outcome"] == [1]
    assert len(found.room.answers) == count
    assert verify_log(plain_json(log_to_dict(found.room))).ok
