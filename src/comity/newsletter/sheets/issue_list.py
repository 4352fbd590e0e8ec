"""The list of issues: number, day and title of each, read from a table and written as one.

A sheet of entries tells which issue each was in, but not when an issue appeared. A list tells it of
all at once: it is read as sheets are, and is stored whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.core.files import write_atomic
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.sheets.binding import Headings, key
from comity.newsletter.sheets.cells import Cell, Row, Table, letters
from comity.newsletter.sheets.csv_writing import csv_bytes
from comity.newsletter.sheets.fields import Reader, placed
from comity.newsletter.sheets.limits import check_shown
from comity.newsletter.sheets.words import LONGEST_FOUND, characters, one_line
from comity.newsletter.sheets.xlsx_writing import xlsx_bytes
from comity.newsletter.store.store import Store, read_archive, write_issues

ISSUE, DATE, TITLE = "Issue", "Date", "Title"
COLUMNS = (ISSUE, DATE, TITLE)
NAME = "Issues"
"""Of the worksheet."""

_BY_KEY = {key(heading): heading for heading in COLUMNS}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")


def column_of(heading: str) -> str | None:
    """Return the column of a heading, or nothing where it is none of ours."""
    return _BY_KEY.get(key(heading))


def is_heading_row(texts: tuple[str, ...]) -> bool:
    """Return whether these cells are the headings of a list: the issue's, and one more."""
    found = set(map(column_of, texts)) - {None}
    return ISSUE in found and len(found) > 1


HEADINGS = Headings(column_of, is_heading_row, f"{ISSUE}, and {DATE} or {TITLE}")


@dataclass(frozen=True)
class ListPlan:
    """What reading a list would do.

    Attributes
    ----------
    rows : how many rows name an issue.
    changes : fields that become something else, by the issue's number.
    undated : issues that were sent on a day that nobody knows, even then.
    faults, advice : by row.
    """

    rows: int
    changes: Mapping[int, Mapping[str, Any]]
    undated: tuple[int, ...]
    faults: tuple[Fault, ...] = ()
    advice: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def taken(self) -> tuple[int, ...]:
        """Issues whose day is taken away by an empty cell."""
        return tuple(n for n in sorted(self.changes) if self.changes[n].get("date") == "")


def plan_list(table: Table, archive: Archive, publication: Publication, today: date) -> ListPlan:
    """Return what reading a list would do; nothing is stored yet.

    An empty cell empties a field; columns that the list lacks leave theirs.
    """
    places, others = _bound(table)
    reader = _ListReader(archive, Reader(publication), places, today)
    changes: dict[int, Mapping[str, Any]] = {}
    faults: list[Fault] = []
    seen: dict[int, int] = {}
    for number, row in enumerate(table.rows, start=table.first):
        if not row:
            continue
        issue, found = reader.issue(row, seen)
        if issue is not None:
            seen[issue.number] = number
            fields, more = reader.fields(issue, row)
            found += more
            new = {name: text for name, text in fields.items() if text != getattr(issue, name)}
            changes |= {issue.number: new} if new else {}
        faults += [placed(fault, number, fault.column) for fault in found]
    after = [replace(issue, **changes.get(issue.number, {})) for issue in archive.issues]
    return ListPlan(
        rows=len(seen),
        changes=changes,
        undated=undated(after),
        faults=tuple(fault for fault in faults if not fault.advises),
        advice=tuple(fault for fault in faults if fault.advises),
        notes=(*table.notes, *([f"columns not read: {', '.join(others)}"] if others else ())),
    )


def undated(issues: Iterable[Issue]) -> tuple[int, ...]:
    """Return the issues that were sent on a day that nobody knows."""
    return tuple(issue.number for issue in issues if not issue.is_draft and not issue.day)


def apply_list(store: Store, plan: ListPlan) -> None:
    """Store what was planned, in one transaction; whatever else changed meanwhile stays."""
    with transaction(store.engine, writes=True) as connection:
        issues = read_archive(connection).issues
        fresh = [replace(i, **plan.changes[i.number]) for i in issues if i.number in plan.changes]
        write_issues(connection, fresh)


