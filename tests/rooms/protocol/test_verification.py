"""Logs hold; every altered leaf is found and named; what forgers with keys can and cannot do."""

import copy
import dataclasses

import pytest

from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import loads
from comity.rooms.protocol.checks import revised
from comity.rooms.protocol.endings import settled
from comity.rooms.protocol.messages import Entry, Message
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.solving import proposal_and_faults, solve
from comity.rooms.protocol.terms import Terms
from comity.rooms.protocol.verification import (
    CHECKED,
    NOT_COVERED,
    _link_faults,
    _read,
    is_log,
    log_to_dict,
    verify_log,
)
from room_forgeries import FORGERIES, altered, leaves, rewritten, sealed
from room_play import (
    ENDINGS,
    OPERATOR,
    agreeing,
    dealing,
    elaborate,
    plain_json,
    play_out,
    table,
    talking,
    three,
)


def log_of(found):
    return plain_json(log_to_dict(found.room))


LOGS = {name: log_of(make()) for name, make in ENDINGS.items()}


@pytest.mark.parametrize("name", LOGS)
def test_a_log_holds(name):
    verification = verify_log(LOGS[name], operator=OPERATOR.public)
    assert (verification.ok, verification.faults, verification.checked) == (True, (), CHECKED)
    assert is_log(LOGS[name])


@pytest.mark.parametrize("case", [agreeing, dealing, elaborate, talking, three])
def test_a_log_is_of_its_case(case):
    made = case()
    log = log_of(play_out(made))
    assert verify_log(log, made).ok
    for name in ("title", "summary"):
        other = dataclasses.replace(made, **{name: "Another"})
        (fault,) = verify_log(log, other).faults
        assert str(fault) == f"step 0 (propose): the {name} of the Case is another"


def test_a_log_is_of_its_operator():
    (fault,) = verify_log(LOGS["agreed"], operator="0" * 64).faults
    assert str(fault) == f"transcript: another operator sealed it, {LOGS['agreed']['operator']}"


def links(log):
    entries, unread = _read(log["entries"])
    return unread + _link_faults(entries, log["operator"])


@pytest.mark.parametrize("name", ["agreed after talk", "left", "expired"])
def test_every_altered_leaf_is_found_and_named(name):
    """Form, hashes, seals and signatures find them all; every 25th goes through all of it."""
    log = LOGS[name]
    count = 0
    for k, (path, value) in enumerate(leaves(log["entries"])):
        forged = {**log, "entries": altered(log["entries"], path)}
        faults = links(forged) if k % 25 else verify_log(forged).faults
        named = {fault.step for fault in faults}
        assert named & {path[0], path[0] + 1}, f"{path} = {value}: {faults}"
        count += 1
    assert count > 70


@pytest.mark.slow
@pytest.mark.parametrize("name", LOGS)
def test_every_altered_leaf_is_found_by_the_whole_of_it(name):
    log = LOGS[name]
    for path, value in leaves(log["entries"]):
        forged = {**log, "entries": altered(log["entries"], path)}
        named = {fault.step for fault in verify_log(forged).faults}
        assert named & {path[0], path[0] + 1}, f"{path} = {value}"


@pytest.mark.parametrize("name", ["protocol", "operator"])
def test_an_altered_heading_is_found(name):
    assert not verify_log(altered(LOGS["agreed"], (name,))).ok


def test_an_entry_dropped_moved_or_doubled_is_found():
    log = LOGS["agreed after talk"]
    entries = log["entries"]
    for k in range(len(entries)):
        assert not verify_log({**log, "entries": entries[:k] + entries[k + 1 :]}).ok
        assert not verify_log({**log, "entries": [*entries[: k + 1], *entries[k:]]}).ok
    for k in range(len(entries) - 1):
        swapped = [*entries[:k], entries[k + 1], entries[k], *entries[k + 2 :]]
        assert not verify_log({**log, "entries": swapped}).ok


