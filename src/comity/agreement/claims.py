"""Whether a written agreement says what its own transcript says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from comity.agreement.defaults import play_payoffs
from comity.agreement.transcripts.transcript import UNREADABLE, Fault
from comity.agreement.transcripts.wire import report_from_dict
from comity.games.plays import play_from_dict

NOT_COVERED = (
    "the certificate, the comparison, the scenarios and the reasons of decisions: they rest on "
    "figures that stay with each party; agree works them out anew from the Case"
)
"""What an agreement file holds beside the transcript that nobody can check from it."""

PRECISION = 1e-9

Steps = Sequence[Mapping[str, Any]]


def claim_faults(agreement: Mapping[str, Any], transcript: Steps) -> list[Fault]:
    """Return what a plain-JSON agreement states otherwise than its transcript.

    ``agreement`` is what `Agreement.to_dict` gives: status, solution, disagreement, play, payoffs,
    decisions and acts are compared, where the transcript holds them; an absent one is a fault.
    Nothing is raised for a broken agreement.
    """
    faults = []
    for name, recorded in RECORDED.items():
        try:
            expected = recorded(transcript)
            same = expected is None or _same(_stated(agreement, name), expected)
        except UNREADABLE:
            same = False
        if not same:
            faults.append(
                Fault(-1, "", f"{name} of the file differs from what the transcript holds")
            )
    return faults


def _stated(agreement: Mapping[str, Any], name: str) -> Any:
    if name == "decisions":
        return {entry["party"]: entry["accepts"] for entry in agreement[name]}
    return agreement[name]


def _same(stated: Any, recorded: Any) -> bool:
    """Compare plain JSON; numbers to 1e-9 of their size, everything else exactly."""
    if isinstance(recorded, Mapping):
        return set(stated) == set(recorded) and all(
            _same(stated[key], recorded[key]) for key in recorded
        )
    if isinstance(recorded, list):
        return len(stated) == len(recorded) and all(map(_same, stated, recorded))
    if isinstance(recorded, (int, float)) and not isinstance(recorded, bool):
        right = not isinstance(stated, (bool, str))
        return right and bool(abs(stated - recorded) <= PRECISION * max(1.0, abs(recorded)))
    return type(stated) is type(recorded) and bool(stated == recorded)


def _last(transcript: Steps, kind: str) -> Mapping[str, Any] | None:
    found = [step["data"] for step in transcript if step["type"] == kind]
    return found[-1] if found else None


def _end(name: str) -> Callable[[Steps], Any]:
    return lambda transcript: (_last(transcript, "play") or {}).get(name)


def _solved(name: str) -> Callable[[Steps], Any]:
    return lambda transcript: (_last(transcript, "solve") or {}).get(name)


def _payoffs(transcript: Steps) -> list[float] | None:
    solved, ended = _last(transcript, "solve"), _last(transcript, "play")
    if solved is None or ended is None:
        return None
    common = report_from_dict(transcript[0]["data"]["frame"], solved["common"])
    play = None if ended["play"] is None else play_from_dict(dict(ended["play"]))
    worth: list[float] = np.asarray(play_payoffs(common, play)).tolist()
    return worth


def _decisions(transcript: Steps) -> dict[str, bool]:
    steps = [step["data"] for step in transcript if step["type"] == "decide"]
    return {data["party"]: data["accepts"] for data in steps}


RECORDED: dict[str, Callable[[Steps], Any]] = {
    "status": _end("status"),
    "solution": _solved("notion"),
    "disagreement": _solved("disagreement"),
    "play": _end("play"),
    "payoffs": _payoffs,
    "decisions": _decisions,
    "acts": _end("acts"),
}
"""What the transcript holds of each entry of an agreement; ``None`` where it holds nothing."""
