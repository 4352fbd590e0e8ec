"""What a spreadsheet holds, without its looks: cells, and a table of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Value = str | int | float | bool


class Cell(NamedTuple):
    """One cell that is not empty.

    Attributes
    ----------
    value : text, number or truth, as the sheet holds it; dates are numbers with a format.
    link : where the cell leads, if anywhere.
    format : how a date is shown; other numbers are kept without theirs.
    shown : what a date says, ISO 8601.
    """

    value: Value
    link: str = ""
    format: str = ""
    shown: str = ""

    @property
    def text(self) -> str:
        """What the cell says, as text.

        Examples
        --------
        >>> Cell(2018.0).text, Cell(True).text, Cell(0.5).text, Cell(43221, "", "yyyy", "2018").text
        ('2018', 'TRUE', '0.5', '2018')
        """
        if self.shown:
            return self.shown
        if isinstance(self.value, bool):
            return str(self.value).upper()
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return str(self.value)

    def to_json(self) -> str:
        """Return the cell as text that `of_json` reads."""
        parts = list(self)
        while len(parts) > 1 and not parts[-1]:
            del parts[-1]
        return json.dumps(parts)

    @classmethod
    def of_json(cls, text: str) -> Cell:
        """Return the cell that `to_json` wrote."""
        return cls(*json.loads(text))


Row = Mapping[int, Cell]
"""Cells that are not empty, by the place of their column, from 0."""


@dataclass(frozen=True)
class Table:
    """A sheet as it was read.

    Attributes
    ----------
    file : its name, for messages.
    headings : texts of the row of headings.
    rows : cells below the headings; empty rows between others are there, empty ones at the end
        are not.
    first : number of the first row below the headings, as spreadsheets count from 1.
    formulas : places that hold a formula, as row (from 0, below the headings) and column; of a
        `.csv` file those whose formula is a link.
    notes : what else a person should know of how it was read.
    holds_links : whether a cell of this kind of file can lead anywhere.
    """

    file: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    first: int = 2
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    holds_links: bool = True


def letters(column: int) -> str:
    """Return what spreadsheets call a column, counted from 0.

    Examples
    --------
    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
