"""Sheets: a table being read, column by column, with what is wrong with each row of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.errors import InputError, located
from comity.core.files import read_text
from comity.inference.evidence.cells import (
    Trouble,
    as_flag,
    as_label,
    as_name,
    as_number,
    plain,
    shown,
)
from comity.inference.evidence.columns import Column, Place, check_given, find_columns
from comity.inference.evidence.reading import Source, read_table
from comity.inference.evidence.table import Fault
from comity.inference.evidence.words import counted

Why = str | Callable[[int], str]
"""What is wrong with a row: a sentence, or a function of the row's place."""

READING = ("names", "delimiter", "app", "bots")
"""Options that are passed on to `read_table`."""

GENERAL = (*READING, "drop", "missing")
"""Options of every adapter."""


@dataclass(eq=False)
class Sheet:
    """A table that is being read.

    Attributes
    ----------
    frame : the DataFrame behind it.
    source : where it comes from.
    places : by the reader's names, the column of the frame, or a number that holds for all rows.
    missing : values that stand for nothing, as names.
    alive : shape (N,), the rows that are still of use.
    troubles : by row, why it is not.
    drop : people to leave out.
    assumptions : what was filled in or set aside, a sentence each.
    parts : the same rows, read for other decisions.
    """

    frame: Any
    source: str
    places: dict[str, Place]
    missing: frozenset[str] = frozenset()
    alive: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    troubles: dict[int, list[Trouble]] = field(default_factory=dict)
    drop: frozenset[str] = frozenset()
    assumptions: list[str] = field(default_factory=list)
    parts: list[Sheet] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.frame)

    def __contains__(self, column: str) -> bool:
        return column in self.places

    def row(self, place: int) -> str:
        """Return where a row stands in the source, in words."""
        label = self.frame.index[place]
        return label if isinstance(label, str) else f"{self.frame.index.name or 'row'} {label}"

    def part(self) -> Sheet:
        """Return the sheet once more, for another decision that its rows hold.

        A row that is of no use for the one may be of use for the other.
        """
        other = Sheet(self.frame, self.source, self.places, self.missing, self.alive.copy())
        other.assumptions, other.drop = self.assumptions, self.drop
        self.parts.append(other)
        return other

    def check_sum(self, total: np.ndarray, parts: Sequence[str]) -> None:
        """Reject rows in which columns that are the parts of a total do not sum to it."""
        there = [part for part in parts if part in self]
        if len(there) < len(parts):
            return
        values = [self.numbers(part) for part in there]
        found = np.sum(values, axis=0)
        wrong = self.alive & (np.abs(found - total) > 1e-6 * np.maximum(1, np.abs(total)))
        names = " and ".join(map(self.title, there))
        self.reject(
            wrong,
            "contradictory",
            lambda i: f"{names} sum to {found[i]:g}; expected the total of {total[i]:g}",
        )

    def names(self, column: str) -> np.ndarray:
        """Return a column of names, ``""`` in rows that it makes unusable."""
        return self._read(column, as_name, "")

    def numbers(
        self, column: str, low: float = -np.inf, high: float = np.inf, whole: bool = False
    ) -> np.ndarray:
        """Return a column of numbers in a range, nan in rows that it makes unusable."""
        values = self._read(column, as_number, np.nan, labelled=False).astype(float)
        wrong = (values < low) | (values > high)
        expected = _range(low, high)
        if whole:
            wrong |= ~np.isnan(values) & (values != np.round(values))
            expected = f"a whole number, {expected}"
        self.reject(wrong, "impossible", lambda i: self.tell(column, i, expected))
        return np.where(wrong, np.nan, values)

    def flags(self, column: str) -> np.ndarray:
        """Return a column of yes and no as 1 and 0, -1 in rows that it makes unusable."""
        return self._read(column, as_flag, -1).astype(int)

    def labels(self, column: str, labels: Mapping[str, int]) -> np.ndarray:
        """Return which of several labels stands in each row, -1 in rows that are unusable."""
        lowered = {str(label).casefold(): place for label, place in labels.items()}
        return self._read(column, lambda cell: as_label(cell, lowered), -1).astype(int)

    def by_amount(self, pattern: str, place: str) -> dict[str, float]:
        """Return the columns of a pattern, in which ``{}`` stands for an amount, with the amounts.

        Raises `InputError` where no column fits.
        """
        before, _, after = (re.escape(piece) for piece in str(pattern).partition("{}"))
        matches = {
            name: re.fullmatch(rf"{before}(\d+\.?\d*){after}", name) for name in self.frame.columns
        }
        found = {name: float(match[1]) for name, match in matches.items() if match}
        if not found or "{}" not in str(pattern):
            raise InputError(
                "no column of a strategy method",
                file=self.source or None,
                place=place,
                found=repr(pattern),
                expected="a name with {} where the amount stands",
            )
        self.places |= {name: name for name in found}
        return found

    def tell(self, column: str, row: int, expected: str) -> str:
        """Return what a cell holds and what it should, in words."""
        return f"{self.title(column)}: found {shown(self._cell(column, row))}; expected {expected}"

    def title(self, column: str) -> str:
        """Return what the source calls a column."""
        place = self.places[column]
        return place if isinstance(place, str) else column

    def reject(self, rows: np.ndarray, kind: str, why: Why) -> None:
        """Note why some rows are of no use; rows that were set aside are not looked at."""
        for i in map(int, np.flatnonzero(rows)):
            self.reject_row(i, kind, why)

    def reject_row(self, row: int, kind: str, why: Why) -> None:
        """Note why one row is of no use, unless it was set aside."""
        if self.alive[row] or row in self.troubles:
            message = why if isinstance(why, str) else why(row)
            self.troubles.setdefault(row, []).append(Trouble(kind, message))
            self.alive[row] = False

    def set_aside(self, rows: np.ndarray, why: str) -> None:
        """Leave out rows with which nothing is wrong; ``why`` says so of their ``{rows}``."""
        count = int((rows & self.alive).sum())
        self.alive &= ~rows
        if count:
            self.assumptions.append(why.format(rows=counted(count, "row")))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The rows that are of no use, in the order of the source, each with all reasons."""
        earlier = tuple(self.frame.attrs.get("faults", ()))
        found = [(i, told) for part in (self, *self.parts) for i, told in part.troubles.items()]
        found.sort(key=lambda pair: pair[0])
        faults = (
            Fault(self.row(i), told[0].kind, "; ".join(dict.fromkeys(t.message for t in told)))
            for i, told in found
        )
        return earlier + tuple(dict.fromkeys(faults))

    def cells(self, column: str) -> list[Any]:
        """Return the cells of a column as they stand."""
        place = self.places[column]
        if isinstance(place, float):
            return [place] * len(self)
        return list(self.frame[place].astype(object))

    def _cell(self, column: str, row: int) -> object:
        place = self.places[column]
        return place if isinstance(place, float) else self.frame[place].iloc[row]

    def _read(
        self, column: str, convert: Callable[[Any], Any], empty: object, labelled: bool = True
    ) -> np.ndarray:
        """Return a column converted, each different cell once, and reject what cannot be."""
        labels = self.frame.attrs["labels"].get(self.places[column], {}) if labelled else {}
        known: dict[object, object] = {}
        values = np.empty(len(self), object)
        for i, cell in enumerate(self.cells(column)):
            key = (type(cell), cell) if isinstance(cell, (str, int, float)) else i
            if key not in known:
                known[key] = self._converted(cell, convert, labels)
            values[i] = known[key]
        wrong = [i for i, value in enumerate(values) if isinstance(value, Trouble)]
        for kind in ("missing", "impossible"):
            rows = np.zeros(len(self), bool)
            rows[[i for i in wrong if values[i].kind == kind]] = True
            self.reject(rows, kind, lambda i: f"{self.title(column)}: {values[i].message}")
        values[wrong] = empty
        return values

    def _converted(
        self, cell: Any, convert: Callable[[Any], Any], labels: Mapping[float, str]
    ) -> object:
        """Return a cell converted: by its label where it is coded and has one, else as it is."""
        name = as_name(cell)
        if name in self.missing:
            return Trouble("missing", f"found {name}, which stands for nothing")
        if isinstance(cell, (int, float)) and cell in labels:
            by_label = convert(labels[cell])
            return convert(cell) if isinstance(by_label, Trouble) else by_label
        return convert(cell)


def open_sheet(data: Source, columns: Sequence[Column], given: Mapping[str, object]) -> Sheet:
    """Return a sheet of a table.

    Parameters
    ----------
    data : what `read_table` reads.
    columns : what the reader asks for.
    given : where the columns are, see `find_columns`, together with the options in `GENERAL`:
        those of `read_table`; ``drop``, people to leave out, as names or as a file of one name a
        line; and ``missing``, one or several values that stand for nothing, such as -1.
    """
    options: dict[str, Any] = {name: v for name, v in given.items() if name in GENERAL}
    wanted = {name: value for name, value in given.items() if name not in GENERAL}
    check_given(wanted, [*(c.name for c in columns), *GENERAL], "columns and options")
    frame = read_table(data, **{name: options[name] for name in READING if name in options})
    source = frame.attrs["source"]
    with located(file=source or None):
        places = find_columns(list(frame.columns), columns, wanted, _empty(frame))
    missing = frozenset(as_names(options.get("missing", ()), "missing"))
    sheet = Sheet(frame, source, places, missing, np.ones(len(frame), bool))
    sheet.drop = frozenset(_dropped(options.get("drop", ())))
    sheet.assumptions += frame.attrs.get("assumptions", ())
    return sheet


def _empty(frame: Any) -> frozenset[str]:
    """Return the columns that hold nothing."""
    return frozenset(
        name for name in frame.columns if all(plain(cell) is None for cell in frame[name])
    )


def _dropped(drop: object) -> list[str]:
    """Return the people to leave out, from a list or from the lines of a file."""
    if isinstance(drop, (str, Path)):
        drop = read_text(drop).splitlines()
    return as_names(drop, "drop")


def as_names(given: object, place: str) -> list[str]:
    """Return an option that is one name or several as a list of them."""
    if isinstance(given, (str, int, float)):
        given = [given]
    try:
        names = [as_name(value) for value in given]  # type: ignore[attr-defined]
    except TypeError as error:
        raise InputError(
            "not a list", place=place, found=shown(given), expected="one or more values"
        ) from error
    return [name for name in names if isinstance(name, str)]


def _range(low: float, high: float) -> str:
    if np.isinf(high):
        return f"{low:g} or more"
    return f"at most {high:g}" if np.isinf(low) else f"{low:g} to {high:g}"
