"""Which members of a set no data from a design can ever tell apart.

Members that give every option of every decision the same probability stay at the odds the prior
gave them, whatever is seen and however often. This is exact and of the design, not of data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from comity.core import InputError, Result
from comity.inference.identification.tables import checked_tables, named, partition

COINCIDE = 1e-9


@dataclass(frozen=True)
class Separation(Result):
    """Where two members part most.

    Attributes
    ----------
    first, second : names of the members.
    decision : at which their probabilities differ most, in total variation.
    distance : that total variation, the largest difference of chances for any set of options.
    """

    first: str
    second: str
    decision: str
    distance: float


@dataclass(frozen=True)
class Equivalence(Result):
    """The members in classes that this design cannot split.

    Attributes
    ----------
    classes : names, each in one class; a class of one is told apart from all others.
    separations : for each pair from different classes, where it parts most.
    widest : for each class the largest difference of a probability between two of its members.
    atol : how near probabilities count as the same.
    """

    classes: tuple[tuple[str, ...], ...]
    separations: tuple[Separation, ...]
    widest: tuple[float, ...]
    atol: float

    def separation(self, first: str, second: str) -> Separation | None:
        """Return where two members part most; ``None`` where no decision separates them."""
        known = {name for group in self.classes for name in group}
        for name in (first, second):
            if name not in known:
                raise InputError("no such member", found=name, expected=", ".join(sorted(known)))
        pairs = (s for s in self.separations if {s.first, s.second} == {first, second})
        return next(pairs, None)

    def __str__(self) -> str:
        alike = [group for group in self.classes if len(group) > 1]
        lines = [f"  no data from this design can split: {', '.join(group)}" for group in alike]
        if not alike:
            lines = ["  every member differs from every other somewhere in this design"]
        if self.separations:
            s = min(self.separations, key=lambda s: s.distance)
            lines.append(
                f"  closest of the others: {s.first} and {s.second},"
                f" {s.distance:.3g} apart at {s.decision}"
            )
        return "\n".join(["Equivalence", *lines])


def observationally_equivalent(
    tables: Any,
    names: Sequence[str] | None = None,
    atol: float = COINCIDE,
    decisions: Sequence[str] | None = None,
) -> Equivalence:
    """Return the classes of members whose choice probabilities coincide all over a design.

    Parameters
    ----------
    tables : shape (members, decisions, options), the probabilities of each member at every
        decision of the design, those included that have not been asked yet.
    names, decisions : of the members and of the decisions.
    atol : how near probabilities count as the same. Nearness is not transitive: members that a
        chain of near ones links are put in one class, and ``widest`` shows how far it stretches.

    O(members^2 x decisions x options).

    Examples
    --------
    >>> builder, committed = [[0, 1], [1, 0]], [[0, 1], [0, 1]]
    >>> found = observationally_equivalent([builder, committed], ["builder", "committed"],
    ...                                    decisions=["early round", "last round"])
    >>> found.separation("builder", "committed").decision
    'last round'
    """
    p = checked_tables(tables)
    members = named(names, len(p), "member")
    asked = named(decisions, p.shape[1], "decision")
    if not (np.isfinite(atol) and atol >= 0):
        raise InputError("out of range", place="atol", found=atol, expected="0 or more")
    # One row at a time: all pairs at once would hold members^2 tables.
    gaps = np.array([np.abs(p - row).max(axis=(1, 2)) for row in p])
    groups = partition(gaps <= atol)
    home = {member: g for g, group in enumerate(groups) for member in group}
    pairs = [(i, j) for i, j in combinations(range(len(p)), 2) if home[i] != home[j]]
    return Equivalence(
        classes=tuple(tuple(members[i] for i in group) for group in groups),
        separations=tuple(_separation(p[i], p[j], members[i], members[j], asked) for i, j in pairs),
        widest=tuple(float(gaps[np.ix_(group, group)].max()) for group in groups),
        atol=atol,
    )


def _separation(
    first: np.ndarray, second: np.ndarray, one: str, two: str, decisions: Sequence[str]
) -> Separation:
    variation = np.abs(first - second).sum(axis=1) / 2
    where = int(np.argmax(variation))
    return Separation(one, two, decisions[where], float(variation[where]))
