"""What the commands on sheets share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from comity.newsletter.model.archive import Archive
    from comity.newsletter.model.faults import Fault
    from comity.newsletter.model.publication import Publication
    from comity.newsletter.sheets.cells import Table
    from comity.newsletter.sheets.importing import Plan

FORM = {"editor": "editor's form", "public": "public form"}
MOST_OF_A_KIND = 3
"""Pieces of advice that are told one by one where there are many of a kind."""
MOST_ROWS = 20
"""Rows that one line names."""


def plan_of(
    table: Table,
    archive: Archive,
    publication: Publication,
    folder: str,
    form: str | None,
    *,
    adopt: bool,
) -> tuple[Plan, tuple[str, ...]]:
    """Return the plan of an import, and the categories that it adds to the publication."""
    from pathlib import Path

    from comity.newsletter.model.publication import Category
    from comity.newsletter.sheets.importing import plan_import

    def plan(publication: Publication) -> Plan:
        return plan_import(table, archive, publication, form=form, folder=Path(folder))

    planned = plan(publication)
    fresh = planned.unknown_categories if adopt else ()
    if fresh:
        more = tuple(Category(name) for name in fresh)
        planned = plan(replace(publication, categories=publication.categories + more))
    return planned, fresh


def tell_faults(faults: Sequence[Fault]) -> None:
    """Print one line for each fault on standard error."""
    for fault in faults:
        typer.echo(one_line(fault), err=True)


def tell_advice(faults: Sequence[Fault]) -> None:
    """Print advice on standard error, by kind: the first of each, and the rows of many others."""
    kinds: dict[str, dict[str, Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.kind, {}).setdefault(one_line(fault), fault)
    for kind, lines in kinds.items():
        told = MOST_OF_A_KIND if len(lines) > MOST_OF_A_KIND + 1 else len(lines)
        for line in list(lines)[:told]:
            typer.echo(f"advice: {line}", err=True)
        if others := list(lines.values())[told:]:
            rows = sorted({fault.row for fault in others if fault.row is not None})
            more = f" and {len(rows) - MOST_ROWS:,} more" if len(rows) > MOST_ROWS else ""
            where = f"row{'s' * (len(rows) > 1)} {ranges(rows[:MOST_ROWS])}{more}"
            typer.echo(f"advice: {len(others):,} more like it ({kind}): {where}", err=True)


def one_line(fault: Fault) -> str:
    """Return a fault as it is told."""
    return str(fault).replace("\n", " ")


def counted(number: int, word: str, plural: str | None = None) -> str:
    """Return a number with its word.

    Examples
    --------
    >>> counted(1, "row"), counted(1956, "row"), counted(0, "entry", "entries")
    ('1 row', '1,956 rows', '0 entries')
    """
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers in words, those that follow one another together.

    Examples
    --------
    >>> ranges([1, 2, 3, 7, 9, 10])
    '1 to 3, 7, 9, 10'
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    parts = [run if len(run) < 3 else [f"{run[0]} to {run[-1]}"] for run in found]
    return ", ".join(str(part) for run in parts for part in run)
