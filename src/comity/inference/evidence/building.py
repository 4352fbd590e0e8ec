"""From checked rows to evidence: situations once each, contradictions found, rows in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from comity.core.errors import located
from comity.inference.evidence.sheet import Sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence, Rows

SAME = "the same decision stands in"
OTHER = "another choice by the same person, at the same time and in the same situation, stands in"


class Added(NamedTuple):
    """Decisions of one kind, one entry for every row of the sheet, usable or not."""

    sheet: Sheet
    person: np.ndarray
    study: np.ndarray
    sequence: np.ndarray | None
    when: tuple[np.ndarray, ...]
    situation: np.ndarray
    choice: np.ndarray
    game: np.ndarray
    others: np.ndarray


@dataclass(eq=False)
class Builder:
    """Decisions that are being collected from a sheet."""

    sheet: Sheet
    rows: Rows = field(init=False)
    added: list[Added] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = Rows(self.sheet.source)

    def add(
        self,
        sheet: Sheet,
        *,
        key: Sequence[np.ndarray],
        make: Callable[[int], Situation],
        choice: np.ndarray,
        game: str | np.ndarray,
        others: np.ndarray | None = None,
        person: str = "person",
        sequence: np.ndarray | None = None,
        block: np.ndarray | None = None,
        prune: Callable[[], None] | None = None,
    ) -> None:
        """Add the decisions in the usable rows of a sheet.

        Parameters
        ----------
        sheet : the rows; those that turn out contradictory are rejected there.
        key : columns that tell situations apart, each of shape (N,).
        make : returns the situation of a row; called once for each key.
        choice, others : options taken and contingencies that came about, shape (N,).
        game : one name, or shape (N,).
        person : the column that says who decides.
        sequence, block : what goes before the order column; see `Evidence`.
        prune : called when contradictory rows are out, to reject what depends on them.
        """
        count = len(sheet)
        names = sheet.names(person)
        order = sheet.numbers("order") if "order" in sheet else np.zeros(count)
        study = studies(sheet)
        games = np.full(count, game, object) if isinstance(game, str) else game
        seen = np.full(count, -1) if others is None else others
        blocks = [_codes(b) for b in (sequence, block) if b is not None]
        columns = [tuple(column.tolist()) for column in key]
        keys = [(len(self.added), *values) for values in zip(*columns, strict=True)]
        if "order" in sheet:
            told_apart = [study, names, games, order, *blocks]
            _reject_contradictions(sheet, told_apart, keys, choice, seen)
        if prune is not None:
            prune()
        situation = np.full(count, -1)
        for i in map(int, np.flatnonzero(sheet.alive)):
            if keys[i] not in self.rows.situations:
                self.rows.situation(keys[i], make(i))
            situation[i] = self.rows.situations[keys[i]]
        alone = np.array([s.shape[1] == 1 for s in self.rows.kept] or [False])
        seen = np.where(alone[situation] & (situation >= 0), 0, seen)
        when = (*blocks, order, np.arange(count))
        self.added.append(
            Added(sheet, names, study, sequence, when, situation, choice, games, seen)
        )

    def evidence(self) -> Evidence:
        """Return all that was added, with the faults of the sheet and its assumptions."""
        self.rows.faults += self.sheet.faults
        for part, order in zip(self.added, self._orders(), strict=True):
            for i in map(int, np.flatnonzero(part.sheet.alive)):
                self.rows.add(
                    part.person[i],
                    int(part.situation[i]),
                    int(part.choice[i]),
                    game=part.game[i],
                    study=part.study[i],
                    sequence=None if part.sequence is None else part.sequence[i],
                    order=float(order[i]),
                    others=int(part.others[i]),
                )
        with located(file=self.sheet.source or None):
            return self.rows.evidence(self.sheet.assumptions)

    def _orders(self) -> list[np.ndarray]:
        """Return the place of each row among all rows of its person, the unusable ones included.

        Two decisions in one row have one place, so that odd and even places are odd and even
        trials whatever is missing between them.
        """
        depth = max((len(part.when) for part in self.added), default=0)
        whens = [
            (*[np.zeros(len(part.person))] * (depth - len(part.when)), *part.when)
            for part in self.added
        ]
        columns = [np.concatenate(level) for level in zip(*whens, strict=True)]
        people = _codes(
            [pair for part in self.added for pair in zip(part.study, part.person, strict=True)]
        )
        sort = np.lexsort((*columns[::-1], people))
        same = np.ones(len(sort), bool)
        for column in (*columns, people):
            same[1:] &= column[sort][1:] == column[sort][:-1]
        first = np.ones(len(sort), bool)
        first[1:] = people[sort][1:] != people[sort][:-1]
        same[0:1] = False
        steps = np.cumsum(~same)
        starts = np.maximum.accumulate(np.where(first, steps, 0))
        ranks = np.empty(len(sort), int)
        ranks[sort] = steps - starts
        return np.split(ranks, np.cumsum([len(part.person) for part in self.added])[:-1])


def studies(sheet: Sheet) -> np.ndarray:
    """Return the study of each row: by its column, else the name of the file."""
    if "study" in sheet:
        return sheet.names("study")
    return np.full(len(sheet), Path(sheet.source).name.split(".")[0] or "study", object)


def _codes(values: Sequence[object] | np.ndarray) -> np.ndarray:
    """Return a number for each value: by size for numbers, else by where each first stands."""
    if isinstance(values, np.ndarray) and values.dtype != object:
        return np.unique(values, return_inverse=True)[1]
    places: dict[object, int] = {}
    return np.array([places.setdefault(value, len(places)) for value in values], int)


def _reject_contradictions(
    sheet: Sheet,
    told_apart: Sequence[np.ndarray],
    keys: Sequence[tuple],
    choice: np.ndarray,
    others: np.ndarray,
) -> None:
    """Reject rows in which one person, at one time and in one situation, does two things.

    Where all such rows say the same the first is kept and the rest stand twice.
    """
    groups: dict[tuple, list[int]] = {}
    columns = [column.tolist() for column in told_apart]
    for i in map(int, np.flatnonzero(sheet.alive)):
        groups.setdefault((*(column[i] for column in columns), keys[i]), []).append(i)
    for rows in groups.values():
        if len(rows) == 1:
            continue
        told = {(int(choice[i]), int(others[i])) for i in rows}
        for i in rows[len(told) == 1 :]:
            other = sheet.row(rows[0] if i != rows[0] else rows[1])
            sheet.reject_row(i, "contradictory", f"{SAME if len(told) == 1 else OTHER} {other}")
