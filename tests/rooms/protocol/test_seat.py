"""A party's side: all follows from one secret, and nothing is believed unchecked."""

import copy
import json

import numpy as np
import pytest

from agreement_situations import random_game
from comity.agreement.parties import Honest
from comity.agreement.results import Decision
from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import Party
from comity.core.errors import InputError
from comity.games import Lottery
from comity.rooms.protocol.messages import Entry
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.verification import log_to_dict
from room_play import (
    OPERATOR,
    OTHER_ROOM,
    SECRETS,
    START_TIME,
    agreeing,
    dealing,
    plain_json,
    play_out,
    refusing,
    table,
    talking,
)


def again(found, name):
    """The seat as one who starts anew with the same secret."""
    seat = found.seats[name]
    return Seat(seat.party, seat.behaviour, seat.secret, seat.room)


@pytest.mark.parametrize("phase", ["joining", "committing", "revealing", "answering"])
def test_who_keeps_the_secret_goes_on_after_a_crash(phase):
    found = table(talking()).until(phase)
    assert again(found, "one").next(found.room) == found.next("one")
    found.seats["one"] = again(found, "one")
    assert found.until().room.outcome == play_out(talking()).room.outcome


def test_a_seat_waits_for_others():
    found = table(agreeing())
    found.move("A")
    assert found.next("A") is None
    assert table(agreeing()).until("solving").next("A") is None
    assert play_out(agreeing()).next("A") is None


def test_rooms_share_no_keys_and_no_nonces():
    first, other = (play_out(agreeing(), room=room).room for room in ("00" * 16, OTHER_ROOM))
    for name in "AB":
        assert first.keys[name] != other.keys[name]
        assert first.opened[name]["nonce"] != other.opened[name]["nonce"]
        assert first.answers[name]["draw"] != other.answers[name]["draw"]


def test_a_log_that_is_run_again_learns_no_nonce_from_the_first():
    """The operator runs the same room twice: what the first opened opens nothing in the second."""
    runs = []
    for delay in (0, 1):
        found = table(agreeing())
        found.now += delay
        runs.append(found.until().room)
    assert runs[0].id == runs[1].id
    for name in "AB":
        assert runs[0].opened[name]["nonce"] != runs[1].opened[name]["nonce"]
        assert runs[0].answers[name]["draw"] != runs[1].answers[name]["draw"]


def test_nothing_private_is_in_a_message_before_it_is_opened():
    found = table(agreeing()).until("revealing")
    text = json.dumps(log_to_dict(found.room))
    report = report_to_dict(found.seats["A"].party.model)
    assert json.dumps(report["blocks"]["tastes[A]"])[1:-1] not in text
    assert found.seats["A"].secret not in text
    assert found.seats["A"].secret not in repr(found.seats["A"])


def test_a_seat_speaks_only_while_its_log_grows():
    """The operator takes back an entry and tells another story."""
    found = table(agreeing()).until("committing")
    found.next("A")
    room = Room(OPERATOR.public)
    for entry in found.room.entries[:-1]:
        room.add(entry)
    found.next("A")
    joined = found.room.entries[-1].message
    room.add(Entry.sealed(OPERATOR, joined, START_TIME + 999, room.entries[-1]))
    with pytest.raises(InputError, match="another log"):
        found.seats["A"].next(room)


def test_a_shorter_log_is_waited_out():
    """Answers of a server may come in another order than they were given."""
    found = table(agreeing()).until("committing")
    found.next("A")
    room = Room(OPERATOR.public)
    room.add(found.room.entries[0])
    assert found.seats["A"].next(room).type == "join"


def test_a_model_on_another_frame_does_not_join(rng):
    found = table(agreeing())
    other = Party("A", random_game(rng, (3, 3)))
    with pytest.raises(InputError, match="another frame"):
        Seat(other, Honest(), SECRETS[0], found.room.id).next(found.room)


class Elsewhere(Honest):
    """Reports on a frame that nobody agreed to."""

    def report(self, context):
        return random_game(np.random.default_rng(0), (3, 3))


def test_a_report_on_another_frame_is_not_committed_to():
    found = table(agreeing(), {"A": Elsewhere()}).until("committing")
    with pytest.raises(InputError, match="not on the common frame"):
        found.next("A")


class Trusting(Honest):
    """Accepts whatever is proposed."""

    def respond(self, context, proposal):
        return Decision(context.name, True, ())


def proposed(case, change, behaviours=None):
    """A table whose operator has proposed something else than what follows."""
    found = table(case, behaviours).until("solving")
    body = copy.deepcopy(play_out(case).room.proposals[0])
    change(body)
    found.desk.propose(plain_json(body), found.now)
    return found


def another_play(body):
    body["play"] = Lottery.pure((0, 0)).to_dict()


def no_common_model(body):
    body["common"] = {"blocks": {}}


def no_gap(body):
    body["gap"] = {}


@pytest.mark.parametrize("change", [another_play, no_common_model, no_gap])
def test_a_seat_leaves_a_proposal_that_does_not_follow(change):
    found = proposed(agreeing(), change, {"A": Trusting()})
    message = found.next("A")
    assert message.type == "leave"
    assert message.body["text"].startswith("The proposal ")
    found.take(message)
    assert found.room.outcome["status"] == "left"


def test_a_rule_that_all_can_check_refuses_for_a_trusting_party():
    found = table(refusing(), {"one": Trusting()}).until("answering")
    body = found.next("one").body
    assert (body["accepts"], body["reasons"], body["draw"]) == (False, ["rule"], None)


class Stubborn(Honest):
    """Refuses although every rule holds."""

    def respond(self, context, proposal):
        return Decision(context.name, False, ("no",))


def test_a_refusal_without_a_rule_gives_another_reason():
    found = table(agreeing(), {"A": Stubborn()}).until("answering")
    assert found.next("A").body["reasons"] == ["other"]


def test_reasons_name_the_rules_that_broke():
    found = table(refusing()).until("answering")
    assert found.next("one").body["reasons"] == ["rule"]


def test_what_a_seat_says_is_taken():
    found = table(dealing()).until("answering")
    found.take(found.seats["A"].say(found.room, "ask", "issue 0", "Why?"))
    assert found.kinds[-1] == "say"
    assert found.until().room.outcome["status"] == "agreed"


def test_chance_differs_from_seat_to_seat_and_stays():
    found = table(agreeing())
    seeds = [seat.context(found.room.terms).seed for seat in found.seats.values()]
    assert len(set(seeds)) == 2
    assert again(found, "A").context(found.room.terms).seed == seeds[0]


def test_a_seat_speaks_in_its_own_room_alone():
    found, other = table(agreeing()), table(agreeing(), room=OTHER_ROOM)
    with pytest.raises(InputError, match="another room"):
        found.seats["A"].next(other.room)
    assert found.seats["A"].next(Room(OPERATOR.public)) is None
