"""How a room ends, and when: what its log leads to by itself."""

from __future__ import annotations

from typing import Any

from comity.rooms.protocol.commitments import room_draw_seed
from comity.rooms.protocol.draws import drawn, drawn_number
from comity.rooms.protocol.state import State


def settled(room: State) -> dict[str, Any] | None:
    """Return the outcome that the log has led to whatever the clock says, or ``None``.

    Nothing may follow then but that outcome: who has seen the draw cannot leave any more.
    """
    if room.left:
        return _end("declined" if room.phase == "joining" else "left", missing=[room.left])
    if room.phase == "answering" and room.proposals[-1]["play"] is None:
        return _end("no gain")
    if room.phase == "answering" and not room.missing:
        return _answered(room)
    return None


def ending(room: State, time: int) -> dict[str, Any] | None:
    """Return the outcome that the log leads to at a time, or ``None`` while nothing ends it.

    A room that is solving may end unsolved at any time: no log shows how hard anybody tried.
    """
    found = settled(room)
    if found is not None:
        return found
    if room.phase == "solving":
        return _end("unsolved")
    late = room.deadline is not None and time > room.deadline
    return _end("expired", missing=list(room.missing)) if late else None


def _end(
    status: str, missing: list[str] | None = None, play: Any = None, draw: Any = None
) -> dict[str, Any]:
    return {"status": status, "missing": missing or [], "play": play, "draw": draw}


def _answered(room: State) -> dict[str, Any]:
    if not all(answer["accepts"] for answer in room.answers.values()):
        return _end("refused")
    play = room.proposals[-1]["play"]
    nonces = {name: answer["draw"] for name, answer in room.answers.items()}
    seed = room_draw_seed(room.id, room.round, nonces)
    number = drawn_number(seed)
    draw = {"seed": seed, "number": number, "outcome": drawn(play, number)}
    return _end("agreed", play=play, draw=draw)
