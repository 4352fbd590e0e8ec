"""Each refusal with its code, by signed messages of parties who try."""

import dataclasses

import pytest

from comity.core.errors import InputError
from comity.games import Lottery, MixedProfile
from comity.rooms.protocol.bodies import BODIES
from comity.rooms.protocol.checks import CHECKS, read_report
from comity.rooms.protocol.commitments import draw_part, report_commitment
from comity.rooms.protocol.keys import Key, new_secret
from comity.rooms.protocol.messages import Message
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.state import MOST_TALK, Refused
from room_play import (
    OPERATOR,
    OTHER_ROOM,
    agreeing,
    elaborate,
    plain_json,
    play_out,
    refusing,
    table,
    talking,
    three,
)


def signed(found, key, kind, body, author="", **place):
    room = found.room
    where = {"room": room.id, "round": room.round, "after": room.anchor, **place}
    return Message.signed(key, type=kind, body=body, author=author, **where)


def refuses(found, code, kind, body, author="B", key=None, **place):
    key = key or found.seats[author].key
    message = signed(found, key, kind, body, author, **place)
    with pytest.raises(Refused) as refusal:
        found.take(message)
    assert refusal.value.code == code, refusal.value


def joining(found):
    return {"terms": found.room.terms.hash, "operator": OPERATOR.public}


def test_every_type_has_its_check():
    assert set(CHECKS) == set(BODIES)


def test_who_joins_agrees_to_these_terms_and_this_operator():
    found = table(agreeing())
    refuses(found, "content", "join", {**joining(found), "terms": "0" * 64})
    refuses(found, "content", "join", {**joining(found), "operator": "0" * 64})
    refuses(found, "seat", "join", joining(found), "C", key=Key(bytes(32)))
    refuses(found, "stale", "join", joining(found), after="0" * 64)


def test_one_key_holds_one_seat():
    found = table(three())
    found.move("A")
    refuses(found, "seat", "join", joining(found), "B", key=found.seats["A"].key)
    refuses(found, "seat", "join", joining(found), "B", key=OPERATOR)
    refuses(found, "seat", "leave", {"text": ""}, "B", key=found.seats["A"].key)
    refuses(found, "seat", "leave", {"text": ""}, "B", key=OPERATOR)
    refuses(found, "seat", "leave", {"text": ""}, "A", key=found.seats["B"].key)
    again = signed(found, found.seats["A"].key, "join", joining(found), "A")
    with pytest.raises(Refused, match="the seat is taken"):
        found.room.check(again, found.now)


def test_a_taken_seat_answers_to_its_key_alone():
    found = table(agreeing()).until("committing")
    body = found.next("B").body
    refuses(found, "seat", "commit", body, "B", key=found.seats["A"].key)
    refuses(found, "seat", "commit", body, "A", key=found.seats["B"].key)
    refuses(found, "seat", "commit", body, "B", key=OPERATOR)


def test_only_the_operator_proposes_and_ends():
    found = table(agreeing()).until("answering")
    end = {"status": "unsolved", "missing": [], "play": None, "draw": None}
    for author, key in (("", found.seats["A"].key), ("A", OPERATOR), ("A", found.seats["A"].key)):
        refuses(found, "seat", "outcome", end, author, key=key)
        refuses(found, "seat", "proposal", found.room.proposals[0], author, key=key)


def test_a_commitment_is_no_copy():
    found = table(agreeing()).until("committing")
    found.move("A")
    mine = found.room.commitments["A"]
    own = found.next("B").body
    refuses(found, "content", "commit", {**own, "report": mine["report"]})
    refuses(found, "content", "commit", {**own, "report": mine["draws"][0]})
    refuses(found, "content", "commit", {**own, "draws": mine["draws"]})
    refuses(found, "content", "commit", {**own, "draws": [own["report"]]})
    refuses(found, "content", "commit", {**own, "draws": own["draws"] * 2})
    refuses(found, "content", "commit", {**own, "draws": []})
    found.move("B")
    assert found.room.phase == "revealing"


