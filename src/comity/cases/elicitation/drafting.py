"""The Case that an interview drafts: its data, its comments, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.cases.numbers import written

SCALE = 100.0
"""Worth of everything at its best, to each; everything at its worst is worth 0."""

LONGEST_LIST = 9
"""Options that a person is asked to put in order; of longer ranges only the direction is asked."""


@dataclass
class Draft:
    """The Case so far: its data, the comments beside them, what was assumed, and each's scale."""

    data: dict[str, Any] = field(default_factory=dict)
    comments: dict[tuple[str, ...], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    tops: dict[str, float] = field(default_factory=dict)

    def assume(self, note: str) -> None:
        """Note what nobody said."""
        if note not in self.notes:
            self.notes.append(note)

    def leave_out(self, party: str, name: str, parts: Sequence[str]) -> None:
        """Note that a party did not say how a bystander fares, with some parts or with any."""
        which = f" with {', '.join(map(repr, parts))}" if parts else ""
        note = f"How {name} fares{which}, as {party} sees it, was not stated: 0."
        self.assume(note)
        self.comments["models", party, "tastes", name] = note


@dataclass(frozen=True)
class Subject:
    """What preferences are about: the issues, or the outcomes as one list."""

    settle: bool
    parts: Mapping[str, tuple[str, ...]]


def entry(values: Sequence[np.ndarray], subject: Subject) -> dict[str, Any]:
    """Return numbers by part as a file states them."""
    tables = {
        part: {
            option: written(round(float(x), 2)) for option, x in zip(options, numbers, strict=True)
        }
        for (part, options), numbers in zip(subject.parts.items(), values, strict=True)
    }
    if subject.settle:
        return {"values": {part: _short(table) for part, table in tables.items()}}
    return {"payoffs": tables["outcomes"]}


def _short(table: dict[str, Any]) -> Any:
    """Return a long table over a range as a list."""
    return list(table.values()) if len(table) > LONGEST_LIST else table


def rules(draft: Draft, subject: Subject) -> None:
    """Add the usual constitution, and what was assumed."""
    fallback = "no-deal" if subject.settle else "maximin"
    draft.data["constitution"] = {
        "facts": "mean",
        "solution": "nash",
        "disagreement": fallback,
        "default": fallback,
        "enforcement": "binding",
        "acceptance": [{"rule": "gain", "tolerance": 0}],
    }
    if draft.notes:
        draft.data["assumptions"] = list(draft.notes)


def explain(draft: Draft, parties: Sequence[str]) -> None:
    """Add a comment to each part of the file."""
    draft.comments[()] = (
        "Written by `comity new` from answers in plain words. Every number may be changed:\n"
        "  comity check FILE    says what is wrong, where, and what was expected\n"
        "  comity agree FILE    says what the parties can agree on, and whether it would hold"
    )
    draft.comments[("frame",)] = "Who is in it, and what can happen: the same for everyone."
    for party in parties:
        top = ("models", party, "tastes", party)
        draft.comments[top] = (
            f"How {party} sees it. For {party} itself: 0 is everything at its worst, "
            f"{SCALE:g} everything at its best, unless {party} gave numbers of its own."
        )
        draft.comments[("models", party, "uncertainty")] = (
            "Standard deviations, in the same units: how far the answers leave it open."
        )
        for name in draft.data["models"][party]["tastes"]:
            if name != party:
                worth = f"What {party} thinks it is worth to {name}."
                draft.comments.setdefault(("models", party, "tastes", name), worth)
    draft.comments[("constitution",)] = (
        "What they fix before they show each other their views: how the views are combined, how "
        "a deal is picked, what happens without one, and when each accepts."
    )
