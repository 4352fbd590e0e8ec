"""Commitments of a room: to a report, and to one's part of a draw.

A commitment is the SHA-256 of the canonical JSON (RFC 8785) of what is named below. The nonce of 32
bytes hides the report; room, terms and party are inside, so that a commitment copied from another
party, room or constitution cannot be opened as one's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.core import digest

REPORT = "comity-room-report-1"
DRAW = "comity-room-draw-1"


def report_commitment(
    room: str, terms: str, party: str, report: Mapping[str, Any], nonce: str, round_: int = 0
) -> str:
    """Return what a party publishes before it may see any report, 64 hexadecimal digits.

    Parameters
    ----------
    terms : hash of the terms, the constitution among them.
    nonce : 64 hexadecimal digits.
    round_ : round of reports; comity's rooms have one.
    """
    return digest(
        {
            "version": REPORT,
            "room": room,
            "constitution": terms,
            "party": party,
            "round": round_,
            "report": dict(report),
            "nonce": nonce,
        }
    )


def draw_part(room: str, terms: str, party: str, nonce: str, round_: int) -> str:
    """Return the commitment to a party's part of the draw after so many rounds of talk."""
    return digest(
        {
            "version": DRAW,
            "room": room,
            "constitution": terms,
            "party": party,
            "round": round_,
            "nonce": nonce,
        }
    )


def room_draw_seed(room: str, round_: int, nonces: Mapping[str, str]) -> str:
    """Return the hash of all parties' nonces that decides a draw, 64 hexadecimal digits."""
    return digest({"version": DRAW, "room": room, "round": round_, "nonces": dict(nonces)})
