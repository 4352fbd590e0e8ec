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
