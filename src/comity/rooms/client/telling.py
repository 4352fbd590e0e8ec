"""What happens in a room, and how it ended, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from comity.agreement.report.words import is_lottery, outcome_words, play_lines
from comity.core.page.words import certified, clean
from comity.rooms.client.result import RoomResult
from comity.rooms.protocol.messages import Entry, Message

HAPPENED: Mapping[str, Callable[[Message], str]] = {
    "propose": lambda m: "The terms are proposed.",
    "join": lambda m: f"{clean(m.author)} has joined.",
    "commit": lambda m: f"{clean(m.author)} has committed to a report.",
    "reveal": lambda m: f"{clean(m.author)} has opened its report.",
    "proposal": lambda m: "The proposal is on the table.",
    "answer": lambda m: f"{clean(m.author)} {'accepts' if m.body['accepts'] else 'refuses'}.",
    "say": lambda m: (
        f"{clean(m.author)}: {m.body['act']} {clean(m.body['about'])} "
        f"{clean(m.body['text'])}".rstrip()
    ),
    "leave": lambda m: f"{clean(m.author)} walks away. {clean(m.body['text'])}".rstrip(),
    "outcome": lambda m: f"The room has ended: {m.body['status']}.",
}
"""A sentence for each type of message."""

ENDED: Mapping[str, str] = {
    "agreed": "All have accepted.",
    "refused": "Somebody refused; each plays its default.",
    "no gain": "No deal is better for all than the default; each plays its default.",
    "declined": "Somebody did not take part; each plays its default.",
    "left": "Somebody walked away; each plays its default.",
    "expired": "A deadline passed; each plays its default.",
    "unsolved": "The common model could not be solved in time; each plays its default.",
}
"""A sentence for each way a room ends."""


def tell_entry(entry: Entry) -> str:
    """Return what an entry of the log says, as one sentence."""
    return HAPPENED[entry.message.type](entry.message)


def tell_result(found: RoomResult) -> list[str]:
    """Return how a room ended for one party, a line each."""
    model = found.own.model
    missing = f" Missing: {', '.join(map(clean, found.missing))}." if found.missing else ""
    lines = [f"{clean(found.status)}: {ENDED[found.status]}{missing}"]
    lines += [f"  {often}: {what}" for often, what in play_lines(model, found.play)]
    if found.drawn is not None and is_lottery(found.play):
        lines.append(f"Drawn by the nonces of all: {outcome_words(model, found.drawn)}.")
    lines.append(f"Your gain by your own view: {certified(found.gain)}.")
    if found.act != "comply":
        lines.append(f"You now play {clean(found.act)}.")
    holds = "The log holds" if found.verification.ok else "The log does not hold"
    lines.append(f"{holds}: {len(found.log['entries'])} entries, head {found.folded.head[:16]}.")
    return lines + [f"  {fault}" for fault in found.verification.faults]
