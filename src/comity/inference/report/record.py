"""The evidence: what was used, and every row that was not, with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from comity.core.page.words import clean, counted
from comity.inference.results import Understanding

MOST_NAMED = 12
"""So many studies at most are named."""


@dataclass(frozen=True)
class Faulty:
    """Rows with the same fault."""

    kind: str
    message: str
    count: str
    rows: str


@dataclass(frozen=True)
class Record:
    """The section on the evidence in words.

    Attributes
    ----------
    used : what was used: (what, how much).
    faults : rows that could not be used, by reason.
    unused : how many rows, in words; empty where all could be used.
    """

    used: tuple[tuple[str, str], ...]
    games: tuple[tuple[str, str], ...]
    faults: tuple[Faulty, ...]
    unused: str
    assumptions: tuple[str, ...]


def record(understanding: Understanding) -> Record:
    """Return what the evidence was, and what of it is missing."""
    evidence = understanding.evidence
    people, situations = (len(np.unique(c)) for c in (evidence.person, evidence.situation))
    studies = [clean(evidence.studies[k]) for k in np.unique(evidence.study)]
    used = [
        ("Decisions used", f"{len(evidence):,}"),
        ("People", f"{people:,}"),
        ("Different situations", f"{situations:,}"),
    ]
    used += [("Studies", studies_in_words(studies))] if len(studies) > 1 else []
    used += [("From", files(evidence.source))] if evidence.source else []
    counts = np.bincount(evidence.game, minlength=len(evidence.games))
    kinds = Counter(fault.kind for fault in evidence.faults)
    words = ", ".join(f"{count:,} {clean(kind)}" for kind, count in sorted(kinds.items()))
    return Record(
        used=tuple(used),
        games=tuple(
            (clean(name), counted(int(count), "decision"))
            for name, count in zip(evidence.games, counts, strict=True)
            if count and len(evidence.games) > 1
        ),
        faults=tuple(_faults(understanding)),
        unused=f"{counted(len(evidence.faults), 'row')} not used: {words}" if words else "",
        assumptions=tuple(map(clean, evidence.assumptions)),
    )


def files(source: str) -> str:
    """Return the names of the files that evidence comes from, without their folders.

    Examples
    --------
    >>> files("data/one.csv; elsewhere/two.csv")
    'one.csv; two.csv'
    """
    parts = (part.strip().replace("\\", "/").rpartition("/")[2] for part in source.split(";"))
    return "; ".join(clean(part) for part in parts if part)


def studies_in_words(names: list[str]) -> str:
    """Return how many studies there are, and their names where these are few.

    Examples
    --------
    >>> studies_in_words(["4", "10", "2"])
    '3 (2, 4, 10)'
    """
    if len(names) > MOST_NAMED:
        return f"{len(names):,}"
    ordered = sorted(
        names, key=lambda name: (0, float(name), "") if name.isdecimal() else (1, 0.0, name)
    )
    return f"{len(names)} ({', '.join(ordered)})"


def _faults(understanding: Understanding) -> list[Faulty]:
    """Return every row that is not used, rows with the same fault together."""
    together: dict[tuple[str, str], list[str]] = {}
    for fault in understanding.evidence.faults:
        together.setdefault((fault.kind, fault.message), []).append(clean(fault.row))
    return [
        Faulty(clean(kind), clean(message), counted(len(rows), "row"), ", ".join(rows))
        for (kind, message), rows in together.items()
    ]
