"""`comity newsletter import`: a sheet becomes entries, or every fault in it is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._extras import needing
from comity.cli.errors import BAD_INPUT, say
from comity.cli.newsletter._sheets import FORM, counted, plan_of, tell_advice, tell_faults
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.sheets.importing import Plan

NO_CATEGORIES = "this publication has no categories yet"
MOST_TOLD = 20
"""Titles that one list names."""


@newsletter.command("import")
def import_sheet(
    file: Annotated[str, typer.Argument(help="An .xlsx or .csv file in either form.")],
    folder: Folder = ".",
    form: Annotated[
        str | None, typer.Option(help="`editor` or `public`, where the columns do not tell.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The worksheet that is meant.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Of a .csv file that is neither UTF-8 nor UTF-16.")
    ] = None,
    with_faults: Annotated[
        bool, typer.Option("--with-faults", help="Store every row as it is, faults and all.")
    ] = False,
    adopt_categories: Annotated[
        bool, typer.Option("--adopt-categories", help="Add categories that are not known yet.")
    ] = False,
    remove_missing: Annotated[
        bool, typer.Option("--remove-missing", help="Erase entries that the sheet lacks.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
) -> int:
    """Read a sheet into the database: whole or, where anything is wrong, not at all."""
    with needing("newsletter"):
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.publication.writing import add_categories
        from comity.newsletter.sheets.importing import apply
        from comity.newsletter.sheets.reading import read_sheet
        from comity.newsletter.store.store import Store
    _check_form(form)
    publication = read_publication(folder)
    with Store.open(folder) as store:
        table = read_sheet(file, sheet=sheet, encoding=encoding)
        known = store.load()
        plan, fresh = plan_of(table, known, publication, folder, form, adopt=adopt_categories)
        _tell_faults(plan, named=bool(publication.categories))
        tell_advice(plan.advice)
        if plan.faults and not with_faults:
            _tell_categories(plan, named=bool(publication.categories))
            hint = "nothing was imported (--with-faults stores every row as it is)"
            return say(f"{file}: {counted(len(plan.faults), 'fault')}; {hint}", BAD_INPUT)
        if not dry_run:
            if fresh:
                add_categories(folder, fresh)
            apply(store, plan, remove=remove_missing)
    _tell(file, plan, fresh, removed=remove_missing)
    if dry_run:
        typer.echo("  nothing was stored: this was a dry run")
    return 0


def _check_form(form: str | None) -> None:
    from comity.core.choices import check_choice

    if form is not None:
        check_choice(form, ("editor", "public"), "no such form", "--form")


def _tell_faults(plan: Plan, *, named: bool) -> None:
    """Name every fault; where a publication has no categories yet, each category once."""
    from comity.newsletter.model.faults import Kind
    from comity.newsletter.text.titles import normalised

    unknown = [f for f in plan.faults if f.kind == Kind.UNKNOWN_CATEGORY and not named]
    tell_faults([fault for fault in plan.faults if fault not in unknown])
    spellings: dict[str, list[str]] = {}
    for fault in unknown:
        spellings.setdefault(normalised(fault.found), []).append(fault.found)
    for names in spellings.values():
        typer.echo(f"category {names[0]!r}: {counted(len(names), 'row')}", err=True)


def _tell_categories(plan: Plan, *, named: bool) -> None:
    if names := plan.unknown_categories:
        listed = ", ".join(map(repr, names))
        what = f"not categories of this publication: {listed}" if named else NO_CATEGORIES
        typer.echo(what, err=True)
        typer.echo("--adopt-categories adds them to publication.toml", err=True)


def _tell(file: str, plan: Plan, fresh: tuple[str, ...], *, removed: bool) -> None:
    rows, faults = counted(len(plan.entries), "row"), counted(len(plan.faults), "fault")
    wrong = f", {faults} kept as they are" if plan.faults else ""
    typer.echo(f"{Path(file).name}: {rows} in the {FORM[plan.form]}{wrong}")
    same = len(plan.entries) - plan.new - plan.changed
    typer.echo(f"  {plan.new:,} new, {plan.changed:,} changed, {same:,} as they were")
    if plan.moved:
        typer.echo(f"  {counted(plan.moved, 'entry', 'entries')} moved to another place")
    numbers = {entry.issue for entry in plan.entries} - {None}
    references = counted(plan.references, "reference")
    typer.echo(f"  {counted(len(numbers), 'issue')}, {references} between entries")
    _tell_public(plan)
    _tell_undated(plan)
    if cells := {(fault.row, fault.column) for fault in plan.advice}:
        typer.echo(f"  {counted(len(cells), 'cell')} to look at: see the advice")
    _tell_losses(plan)
    _tell_missing(plan, removed=removed)
    for title in plan.renamed:
        typer.echo(f"  known by its address, under a new title: {title}")
    if fresh:
        typer.echo(f"  categories added: {', '.join(fresh)}")
    for note in plan.notes:
        typer.echo(f"  {note}")


def _tell_public(plan: Plan) -> None:
    """Say what readers will see of a sheet in which no cell says how much is public."""
    from comity.newsletter.model.columns import PUBLIC, Publicity
    from comity.newsletter.model.withholding import publicity

    if PUBLIC.field in plan.fields or not plan.new:
        return
    found = Counter(map(publicity, plan.entries))
    parts = {
        "public": found[Publicity.YES] + found[Publicity.LINK_ONLY],
        "withheld until it is decided": found[Publicity.BLANK],
    }
    said = [f"{counted(rows, 'row')} {what}" for what, rows in parts.items() if rows]
    typer.echo(f"  no column {PUBLIC.heading}: {', '.join(said)}")


def _tell_undated(plan: Plan) -> None:
    """Say of how many issues the sheet does not tell that they were sent, or when."""
    from comity.newsletter.model.columns import EMAIL_STATUS
    from comity.newsletter.sheets.issue_list import undated

    drafts = sum(issue.is_draft for issue in plan.issues)
    if drafts and EMAIL_STATUS.field not in plan.fields:
        typer.echo(f"  no column {EMAIL_STATUS.heading}: {counted(drafts, 'issue')} not sent yet")
    if numbers := undated(plan.issues):
        days = "a day that nobody knows: `issues import` reads a list of days"
        typer.echo(f"  {counted(len(numbers), 'issue')} sent on {days}")


def _tell_losses(plan: Plan) -> None:
    """Say which texts are gone, and which were left as they are."""
    if plan.emptied:
        texts = counted(sum(len(each.headings) for each in plan.emptied), "text")
        entries = counted(len(plan.emptied), "entry", "entries")
        typer.echo(f"  {texts} of {entries} emptied:")
        _tell_some([f"{each.title} ({', '.join(each.headings)})" for each in plan.emptied])
    if plan.refused:
        entries = counted(len(plan.refused), "entry", "entries")
        typer.echo(f"  {entries} with a changed text that was not taken: it lacks what is withheld")
        _tell_some(plan.refused)


def _tell_some(names: Sequence[str]) -> None:
    for name in names[:MOST_TOLD]:
        typer.echo(f"    {name}")
    if len(names) > MOST_TOLD:
        typer.echo(f"    and {len(names) - MOST_TOLD:,} more")


def _tell_missing(plan: Plan, *, removed: bool) -> None:
    """Say what becomes of entries that the sheet lacks."""
    hidden = len(plan.hidden) if removed else 0
    parts = {
        f"of the database not in the sheet: {'erased' if removed else 'kept behind the others'}": (
            len(plan.kept) - hidden
        ),
        f"of the database that the {FORM[plan.form]} never shows: kept behind the others": hidden,
    }
    for what, count in parts.items():
        if count:
            typer.echo(f"  {counted(count, 'entry', 'entries')} {what}")
