"""What a log or transcript that holds is about, in a few lines of plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.core.page.words import clean
from comity.language import listed, outcome_words, play_lines, who_ended, words_of

ENGLISH = words_of("en")


def log_lines(data: Mapping[str, Any]) -> list[str]:
    """Return room, parties, end and seal of a room's log that holds."""
    from comity.rooms.protocol.messages import entry_from_dict
    from comity.rooms.protocol.room import Room

    room = Room(data["operator"])
    for entry in data["entries"]:
        room.add(entry_from_dict(entry))
    assert room.outcome is not None
    outcome = room.outcome
    lines = [
        f"Room: {room.id}, {clean(room.terms.data['title'])}",
        _parties(room.players),
        ENGLISH.say(f"ending.{outcome['status']}"),
    ]
    if outcome["missing"]:
        lines.append(who_ended(ENGLISH, outcome["status"], outcome["missing"]))
    drawn = outcome["draw"]["outcome"] if outcome["draw"] else None
    return [
        *lines,
        *_play(room.terms.frame, outcome["play"], drawn),
        f"Sealed by: {room.operator}",
        f"Last hash: {room.head}",
    ]


def transcript_lines(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return subject, parties and end of a transcript that holds."""
    begun, ended = steps[0]["data"], steps[-1]["data"]
    joined = [step["data"]["party"] for step in steps if step["type"] == "participate"]
    agreed = ended["play"] if ended["status"] == "agreed" else None
    return [
        f"About: {clean(begun['title'])}",
        _parties(joined),
        ENGLISH.say("ending.agreed") if agreed else f"No agreement: {clean(ended['status'])}.",
        *_play(begun["frame"], agreed, ended["outcome"]),
        f"Last hash: {steps[-1]['hash']}",
    ]


def _parties(names: Sequence[str]) -> str:
    return f"Parties: {listed(ENGLISH, list(map(clean, names)))}"


def _play(
    frame: Mapping[str, Any], play: Mapping[str, Any] | None, drawn: Sequence[int] | None
) -> list[str]:
    """Return what was agreed, and what was drawn of it where a lot decided."""
    told = play_lines(ENGLISH, frame, play)
    lines = [f"  {often}: {what}" for often, what in told]
    if drawn is not None and len(told) > 1:
        lines.append(ENGLISH.say("ending.drawn", outcome=outcome_words(frame, drawn)))
    return lines
