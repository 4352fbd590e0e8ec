"""Lists of readers who consented elsewhere: each row with its source and time, or not at all.

A list is read whole before anything of it is stored. Rows that cannot be used are named with their
reason; whether the others are stored all the same is for the editor to say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.core.files import read_text
from comity.newsletter.delivery.addresses import Address, parse
from comity.newsletter.delivery.consent import Act
from comity.newsletter.delivery.readers import Origin, Readers
from comity.newsletter.delivery.suppression import suppressed
from comity.newsletter.store.tables.delivery import READERS

COLUMNS = {
    "address": ("address", "email", "e-mail", "mail"),
    "source": ("source",),
    "consented": ("consented", "consent", "time", "date"),
    "name": ("name",),
    "wording": ("wording",),
}
"""Fields of a row, and the headings by which each is known."""
NEEDED = ("address", "source", "consented")
LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was not used."""

    row: int
    """As spreadsheets count: the heading's is 1."""
    column: str
    reason: str
    found: str = ""

    def __str__(self) -> str:
        """Return the fault in one line."""
        text = f"row {self.row}, {self.column}: {self.reason}"
        return text + (f" (found {self.found[:80]!r})" if self.found else "")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who consented elsewhere."""

    number: int
    address: Address
    name: str
    source: str
    consented: datetime
    wording: str


@dataclass
class Report:
    """What became of a list."""

    added: list[Address] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What the editor should look at, of rows that are good."""


def import_readers(path: Path, readers: Readers, *, partly: bool = False) -> Report:
    """Add the readers of a CSV file.

    Parameters
    ----------
    path : a heading with ``address``, ``source`` and ``consented`` (ISO 8601), and if you like
        ``name`` and ``wording``; commas or semicolons between.
    partly : whether good rows are stored where others are not.

    Raises `InputError` where the file is none of this.
    """
    report = Report()
    rows = list(_rows(path, report))
    rows = _without_known(rows, readers, report)
    _note_look_alikes(rows, readers, report)
    report.faults.sort(key=lambda fault: fault.row)
    if report.faults and not partly:
        return report
    with transaction(readers.engine, writes=True) as connection:
        for row in rows:
            origin = Origin(row.source, wording=row.wording)
            reader = readers.add(connection, row.address, row.name, origin)
            time = row.consented.isoformat(timespec="seconds")
            readers.record(connection, reader, Act.IMPORTED, origin, time)
            report.added.append(row.address)
    return report


def _rows(path: Path, report: Report) -> Iterator[Row]:
    """Yield the rows that can be used; others become faults."""
    text = read_text(path)
    heading, _, _ = text.partition("\n")
    between = ";" if heading.count(";") > heading.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    try:
        columns = _columns(next(lines, []), str(path))
        for number, cells in enumerate(lines, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            row = {
                name: cells[place].strip() if place < len(cells) else ""
                for name, place in columns.items()
            }
            try:
                yield _row(number, row)
            except InputError as error:
                place = error.place or "row"
                found = row.get(place, "")
                report.faults.append(RowFault(number, place, error.message, found))
    except csv.Error as error:
        raise InputError(
            "not CSV", file=str(path), place=f"line {lines.line_num}", found=str(error)
        ) from error


def _columns(heading: list[str], file: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        word = cell.strip().lstrip("\ufeff").casefold()
        for name, words in COLUMNS.items():
            if word in words and name not in found:
                found[name] = place
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise InputError(
            "a column is missing",
            file=file,
            place="heading",
            found=", ".join(heading)[:200] or "nothing",
            expected=", ".join(missing),
        )
    return found


def _row(number: int, row: Mapping[str, str]) -> Row:
    if not row["source"]:
        raise InputError("nobody knows where they consented", place="source")
    return Row(
        number,
        parse(row["address"]),
        row.get("name", ""),
        row["source"][:LONGEST_SOURCE],
        _time(row["consented"]),
        row.get("wording") or "of the list",
    )


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError("not a time of consent (ISO 8601)", place="consented") from error
    moment = found if found.tzinfo else found.replace(tzinfo=UTC)
    if moment > datetime.now(UTC):
        raise InputError("a time of consent that is yet to come", place="consented")
    return moment


def _without_known(rows: list[Row], readers: Readers, report: Report) -> list[Row]:
    """Return rows of addresses that are new and may be mailed; name the others."""
    with transaction(readers.engine, writes=False) as connection:
        states = dict(connection.execute(select(READERS.c.key, READERS.c.state)).all())
        silent = suppressed(connection)
    seen: dict[str, int] = {}
    kept = []
    for row in rows:
        key = row.address.key
        reason = silent.get(readers.secret.hide(key), "")
        if key in seen:
            reason = f"the same address as in row {seen[key]}"
        elif key in states:
            reason = f"known already ({states[key]})"
        if reason:
            report.faults.append(RowFault(row.number, "address", reason, str(row.address)))
        else:
            seen[key] = row.number
            kept.append(row)
    return kept


def _note_look_alikes(rows: list[Row], readers: Readers, report: Report) -> None:
    """Note addresses that are easily taken for others, on the list or already known."""
    known = {reader.address.skeleton: reader.address for reader in readers.all()}
    for row in rows:
        address = row.address
        if address.pretends:
            report.notes.append(
                f"row {row.number}: {address.shown} only looks like {address.pretends}"
            )
        other = known.setdefault(address.skeleton, address)
        if other != address:
            report.notes.append(
                f"row {row.number}: {address.shown} looks like {other.shown}; both are kept"
            )