@pytest.mark.parametrize("whose", ["name", "room", "terms"])
def test_a_commitment_made_for_another_place_cannot_be_opened(whose):
    """B commits to A's report and nonce, in A's name, in another room or by other terms."""
    found = table(agreeing()).until("committing")
    found.move("A")
    room, terms, secret = found.room, found.room.terms.hash, "5" * 64
    report = found.seats["A"]._stated(room.terms)
    place = {
        "name": (room.id, terms, "A"),
        "room": (OTHER_ROOM, terms, "B"),
        "terms": (room.id, "0" * 64, "B"),
    }[whose]
    body = {
        "report": report_commitment(*place, report, secret),
        "draws": [draw_part(room.id, terms, "B", secret, 0)],
    }
    found.take(signed(found, found.seats["B"].key, "commit", body, "B"))
    refuses(found, "content", "reveal", {"report": report, "nonce": secret})
    own = (room.id, terms, "B")
    assert report_commitment(*own, report, secret) != body["report"]


def test_a_reveal_opens_what_was_committed_to():
    found = table(agreeing()).until("revealing")
    body = found.next("B").body
    refuses(found, "content", "reveal", {**body, "nonce": "0" * 64})
    theirs = found.next("A").body
    refuses(found, "content", "reveal", theirs)
    refuses(found, "content", "reveal", {**body, "report": theirs["report"], "nonce": "0" * 64})


@pytest.mark.parametrize(
    "report",
    [
        {},
        {"blocks": {}},
        {"blocks": []},
        {"blocks": {"tastes[A]": [0.0] * 4, "tastes[B]": [0.0] * 5}},
        {"blocks": {"tastes[A]": [0.0] * 4, "tastes[B]": ["x"] * 4}},
        {"blocks": {"tastes[A]": [0.0] * 4, "tastes[B]": [None] * 4}},
        {"blocks": {"tastes[A]": [0.0] * 4, "tastes[B]": [[0.0] * 4]}},
        {"blocks": {"tastes[A]": [0.0] * 4, "tastes[B]": {"a": 1}}},
        {"blocks": {"tastes[A]": [0.0] * 4, "tastes[Z]": [0.0] * 4}},
    ],
    ids=str,
)
def test_a_report_that_was_committed_to_must_still_be_one(report):
    found = table(agreeing()).until("committing")
    found.move("A")
    room, nonce = found.room, "5" * 64
    body = {
        "report": report_commitment(room.id, room.terms.hash, "B", report, nonce),
        "draws": [draw_part(room.id, room.terms.hash, "B", nonce, 0)],
    }
    found.take(signed(found, found.seats["B"].key, "commit", body, "B"))
    refuses(found, "content", "reveal", {"report": report, "nonce": nonce})


def test_reports_are_read_on_the_frame():
    found = table(elaborate()).until("solving")
    report = found.room.opened["A"]["report"]
    assert read_report(found.room.terms, report).frame() == found.room.terms.frame
    with pytest.raises(InputError):
        read_report(found.room.terms, {"blocks": {}})


def answered(found, **change):
    return {"accepts": True, "reasons": [], "draw": None, "text": "", **change}


def test_an_answer_opens_ones_own_part_of_the_draw_or_nothing():
    found = table(agreeing()).until("answering")
    own = found.next("B").body
    refuses(found, "content", "answer", answered(found, draw="0" * 64))
    refuses(found, "content", "answer", answered(found))
    refuses(found, "content", "answer", answered(found, accepts=False, draw=own["draw"]))
    refuses(found, "content", "answer", {**own, "reasons": ["gain"]})
    refuses(found, "content", "answer", {**own, "draw": found.next("A").body["draw"]})
    found.take(signed(found, found.seats["B"].key, "answer", own, "B"))
    refuses(found, "duplicate", "answer", answered(found, accepts=False))


