"""What must hold of each type of message beside its sender and its place in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from comity.agreement.talk import revise
from comity.agreement.transcripts.replay import play_of
from comity.agreement.transcripts.wire import report_from_dict
from comity.core import canonical_json
from comity.core.errors import ComityError
from comity.games import Game
from comity.rooms.protocol.commitments import draw_part, report_commitment
from comity.rooms.protocol.endings import ending
from comity.rooms.protocol.messages import START, Message
from comity.rooms.protocol.state import MOST_TALK, Refused, State, require
from comity.rooms.protocol.terms import UNREADABLE, Terms


def _check_propose(room: State, message: Message, time: int) -> None:
    require(not room.entries, "phase", "a room has one proposal of terms")
    require(message.is_signed(), "signature", "its signature is not that of its key")
    first = (message.after, message.author, message.round) == (START, "", 0)
    require(first, "chain", "it claims to follow something")
    try:
        Terms(message.body["terms"]).check()
    except ComityError as error:
        raise Refused(
            "content", error.message, place=error.place, found=error.found, expected=error.expected
        ) from error


def _check_join(room: State, message: Message, time: int) -> None:
    require(message.author not in room.keys, "duplicate", "the seat is taken")
    others = {room.operator, *room.keys.values()}
    require(message.key not in others, "seat", "one key cannot hold two seats")
    require(message.body["terms"] == room.terms.hash, "content", "the terms are others")
    require(message.body["operator"] == room.operator, "content", "the operator is another")


def _check_commit(room: State, message: Message, time: int) -> None:
    require(message.author not in room.commitments, "duplicate", "it has committed already")
    report, draws = message.body["report"], message.body["draws"]
    require(len(draws) == room.terms.rounds + 1, "content", "one part of a draw per round")
    taken = {h for c in room.commitments.values() for h in (c["report"], *c["draws"])}
    fresh = len({report, *draws}) == len(draws) + 1 and not taken & {report, *draws}
    require(fresh, "content", "a commitment is a copy")


def _check_reveal(room: State, message: Message, time: int) -> None:
    require(message.author not in room.opened, "duplicate", "it has revealed already")
    body = message.body
    try:
        made = report_commitment(
            room.id, room.terms.hash, message.author, body["report"], body["nonce"]
        )
        require(
            made == room.commitments[message.author]["report"],
            "content",
            "it does not open what was committed to",
        )
        read_report(room.terms, body["report"])
    except UNREADABLE as error:
        raise Refused("content", f"the report cannot be read: {error}"[:200]) from error
    except Refused:
        raise
    except ComityError as error:
        raise Refused(
            "content", error.message, place=error.place, found=error.found, expected=error.expected
        ) from error


def read_report(terms: Terms, report: Mapping[str, Any]) -> Game:
    """Return a report on the frame of the terms; raise `ComityError` where it does not fit."""
    game = report_from_dict(terms.frame, report)
    require(game.frame() == terms.frame, "content", "the report is on another frame")
    return game


def revised(terms: Terms, opened: Mapping[str, Mapping[str, Any]], rounds: int) -> dict[str, Game]:
    """Return opened reports by party, in the order of seats, after rounds of talk."""
    reports = {name: read_report(terms, opened[name]["report"]) for name in terms.players}
    for _ in range(rounds):
        reports = revise(reports, terms.constitution, terms.evidence)
    return reports


def _check_proposal(room: State, message: Message, time: int) -> None:
    body = message.body
    require(set(body["public"]) == set(room.players), "content", "a party's rules are missing")
    readable = all(map(_are_findings, body["public"].values()))
    require(readable, "content", "what the rules found cannot be read")
    try:
        play = play_of(body["play"])
        if play is not None:
            require(_is_plain(body["play"]), "content", "the play is not in its plain form")
            room.terms.empty.payoffs(play)
    except Refused:
        raise
    except (ComityError, *UNREADABLE) as error:
        raise Refused("content", f"the play cannot be read: {error}"[:200]) from error


def _are_findings(found: Any) -> bool:
    return isinstance(found, list) and all(
        isinstance(one, dict) and isinstance(one.get("holds"), bool) for one in found
    )


PLAYS = {"lottery": {"kind", "outcomes", "probabilities"}, "mixed": {"kind", "strategies"}}
"""Fields of each kind of play."""


def _is_plain(play: Mapping[str, Any]) -> bool:
    """Return whether a play that can be read has no field or type beyond its own."""
    outcomes = play.get("outcomes", [])
    numbers = play["probabilities"] if "probabilities" in play else chain(*play["strategies"])
    return (
        set(play) == PLAYS[play["kind"]]
        and all(type(k) is int for outcome in outcomes for k in outcome)
        and all(type(p) in (int, float) for p in numbers)
    )


def _check_answer(room: State, message: Message, time: int) -> None:
    name, body = message.author, message.body
    require(name not in room.answers, "duplicate", "it has answered already")
    require(room.proposals[-1]["play"] is not None, "phase", "there is nothing to answer to")
    if not body["accepts"]:
        require(body["draw"] is None, "content", "who refuses opens nothing")
        return
    require(not body["reasons"], "content", "who accepts gives no reasons to refuse")
    broken = [f for f in room.proposals[-1]["public"][name] if not f["holds"]]
    require(not broken, "content", "the constitution refuses for it")
    require(body["draw"] is not None, "content", "who accepts opens its part of the draw")
    part = draw_part(room.id, room.terms.hash, name, body["draw"], room.round)
    committed = room.commitments[name]["draws"][room.round]
    require(part == committed, "content", "its part of the draw is not what it committed to")


def _check_say(room: State, message: Message, time: int) -> None:
    require(message.author in room.keys, "seat", "who speaks joins first")
    require(message.signature not in room.signatures, "duplicate", "it has said that already")
    require(room.said.get(message.author, 0) < MOST_TALK, "full", "it has said enough")


def _check_leave(room: State, message: Message, time: int) -> None:
    if message.author not in room.keys:
        require(room.phase == "joining", "seat", "who leaves joins first")
        others = {room.operator, *room.keys.values()}
        require(message.key not in others, "seat", "one key cannot speak for two seats")


def _check_outcome(room: State, message: Message, time: int) -> None:
    expected = ending(room, time)
    require(expected is not None, "phase", "nothing ends the room")
    assert expected is not None
    body = message.body
    if expected["status"] == "expired":
        named = [name for name in room.missing if name in body["missing"]]
        known = len(named) > 0 and named == body["missing"]
        require(known, "content", "those who are missing are others")
        expected["missing"] = named
    # Canonical, because in Python true equals 1.
    same = canonical_json(dict(body)) == canonical_json(expected)
    require(same, "content", f"the room ends otherwise: {expected['status']}")


CHECKS: dict[str, Callable[[State, Message, int], None]] = {
    "propose": _check_propose,
    "join": _check_join,
    "commit": _check_commit,
    "reveal": _check_reveal,
    "proposal": _check_proposal,
    "answer": _check_answer,
    "say": _check_say,
    "leave": _check_leave,
    "outcome": _check_outcome,
}