def export_list(path: str | Path, archive: Archive) -> int:
    """Write the list of all issues, `.xlsx` or `.csv` by the name of the file; return its rows."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise InputError("no such kind of sheet", file=str(path), expected=".xlsx or .csv")
    lines = [
        (Cell(i.number), _day_cell(i.day), Cell(i.title) if i.title else None)
        for i in archive.issues
    ]
    for row, issue in enumerate(archive.issues, start=2):
        if suffix == ".xlsx":
            check_shown(issue.title, str(path), f"row {row}, {TITLE}")
    content = xlsx_bytes(COLUMNS, lines, NAME) if suffix == ".xlsx" else csv_bytes(COLUMNS, lines)
    write_atomic(path, content)
    return len(lines)


@dataclass(frozen=True)
class _ListReader:
    """Reads the rows of a list."""

    archive: Archive
    reader: Reader
    places: Mapping[str, int]
    today: date

    def issue(self, row: Row, seen: Mapping[int, int]) -> tuple[Issue | None, list[Fault]]:
        """Return the issue of a row, where it is one that no row before was."""
        text = one_line(self._text(row, ISSUE))
        number, fault = self.reader.issue(text)
        if fault:
            return None, [placed(fault, 0, ISSUE)]
        issue = None if number is None else self.archive.issue(number)
        found = text[:LONGEST_FOUND]
        if issue is None:
            reason = "no entry was in such an issue" if text else "the row names no issue"
            return None, [Fault(Kind.UNKNOWN_ISSUE, reason, column=ISSUE, found=found)]
        if earlier := seen.get(issue.number):
            reason = f"row {earlier} names the same issue"
            return None, [Fault(Kind.DUPLICATE_ISSUE, reason, column=ISSUE, found=found)]
        return issue, []

    def fields(self, issue: Issue, row: Row) -> tuple[dict[str, str], list[Fault]]:
        """Return what a row says of its issue, and what is wrong with it."""
        fields: dict[str, str] = {}
        faults: list[Fault] = []
        if TITLE in self.places:
            title = self._text(row, TITLE)
            fields["title"] = one_line(title)
            faults += [placed(fault, 0, TITLE) for fault in characters(title)]
        if DATE in self.places:
            fields["date"], fault = self._day(issue, one_line(self._text(row, DATE)))
            faults += [fault] if fault else []
        return fields, faults

    def _day(self, issue: Issue, text: str) -> tuple[str, Fault | None]:
        if text in ("", issue.day):  # the day of its sending need not be stored
            return issue.date if text else "", None
        found = text[:LONGEST_FOUND]
        match = _DAY.fullmatch(text)
        try:
            day = date.fromisoformat(match[1] if match else "")
        except ValueError:
            expected = "year, month and day, such as 2018-06-25"
            fault = Fault(Kind.NO_DAY, "not a day", column=DATE, found=found, expected=expected)
            return issue.date, fault
        if day > self.today and not issue.is_draft:
            reason = "the issue was sent, and the day is still to come"
            return issue.date, Fault(Kind.NO_DAY, reason, column=DATE, found=found)
        return day.isoformat(), None

    def _text(self, row: Row, column: str) -> str:
        cell = row.get(self.places.get(column, -1))
        return cell.text if cell else ""


def _bound(table: Table) -> tuple[dict[str, int], list[str]]:
    """Return the place of each column, and other headings; raise where one stands twice."""
    places: dict[str, int] = {}
    others = []
    for place, heading in enumerate(table.headings):
        column = column_of(heading)
        if column in places:
            raise InputError(
                "columns with the same heading",
                file=table.file,
                found=f"{column!r} in columns {letters(places[column])}, {letters(place)}",
                expected="each heading once",
            )
        if column:
            places[column] = place
        elif heading.strip():
            others.append(heading.strip())
    return places, others


def _day_cell(day: str) -> Cell | None:
    """Return a day as spreadsheets hold days; what is none stays a text."""
    from openpyxl.utils.datetime import to_excel

    try:
        return Cell(int(to_excel(date.fromisoformat(day))), "", "yyyy-mm-dd", day)
    except ValueError:
        return Cell(day) if day else None