def test_a_log_that_has_not_ended_says_so():
    found = table(agreeing()).until("answering")
    (fault,) = verify_log(log_of(found)).faults
    assert str(fault) == "transcript: it has not ended: it is answering"


@pytest.mark.parametrize("name", FORGERIES)
def test_one_who_seals_everything_anew_is_found(name):
    """All hashes and seals fit; what was done shows by its meaning, at its entry."""
    verification = verify_log(FORGERIES[name]())
    assert not verification.ok
    assert verification.faults[0].step >= 0


def test_sealing_anew_without_a_change_holds():
    """So that a forgery is found for what it changed, not for how it was made."""
    found = play_out(talking())
    keys = ["one", "two", "proposer"]
    for keys_held in ([], keys):
        assert verify_log(rewritten(found, lambda k, m: m, keys_held)).ok
    assert verify_log(sealed(found, [entry.message for entry in found.room.entries])).ok


JUNK = [None, [], {}, "x", -1, 1e300, 10**30, float("inf"), True, [[1]], {"a": 1}, "0" * 64]


def nodes(data, path=()):
    yield path
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner if isinstance(data, (dict, list)) else ():
        yield from nodes(value, (*path, key)) if isinstance(value, (dict, list)) else [(*path, key)]


@pytest.mark.parametrize("name", ["agreed", "left"])
def test_junk_in_any_place_is_a_fault_not_an_error(name, rng):
    log = LOGS[name]
    paths = [path for path in nodes(log) if path]
    for k in rng.choice(len(paths), 80, replace=False):
        forged = copy.deepcopy(log)
        place = forged
        for key in paths[k][:-1]:
            place = place[key]
        junk = JUNK[int(rng.integers(len(JUNK)))]
        if place[paths[k][-1]] != junk:
            place[paths[k][-1]] = junk
            assert not verify_log(forged).ok, (paths[k], junk)


@pytest.mark.parametrize("junk", [None, 3, "x", [], {}, {"protocol": "comity-room-1"}], ids=str)
def test_what_is_no_log_is_a_fault(junk):
    (fault,) = verify_log(junk).faults
    assert fault.step == -1


def test_an_entry_that_cannot_be_read_is_the_only_one_named():
    for k in range(len(LOGS["agreed"]["entries"])):
        log = copy.deepcopy(LOGS["agreed"])
        log["entries"][k] = {"index": k}
        assert [fault.step for fault in verify_log(log).faults] == [k]


def test_a_deep_log_is_a_fault():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    log = copy.deepcopy(LOGS["agreed"])
    log["entries"][5]["message"]["body"]["report"] = deep
    assert verify_log(log).faults[0].step == 5


def test_the_operator_and_the_last_to_answer_can_choose_between_the_draw_and_none():
    """The residual risk: they see what is drawn before B has answered, and B vanishes.

    Nothing in the log tells this from a party that could not be reached.
    """
    found = table(agreeing()).until("answering")
    found.move("A")
    seen = found.desk.waiting["A"].body["draw"]
    room = Room(OPERATOR.public)
    for entry in found.room.entries:
        room.add(entry)
    answers = {"A": found.desk.waiting["A"], "B": found.next("B")}
    for name in room.players:
        room.add(Entry.sealed(OPERATOR, answers[name], found.now, room.entries[-1]))
    drawn_in_private = settled(room)["draw"]["outcome"]
    assert settled(room)["status"] == "agreed"
    assert len(drawn_in_private) == 2
    found.silent = {"B"}
    found.until()
    assert found.room.outcome["status"] == "expired"
    assert verify_log(log_of(found)).ok
    assert seen not in str(log_of(found))


def test_the_operator_and_a_party_can_read_what_others_revealed_and_stop():
    """B has committed, so that it cannot change its report; it can keep it to itself."""
    found = table(agreeing()).until("revealing")
    found.move("A")
    read = found.desk.waiting["A"].body["report"]["blocks"]
    assert read["tastes[A]"] == [0.0, -1.5, 5.0, -5.0]
    found.silent = {"B"}
    found.until()
    assert found.room.outcome["missing"] == ["B"]
    assert verify_log(log_of(found)).ok


