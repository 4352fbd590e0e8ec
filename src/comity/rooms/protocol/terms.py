"""The terms of a room: what all know and agree to before anybody reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from comity.agreement import check_case, choose_notion
from comity.agreement.transcripts.wire import (
    constitution_from_dict,
    constitution_to_dict,
    empty_game,
    evidence_from_list,
    evidence_to_list,
)
from comity.cases import Case, Constitution, Evidence, Party
from comity.core import canonical_json, digest
from comity.core.errors import ComityError, InputError
from comity.core.limits import check_cells
from comity.games import Game
from comity.rooms.protocol.bodies import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_ROUNDS,
    check_depth,
    is_whole,
    shown,
)

FIELDS = ("title", "summary", "frame", "constitution", "evidence", "deadlines")
TIMED = ("joining", "committing", "revealing", "solving", "answering")
"""Phases that end by themselves; deadlines are seconds from the start of each."""
DEADLINES = {
    "joining": 7 * 86400,
    "committing": 86400,
    "revealing": 86400,
    "solving": 600,
    "answering": 86400,
}
LONGEST_DEADLINE = 366 * 86400
MOST_PARTIES = 50
MOST_NUMBERS = 250_000
"""Numbers in one report: in every state a cell for each quantity and each one affected."""

UNREADABLE = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
    AssertionError,
)
"""What hostile terms or reports may raise while they are read."""


@dataclass(frozen=True)
class Terms:
    """What is fixed before anyone joins.

    Attributes
    ----------
    data : plain JSON: title, summary, frame, constitution, evidence, deadlines.
    """

    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, case: Case, deadlines: Mapping[str, int] | None = None) -> Terms:
        """Return the public part of a Case as terms; no party's model is in them."""
        return cls(
            {
                "title": case.title,
                "summary": case.summary,
                "frame": case.parties[0].model.frame(),
                "constitution": constitution_to_dict(case.constitution),
                "evidence": evidence_to_list(case.evidence),
                "deadlines": {**DEADLINES, **(deadlines or {})},
            }
        )

    @cached_property
    def hash(self) -> str:
        """Digest by which parties name the terms."""
        return digest(dict(self.data))

    @cached_property
    def players(self) -> tuple[str, ...]:
        """Names of the seats, in order."""
        return tuple(self.data["frame"]["players"])

    @cached_property
    def constitution(self) -> Constitution:
        """How reports become a play."""
        return constitution_from_dict(self.data["constitution"])

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Data that all have seen."""
        return evidence_from_list(self.data["evidence"])

    @cached_property
    def frame(self) -> Mapping[str, Any]:
        """Players, options, states and quantities."""
        found: Mapping[str, Any] = self.data["frame"]
        return found

    @cached_property
    def empty(self) -> Game:
        """The game on the frame in which everything is worth nothing."""
        return empty_game(self.frame)

    @cached_property
    def notion(self) -> str:
        """The solution that is applied."""
        found = choose_notion(self.constitution, self.players)
        if found is None:
            raise InputError(
                "no solution is acceptable to all parties", place="terms.constitution.acceptable"
            )
        return found

    @property
    def rounds(self) -> int:
        """Rounds of talk after a refusal."""
        return self.constitution.talk.rounds

    def check(self) -> None:
        """Raise `InputError` unless a room can be held by these terms, whatever is reported."""
        _check_form(self.data)
        try:
            self._check_meaning()
        except ComityError as error:
            if isinstance(error, InputError):
                raise
            raise InputError(error.message, place="terms", found=error.found) from error
        except UNREADABLE as error:
            raise InputError(
                "the terms cannot be read",
                place="terms",
                found=f"{type(error).__name__}: {error}"[:LONGEST_LABEL],
            ) from error

    def _check_meaning(self) -> None:
        players = self.players
        if not 2 <= len(players) <= MOST_PARTIES or len(set(players)) < len(players):
            raise InputError(
                "a room needs parties of different names",
                place="terms.frame.players",
                found=f"{len(players)}",
                expected=f"2 to {MOST_PARTIES}",
            )
        check_cells(_numbers(self.frame), "terms.frame", MOST_NUMBERS)
        for name in players:
            if not (isinstance(name, str) and 0 < len(name) <= LONGEST_LABEL):
                raise InputError("not a name", place="terms.frame.players", found=shown(name))
        if not (is_whole(self.rounds, MOST_ROUNDS) and self.rounds >= 0):
            raise InputError(
                "out of range",
                place="terms.constitution.talk.rounds",
                found=shown(self.rounds),
                expected=f"0 to {MOST_ROUNDS}",
            )
        seats = tuple(Party(name, self.empty) for name in players)
        check_case(Case("terms", seats, self.constitution, evidence=self.evidence))
        full = {
            "frame": self.empty.frame(),
            "constitution": constitution_to_dict(self.constitution),
            "evidence": evidence_to_list(self.evidence),
        }
        for name, data in full.items():
            if canonical_json(data) != canonical_json(self.data[name]):
                raise InputError("not in its full form", place=f"terms.{name}")
        _ = self.notion


def _numbers(frame: Mapping[str, Any]) -> int:
    """Return how many numbers a report on a frame holds, without making one."""
    if frame["kind"] == "normal-form":
        cells = _product([len(names) for names in frame["actions"]])
    else:
        counts = [len(issue["options"]) for issue in frame["issues"]]
        cells = sum(counts) if frame["form"] == "additive" else _product(counts)
    rows = sum(len(frame[name]) for name in ("players", "bystanders", "quantities"))
    return cells * len(frame["states"]) * rows


def _product(counts: Sequence[int]) -> int:
    """Return the product, or the first partial one that is too large."""
    found = 1
    for count in counts:
        found *= count
        if found > MOST_NUMBERS:
            break
    return found


def _check_form(data: Any) -> None:
    check_depth(data, "terms")
    if not isinstance(data, dict) or set(data) != set(FIELDS):
        found = ", ".join(sorted(map(str, data))) if isinstance(data, dict) else type(data).__name__
        raise InputError(
            "not the terms of a room",
            place="terms",
            found=found[:LONGEST_LABEL],
            expected=", ".join(FIELDS),
        )
    for name, longest in (("title", LONGEST_LABEL), ("summary", LONGEST_TEXT)):
        if not isinstance(data[name], str) or len(data[name]) > longest:
            raise InputError(
                "not a short text", place=f"terms.{name}", expected=f"at most {longest} characters"
            )
    deadlines = data["deadlines"]
    if not isinstance(deadlines, dict) or set(deadlines) != set(TIMED):
        raise InputError(
            "not the deadlines", place="terms.deadlines", expected=", ".join(TIMED) + " in seconds"
        )
    for name, seconds in deadlines.items():
        if not (is_whole(seconds, LONGEST_DEADLINE) and seconds >= 1):
            raise InputError(
                "a deadline is out of range",
                place=f"terms.deadlines.{name}",
                found=shown(seconds),
                expected=f"seconds, 1 to {LONGEST_DEADLINE}",
            )
