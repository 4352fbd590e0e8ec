"""The steps of one run, each bound to the one before by its hash.

A step holds the hash of its predecessor, so nobody can change, drop or move one without changing
all that follow (Haber and Stornetta 1991). Whoever keeps the last hash can prove the whole run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.core import digest
from comity.core.results import plain

VERSION = "comity-transcript-1"
START = "0" * 64
STEP_TYPES = (
    "open",
    "participate",
    "commit",
    "reveal",
    "talk",
    "solve",
    "decide",
    "draw",
    "play",
)


class Record:
    """The growing transcript of one run.

    Examples
    --------
    >>> record = Record()
    >>> record.add("open", title="a pie")["previous"] == START
    True
    """

    def __init__(self) -> None:
        self.steps: list[dict[str, Any]] = []

    def add(self, kind: str, **data: Any) -> dict[str, Any]:
        """Append a step of a known type and return it."""
        if kind not in STEP_TYPES:
            raise ValueError(f"unknown step {kind}")
        step = {
            "step": len(self.steps),
            "type": kind,
            "previous": self.steps[-1]["hash"] if self.steps else START,
            "data": plain(data),
        }
        step["hash"] = step_hash(step)
        self.steps.append(step)
        return step


def step_hash(step: Mapping[str, Any]) -> str:
    """Return the hash of a step: SHA-256 of the canonical JSON of all its other entries."""
    return digest({name: value for name, value in step.items() if name != "hash"})


def rechained(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps with fresh hashes, as one who rewrites history would make them."""
    record: list[dict[str, Any]] = []
    for step in steps:
        fresh = {**step, "previous": record[-1]["hash"] if record else START}
        record.append({**fresh, "hash": step_hash(fresh)})
    return record
