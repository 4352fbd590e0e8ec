"""Where a room stands, as the part of its page that follows every change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comity.language import (
    Words,
    moment,
    play_lines,
    play_sentence,
    rules,
    sentence,
    spoken,
    who_ended,
)
from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.room import Room


@dataclass(frozen=True)
class Sitting:
    """One seat: its place in the order, and whether it has done what the phase asks."""

    place: int
    name: str
    done: bool


@dataclass(frozen=True)
class Told:
    """One entry of the record in words.

    Attributes
    ----------
    index : of the entry.
    kind : type of its message.
    place : of its author's seat; -1 for the operator.
    text : the act, in the reader's language.
    beside : what it is about, and words of the author's own.
    time : milliseconds since 1970.
    when : the same in words.
    """

    index: int
    kind: str
    place: int
    text: str
    beside: list[str]
    time: int
    when: str


def panel(words: Words, desk: Desk) -> dict[str, Any]:
    """Return what the panel of a room shows: the same to all, each in its own language."""
    room = desk.room
    return {
        "room": room,
        "seats": [
            Sitting(place, seat, seat not in desk.missing)
            for place, seat in enumerate(room.players)
        ],
        "missing": list(desk.missing),
        "deadline": room.deadline,
        "deadline_words": "" if room.deadline is None else moment(words, room.deadline),
        "told": [told(words, room, index) for index in range(len(room.entries))],
        "proposal": proposal(words, room),
        "ending": ending(words, room),
    }


def told(words: Words, room: Room, index: int) -> Told:
    """Return an entry of the record in words."""
    entry = room.entries[index]
    message = entry.message.to_dict()
    author = entry.message.author
    place = room.players.index(author) if author in room.players else -1
    return Told(
        index,
        entry.message.type,
        place,
        sentence(words, message),
        spoken(words, message),
        entry.time,
        moment(words, entry.time),
    )


def topics(room: Room) -> list[str]:
    """Return what talk can be about: names that all parties share, so none needs a translation."""
    frame = room.terms.frame
    names = [issue["name"] for issue in frame.get("issues", ())]
    return [*room.players, *frame["bystanders"], *names, *frame["quantities"]]


def proposal(words: Words, room: Room) -> list[tuple[str, str]]:
    """Return the proposal on the table as (chance, what happens) pairs."""
    if not room.proposals:
        return []
    return play_lines(words, room.terms.frame, room.proposals[-1]["play"])


def ending(words: Words, room: Room) -> list[str]:
    """Return how the room ended, in sentences; none while it goes on."""
    if room.outcome is None:
        return []
    outcome, frame = room.outcome, room.terms.frame
    lines = [words.say(f"ending.{outcome['status']}")]
    if outcome["missing"]:
        lines.append(who_ended(words, outcome["status"], outcome["missing"]))
    if outcome["play"] is None:
        return [*lines, words.say("ending.default")]
    agreed = play_sentence(words, frame, outcome["play"])
    lines.append(words.say("ending.play", play=agreed))
    drawn = outcome["draw"]["outcome"]
    if len(play_lines(words, frame, outcome["play"])) > 1:
        certain = {"probabilities": [1.0], "outcomes": [drawn]}
        outcome_told = play_sentence(words, frame, certain)
        lines.append(words.say("ending.drawn", outcome=outcome_told))
    return lines


def room_rules(words: Words, room: Room) -> list[str]:
    """Return the rules of a room in plain words."""
    return rules(words, room.terms.data)