def test_the_part_of_one_round_says_nothing_of_the_next():
    """Who accepts while the other refuses opens that round's part of the draw, and no other."""
    case = talking()
    rules = dataclasses.replace(case.constitution, acceptance=())
    found = table(dataclasses.replace(case, constitution=rules)).until("answering")
    seat = found.seats["one"]
    first = seat.answer(found.room, True)
    found.take(first)
    found.take(found.seats["two"].answer(found.room, False, ("other",)))
    found.until("answering")
    assert (found.room.round, found.room.outcome) == (1, None)
    refuses(found, "content", "answer", dict(first.body), "one")
    again = seat.answer(found.room, True)
    assert again.body["draw"] != first.body["draw"]
    found.take(again)
    found.take(found.seats["two"].answer(found.room, True))
    assert found.room.outcome["status"] == "agreed"


def accepts(found, name):
    return all(rule["holds"] for rule in found.room.proposals[-1]["public"][name])


def test_nobody_accepts_against_a_rule_that_all_can_check():
    found = table(refusing()).until("answering")
    seat = found.seats["one"]
    assert not accepts(found, "one")
    refuses(found, "content", "answer", seat.answer(found.room, True).body, "one")
    found.take(seat.answer(found.room, False, ("rule",)))


@pytest.mark.parametrize(
    "change",
    [
        {"public": {}},
        {"public": {"A": [], "B": [], "C": []}},
        {"public": {"A": 3, "B": []}},
        {"public": {"A": [{}], "B": []}},
        {"public": {"A": [{"holds": 1}], "B": []}},
        {"play": {"kind": "dance"}},
        {"play": Lottery.pure((0,)).to_dict()},
        {"play": Lottery.pure((0, 7)).to_dict()},
        {"play": {**Lottery.pure((0, 0)).to_dict(), "note": "x"}},
        {"play": {"kind": "lottery", "outcomes": [[True, 0]], "probabilities": [1.0]}},
        {"play": {"kind": "lottery", "outcomes": [[0, 0]], "probabilities": [True]}},
        {"play": {"kind": "lottery", "outcomes": [[0, 0]], "probabilities": [0.5]}},
        {"play": {"kind": "mixed", "strategies": [[1.0, 0.0]]}},
        {"play": {"kind": "mixed", "strategies": [[1.0, 0.0], ["1", "0"]]}},
        {"play": {"kind": "mixed", "strategies": 3}},
    ],
    ids=str,
)
def test_a_proposal_that_nobody_could_play_is_refused(change):
    found = table(agreeing()).until("solving")
    good = play_out(agreeing()).room.proposals[0]
    body = plain_json({**good, **change})
    with pytest.raises(Refused) as refusal:
        found.desk.propose(body, found.now)
    assert refusal.value.code == "content"
    found.desk.propose(good, found.now)


def test_a_mixed_play_can_be_proposed():
    found = table(agreeing()).until("solving")
    good = play_out(agreeing()).room.proposals[0]
    play = MixedProfile(([0.5, 0.5], [1.0, 0.0])).to_dict()
    found.desk.propose({**good, "play": plain_json(play)}, found.now)
    assert found.room.phase == "answering"


def test_talk_is_for_those_at_the_table_and_has_an_end():
    found = table(agreeing())
    body = {"act": "greet", "about": "", "text": ""}
    refuses(found, "seat", "say", body, "A")
    found.move("A")
    for k in range(MOST_TALK):
        found.take(found.seats["A"].say(found.room, "note", text=str(k)))
    refuses(found, "full", "say", body, "A")
    found.until("committing")
    assert found.room.phase == "committing"


def test_a_stranger_cannot_leave_for_a_seat_that_is_taken():
    found = table(agreeing()).until("committing")
    refuses(found, "seat", "leave", {"text": ""}, "A", key=Key(b"s" * 32))
    refuses(found, "seat", "leave", {"text": ""}, "C", key=Key(b"s" * 32))


def test_secrets_of_another_seat_hold_no_seat():
    found = table(agreeing()).until("committing")
    seat = found.seats["B"]
    thief = Seat(seat.party, seat.behaviour, new_secret(), found.room.id)
    with pytest.raises(InputError, match="another key holds the seat"):
        thief.next(found.room)