def test_neither_can_do_it_alone():
    """Without the operator B sees no answer; without B the operator has no draw."""
    found = table(agreeing()).until("answering")
    found.move("A")
    nonce = found.desk.waiting["A"].body["draw"]
    assert nonce not in str([entry.to_dict() for entry in found.room.entries])
    signed = {e.message.type for e in found.room.entries if e.message.author == "B"}
    assert "answer" not in signed


def test_an_operator_can_say_that_somebody_vanished():
    """It held the message back: the residual risk of any chair that cannot be seen."""
    found = table(agreeing()).until("committing")
    found.next("B")
    found.move("A")
    found.expire()
    assert found.room.outcome["missing"] == ["B"]
    assert verify_log(log_of(found)).ok
    assert "held back" in NOT_COVERED


def test_an_operator_can_leave_out_talk_that_nothing_followed():
    found = table(agreeing()).until("answering")
    found.take(found.seats["A"].say(found.room, "note", "", "Hear me."))
    found.until()
    assert verify_log(rewritten(found, lambda k, m: None if m.type == "say" else m)).ok


ALIKE = '{"x | x" = 1, "y | y" = 1, "x | y" = 0, "y | x" = 0}'
TIED = f"""
comity = 1
title = "Two plays that are alike to the parties, and not to who is absent"
[frame]
players = ["A", "B"]
bystanders = ["C"]
actions = {{A = ["x", "y"], B = ["x", "y"]}}
[models.A.tastes]
A.payoffs = {ALIKE}
B.payoffs = {ALIKE}
C.payoffs = {{"x | x" = -5, "y | y" = 5, "x | y" = 0, "y | x" = 0}}
[models.B.tastes]
A.payoffs = {ALIKE}
B.payoffs = {ALIKE}
C.payoffs = {{"x | x" = -5, "y | y" = 5, "x | y" = 0, "y | x" = 0}}
"""


def test_an_operator_can_choose_among_equally_good_plays():
    case = loads(TIED)
    terms = Terms.of(case)
    opened = {party.name: {"report": report_to_dict(party.model)} for party in case.parties}
    body, reports = solve(terms, opened, 0), revised(terms, opened, 0)
    for outcome in ([0, 0], [1, 1]):
        play = {"kind": "lottery", "outcomes": [outcome], "probabilities": [1.0]}
        assert proposal_and_faults(terms, reports, 0, {**body, "play": play})[1] == []
    worse = {"kind": "lottery", "outcomes": [[0, 1]], "probabilities": [1.0]}
    assert proposal_and_faults(terms, reports, 0, {**body, "play": worse})[1]


def test_an_operator_can_sit_at_the_table_as_somebody_else():
    """Keys are taken on first sight: who holds them must be told another way."""
    found = table(agreeing())
    seat = found.seats["B"]
    found.seats["B"] = Seat(seat.party, seat.behaviour, "e" * 64, seat.room)
    found.until()
    assert verify_log(log_of(found)).ok
    assert found.room.keys["B"] != seat.key.public


def test_whole_other_runs_are_told_by_their_last_hash():
    first, other = play_out(agreeing()), play_out(agreeing(), secrets=["c" * 64, "d" * 64])
    assert verify_log(log_of(other)).ok
    assert first.room.head != other.room.head


def test_a_message_signed_for_this_log_fits_no_other():
    """Two logs of one room: a message of one follows nothing in the other."""
    first, other = table(agreeing()), table(agreeing())
    other.now += 1
    first.until("committing")
    other.until("committing")
    stray = first.next("A")
    assert isinstance(stray, Message)
    with pytest.raises(Exception, match="follows another entry"):
        other.take(stray)
