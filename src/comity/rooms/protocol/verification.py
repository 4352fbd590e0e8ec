"""Checking a room's log offline, with nothing but itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.agreement.transcripts.transcript import UNREADABLE as BROKEN
from comity.agreement.transcripts.transcript import Fault, Verification
from comity.cases import Case
from comity.core.errors import ComityError
from comity.rooms.protocol.bodies import HASH
from comity.rooms.protocol.messages import PROTOCOL, START, Entry, entry_from_dict
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.solving import proposal_and_faults
from comity.rooms.protocol.terms import Terms

CHECKED = (
    "every entry is bound to the one before by its hash, and sealed by the operator",
    "every message is signed by whoever holds the seat, for this room and this place in it",
    "all parties committed before any report was seen, and each opened its own commitment",
    "each proposal follows from the reports by the terms: objective to 1e-9, payoffs to 1e-6",
    "every rule that anyone can check gave the recorded answer",
    "the outcome follows from the answers and from the nonces of all parties",
)

NOT_COVERED = (
    "whose the keys are, what the operator held back or left out, and what time it was: these are "
    "the operator's word"
)
"""What no log can show."""


def log_to_dict(room: Room) -> dict[str, Any]:
    """Return a room's log as plain JSON, to keep or to verify."""
    return {
        "protocol": PROTOCOL,
        "operator": room.operator,
        "entries": [entry.to_dict() for entry in room.entries],
    }


def is_log(data: Any) -> bool:
    """Return whether plain JSON claims to be a room's log."""
    return isinstance(data, Mapping) and str(data.get("protocol", "")).startswith("comity-room-")


def verify_log(
    data: Mapping[str, Any], case: Case | None = None, *, operator: str | None = None
) -> Verification:
    """Return whether a room's log holds together, with every fault found.

    Parameters
    ----------
    data : what `log_to_dict` gives.
    case : if given, the log must be of this Case's terms, deadlines aside.
    operator : if given, the key that must have sealed the log.

    Nothing is raised for a broken log. Costs one solution per proposal. A log that has not ended
    verifies as far as it goes, with that said as a fault.
    """
    with np.errstate(all="ignore"):
        faults = _faults(data, case, operator)
    faults = sorted(dict.fromkeys(faults), key=lambda fault: fault.step)
    return Verification(not faults, tuple(faults), CHECKED)


def _faults(data: Any, case: Case | None, operator: str | None) -> list[Fault]:
    if not isinstance(data, Mapping) or set(data) != {"protocol", "operator", "entries"}:
        return [Fault(-1, "", "it is not a log: protocol, operator and entries")]
    if data["protocol"] != PROTOCOL or not HASH.fits(data["operator"]):
        return [Fault(-1, "", f"it is not of {PROTOCOL} with an operator's key")]
    if not isinstance(data["entries"], list) or not data["entries"]:
        return [Fault(-1, "", "there are no entries")]
    faults = []
    if operator is not None and operator != data["operator"]:
        faults.append(Fault(-1, "", f"another operator sealed it, {data['operator']}"))
    entries, unread = _read(data["entries"])
    if unread:
        before = entries[: unread[0].step]
        return faults + _link_faults(before, data["operator"]) + unread
    faults += _link_faults(entries, data["operator"])
    room, broken = Room(data["operator"]), {fault.step for fault in faults}
    faults += [fault for fault in _fold(room, entries) if fault.step not in broken]
    if case is not None and room.entries:
        faults += _case_faults(room.terms, case)
    return faults


def _read(data: list[Any]) -> tuple[list[Entry], list[Fault]]:
    entries: list[Entry] = []
    faults: list[Fault] = []
    for index, item in enumerate(data):
        try:
            entries.append(entry_from_dict(item))
        except BROKEN as error:
            faults.append(Fault(index, _type(item), str(error)[:300]))
    return entries, faults


def _type(item: Any) -> str:
    message = item.get("message") if isinstance(item, Mapping) else None
    return str(message.get("type", "?"))[:40] if isinstance(message, Mapping) else "?"


def _link_faults(entries: list[Entry], operator: str) -> list[Fault]:
    """Return what is wrong with hashes, seals and signatures, entry by entry."""
    faults, previous, number = [], START, 0
    for place, entry in enumerate(entries):
        checks = {
            f"its number is {entry.index}": entry.index == number,
            "it does not hold the hash of the entry before": entry.previous == previous,
            "its hash is not that of its contents": _holds(entry.is_whole),
            "its seal is not the operator's": entry.is_sealed(operator),
            "its message is not signed by its key": _holds(entry.message.is_signed),
        }
        faults += [Fault(place, entry.message.type, what) for what, ok in checks.items() if not ok]
        previous, number = entry.hash, entry.index + 1
    return faults


def _holds(check: Any) -> bool:
    try:
        return bool(check())
    except BROKEN:
        return False


def _fold(room: Room, entries: list[Entry]) -> list[Fault]:
    """Return what the room itself refuses, and proposals that do not follow."""
    for place, entry in enumerate(entries):
        kind = entry.message.type
        try:
            reports, round_ = room.reports, room.round
            room.add(entry)
            if kind == "proposal":
                found = proposal_and_faults(room.terms, reports, round_, entry.message.body)[1]
                if found:
                    return [Fault(place, kind, what) for what in found]
        except BROKEN as error:
            return [Fault(place, kind, _words(error))]
    return [] if room.phase == "ended" else [Fault(-1, "", f"it has not ended: it is {room.phase}")]


def _words(error: BaseException) -> str:
    words = str(error) if isinstance(error, ComityError) else f"{type(error).__name__}: {error}"
    return f"it does not follow: {words}"[:300]


def _case_faults(terms: Terms, case: Case) -> list[Fault]:
    expected = Terms.of(case).data
    return [
        Fault(0, "propose", f"the {name} of the Case is another")
        for name in ("title", "summary", "frame", "constitution", "evidence")
        if terms.data[name] != expected[name]
    ]
