"""How a room ends, and when: what its log leads to by itself."""

from __future__ import annotations

from typing import Any

from comity.agreement.transcripts.draw import drawn_outcome, uniform_draw
from comity.agreement.transcripts.replay import play_of
from comity.rooms.protocol.commitments import room_draw_seed
from comity.rooms.protocol.state import State


def ending(room: State, time: int) -> dict[str, Any] | None:
    """Return the outcome that the log leads to at a time, or ``None`` while nothing ends it."""
    late = room.deadline is not None and time > room.deadline
    if room.left:
        return _end("declined" if room.phase == "joining" else "left", missing=[room.left])
    if room.phase == "answering" and not room.missing:
        return _answered(room)
    if room.phase == "answering" and room.proposals[-1]["play"] is None:
        return _end("no gain")
    if room.phase == "solving":
        return _end("unsolved")
    return _end("expired", missing=list(room.missing)) if late else None


def _end(
    status: str, missing: list[str] | None = None, play: Any = None, draw: Any = None
) -> dict[str, Any]:
    return {"status": status, "missing": missing or [], "play": play, "draw": draw}


def _answered(room: State) -> dict[str, Any]:
    if not all(answer["accepts"] for answer in room.answers.values()):
        return _end("refused")
    play = play_of(room.proposals[-1]["play"])
    assert play is not None
    nonces = {name: answer["draw"] for name, answer in room.answers.items()}
    seed = room_draw_seed(room.id, room.round, nonces)
    outcome = list(drawn_outcome(play, uniform_draw(seed)))
    drawn = {"seed": seed, "number": uniform_draw(seed), "outcome": outcome}
    return _end("agreed", play=play.to_dict(), draw=drawn)
