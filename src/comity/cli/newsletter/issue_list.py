"""`comity newsletter issues`: which issues there are, and on which day each appeared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._extras import needing
from comity.cli.errors import BAD_INPUT, say
from comity.cli.newsletter._post import opened
from comity.cli.newsletter._sheets import counted, ranges, tell_advice, tell_faults
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.sheets.issue_list import ListPlan

issues = typer.Typer(no_args_is_help=True)
newsletter.add_typer(
    issues,
    name="issues",
    help="Which issues there are: list them, import or export their days and titles.",
    short_help="Which issues there are, and their days.",
)


@issues.command("list")
def list_(folder: Folder = ".") -> None:
    """List the issues with day and title; the day of some that came by a sheet nobody knows."""
    with needing("newsletter"), opened(folder) as (publication, store):
        found = store.load().issues
    for issue in found:
        day = issue.day or ("draft" if issue.is_draft else "unknown")
        typer.echo(f"{publication.label(issue.number)}  {day:<10}  {issue.title}".rstrip())
    typer.echo(counted(len(found), "issue"), err=True)


@issues.command("import")
def import_(
    file: Annotated[
        str, typer.Argument(help="An .xlsx or .csv file with the columns Issue, Date, Title.")
    ],
    sheet: Annotated[str | None, typer.Option(help="The worksheet that is meant.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Of a .csv file that is neither UTF-8 nor UTF-16.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    folder: Folder = ".",
) -> int:
    """Read days and titles of issues that are there: whole or, where anything is wrong, not at all.

    Date or Title may be missing. An empty cell empties its field.
    """
    with needing("newsletter"):
        from datetime import date

        from comity.newsletter.sheets.issue_list import HEADINGS, apply_list, plan_list
        from comity.newsletter.sheets.reading import read_sheet

        with opened(folder) as (publication, store):
            table = read_sheet(file, sheet=sheet, encoding=encoding, headings=HEADINGS)
            plan = plan_list(table, store.load(), publication, date.today())
            if not plan.faults and not dry_run:
                apply_list(store, plan)
    tell_faults(plan.faults)
    tell_advice(plan.advice)
    if plan.faults:
        hint = "nothing was imported"
        return say(f"{file}: {counted(len(plan.faults), 'fault')}; {hint}", BAD_INPUT)
    _tell(Path(file).name, plan)
    if dry_run:
        typer.echo("  nothing was stored: this was a dry run")
    return 0


@issues.command()
def export(
    file: Annotated[str, typer.Argument(help="The .xlsx or .csv file to write.")],
    folder: Folder = ".",
) -> None:
    """Write number, day and title of all issues, as import reads them; for editors."""
    with needing("newsletter"):
        from comity.newsletter.sheets.issue_list import export_list

        with opened(folder) as (_, store):
            rows = export_list(file, store.load())
    typer.echo(f"{file}: {counted(rows, 'issue')}")


def _tell(name: str, plan: ListPlan) -> None:
    changed = len(plan.changes)
    typer.echo(f"{name}: {counted(plan.rows, 'issue')}")
    typer.echo(f"  {changed:,} changed, {plan.rows - changed:,} as they were")
    if plan.taken:
        typer.echo(f"  their day is taken away: {ranges(plan.taken)}")
    if plan.undated:
        typer.echo(f"  sent on a day that nobody knows: {ranges(plan.undated)}")
    for note in plan.notes:
        typer.echo(f"  {note}")
