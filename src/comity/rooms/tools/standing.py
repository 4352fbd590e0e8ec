"""Where a seat stands in its room, as plain JSON that an agent can act on."""

from __future__ import annotations

from typing import Any

from comity.core.results import plain
from comity.language import outcome_words
from comity.rooms.client.chair import Chair
from comity.rooms.client.lots import lots_of, worst_loss
from comity.rooms.client.result import RoomResult
from comity.rooms.client.telling import tell_proposal, tell_result
from comity.rooms.tools.wording import happens

NEXT = {
    "joining": "wait",
    "committing": "commit",
    "revealing": "reveal",
    "solving": "wait",
    "answering": "answer",
    "ended": "nothing",
}
"""The tool that each phase asks for, of a seat that has not used it yet."""


def standing(chair: Chair) -> dict[str, Any]:
    """Return where a room stands for one seat, but for proposal and result."""
    room = chair.room
    waiting = chair.seat.name not in room.missing or chair.has_moved
    return {
        "room": room.id,
        "party": chair.seat.name,
        "phase": room.phase,
        "round": room.round,
        "rounds": room.terms.rounds,
        "deadline": room.deadline,
        "next": "wait" if waiting and room.phase != "ended" else NEXT[room.phase],
        "missing": list(room.missing),
        "joined": list(room.keys),
        "talk": [
            {
                "party": m.author,
                "act": m.body["act"],
                "about": m.body["about"],
                "text": m.body["text"],
            }
            for m in (entry.message for entry in room.entries)
            if m.type == "say"
        ],
        "entries": len(room.entries),
        "head": room.head,
    }


def proposal_of(chair: Chair) -> dict[str, Any]:
    """Return the proposal on the table with what one gains by one's own view.

    ``lots`` are the outcomes that may be drawn, with what each brings; ``can_lose`` says how far
    the worst of them is below no agreement. Costs a check of the solution against its bounds.
    """
    room, seat = chair.room, chair.seat
    context = seat.context(room.terms)
    proposal, faults = seat.proposal(room)
    play = proposal.solution.play
    lots = lots_of(context, play, proposal.delay)
    decision = context.judge(proposal) if play is not None else None
    return {
        "words": tell_proposal(context, proposal),
        "happens": happens(context.model, plain(play)),
        "lots": [
            {"what": outcome_words(room.terms.frame, lot.outcome), **lot.to_dict()} for lot in lots
        ],
        "can_lose": worst_loss(lots),
        "play": plain(play),
        "gap": proposal.solution.gap.to_dict(),
        "rules_accept": None if decision is None else decision.accepts,
        "reasons": [] if decision is None else list(decision.reasons),
        "faults": faults,
    }


def result_as_data(found: RoomResult) -> dict[str, Any]:
    """Return how a room ended, with its certificates and in words."""
    return {"words": tell_result(found), **found.to_dict()}
