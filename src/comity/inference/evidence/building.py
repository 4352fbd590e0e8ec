"""From checked rows to evidence: situations once each, contradictions found, rows in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from comity.core.errors import located
from comity.inference.evidence.contradictions import reject_contradictions
from comity.inference.evidence.sheet import Sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence, Rows
from comity.inference.evidence.words import counted


class Added(NamedTuple):
    """Decisions of one kind, one entry for every row of the sheet, usable or not."""

    sheet: Sheet
    person: np.ndarray
    study: np.ndarray
    sequence: np.ndarray | None
    when: tuple[np.ndarray, ...]
    keys: list[tuple]
    choice: np.ndarray
    game: np.ndarray
    others: np.ndarray


@dataclass(eq=False)
class Builder:
    """Decisions that are being collected from a sheet."""

    sheet: Sheet
    rows: Rows = field(init=False)
    situations: dict[tuple, Situation] = field(default_factory=dict)
    added: list[Added] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)
    left_out_people: set[str] = field(default_factory=set)

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
        person: str | np.ndarray = "person",
        sequence: np.ndarray | None = None,
        block: np.ndarray | None = None,
        apart: np.ndarray | None = None,
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
        person : the column that says who decides, or names of shape (N,).
        sequence, block : what goes before the order column; see `Evidence`.
        apart : what else tells decisions of one person at one time apart, shape (N,).
        prune : called when contradictory rows are out, to reject what depends on them.
        """
        count = len(sheet)
        names = sheet.names(person) if isinstance(person, str) else person
        self._leave_out(sheet, names)
        order = sheet.numbers("order") if "order" in sheet else np.zeros(count)
        study = studies(sheet)
        games = np.full(count, game, object) if isinstance(game, str) else game
        seen = np.full(count, -1) if others is None else others
        blocks = [_codes(b) for b in (sequence, block) if b is not None]
        values = zip(*(column.tolist() for column in key), strict=True)
        keys = [(len(self.added), *value) for value in values]
        if "order" in sheet:
            columns = [study, names, games, order, *blocks, *([] if apart is None else [apart])]
            told_apart = [*(column.tolist() for column in columns), keys]
            reject_contradictions(sheet, told_apart, choice, seen, lambda i: make(i).options)
        if prune is not None:
            prune()
        for i in map(int, np.flatnonzero(sheet.alive)):
            if keys[i] not in self.situations:
                self.situations[keys[i]] = make(i)
        when = (*blocks, order, np.arange(count))
        self.added.append(Added(sheet, names, study, sequence, when, keys, choice, games, seen))

    def evidence(self) -> Evidence:
        """Return all that was added, with the faults of the sheet and its assumptions."""
        self.rows.faults += self.sheet.faults
        for part, order in zip(self.added, self._orders(), strict=True):
            for i in map(int, np.flatnonzero(part.sheet.alive)):
                situation = self.situations[part.keys[i]]
                others = int(part.others[i])
                self.rows.add(
                    part.person[i],
                    self.rows.situation(part.keys[i], situation),
                    int(part.choice[i]),
                    game=part.game[i],
                    study=part.study[i],
                    sequence=None if part.sequence is None else part.sequence[i],
                    order=float(order[i]),
                    others=0 if situation.shape[1] == 1 else others,
                )
        with located(file=self.sheet.source or None):
            return self.rows.evidence([*self.sheet.assumptions, *self._told_left_out()])

    def _leave_out(self, sheet: Sheet, names: np.ndarray) -> None:
        """Leave out the people that were named, whatever is wrong with their rows."""
        for i in map(int, np.flatnonzero(np.isin(names, list(sheet.drop)))):
            sheet.alive[i] = False
            sheet.troubles.pop(i, None)
            self.left_out.add(i)
            self.left_out_people.add(names[i])

    def _told_left_out(self) -> Iterator[str]:
        rows, people = len(self.left_out), len(self.left_out_people)
        if rows:
            who = counted(people, "person", "people")
            yield f"{counted(rows, 'row')} of {who} are left out as asked"
        absent = len(self.sheet.drop) - people
        if absent:
            who = counted(absent, "person", "people")
            yield f"to be left out, but not in the table: {who}"

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
