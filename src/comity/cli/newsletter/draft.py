"""`comity newsletter draft`: the next issue, of everything that waits to be sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._extras import needing
from comity.cli.newsletter._issues import check_of, tell_check
from comity.cli.newsletter._sheets import counted
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.editions.drafting import Draft
    from comity.newsletter.model.issue import Issue
    from comity.newsletter.store.store import Store


@newsletter.command()
def draft(
    folder: Folder = ".",
    title: Annotated[str | None, typer.Option(help="Title of the issue.")] = None,
    date: Annotated[str | None, typer.Option(help="Its day, such as 2026-02-09.")] = None,
    opening: Annotated[
        str | None, typer.Option(help="A file of Markdown that stands before the highlights.")
    ] = None,
    closing: Annotated[
        str | None, typer.Option(help="A file of Markdown that stands after the last entry.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Only say what would be done.")] = False,
) -> None:
    """Put every pending entry into the next issue, and say what is still in its way."""
    with needing("newsletter"):
        from comity.newsletter.editions import drafting
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.store.store import Store, now

    publication = read_publication(folder)
    with Store.open(folder) as store:
        found = drafting.draft(publication, store.load())
        kept = found.issue
        issue = replace(
            kept,
            title=kept.title if title is None else title,
            created=kept.created or now(),
            date=kept.date if date is None else _day(date),
            opening=kept.opening if opening is None else _text(store, opening),
            closing=kept.closing if closing is None else _text(store, closing),
        )
        if not show:
            store.save_issue(issue)
            store.save_entries(found.added)
        name = publication.label(issue.number)
        _tell(name, issue, found, show=show)
        if not show:
            tell_check(name, check_of(publication, store).issue(issue.number))


def _day(date: str) -> str:
    """Return a day as it is written, if it is one."""
    from datetime import date as days

    from comity.core.errors import InputError

    try:
        return days.fromisoformat(date.strip()).isoformat()
    except ValueError:
        raise InputError("not a day", place="--date", found=date, expected="YYYY-MM-DD") from None


def _text(store: Store, file: str) -> str:
    """Return the text of a file, its references bound to ids."""
    from comity.core.files import read_text
    from comity.newsletter.text.references import bind
    from comity.newsletter.text.titles import Titles

    return bind(read_text(file), Titles.of(store.load().entries))[0].strip()


def _tell(name: str, issue: Issue, found: Draft, *, show: bool) -> None:
    about = f"{name}, {issue.title}" if issue.title else name
    shown = found.shown
    highlights = sum(entry.is_highlight for entry in shown)
    hidden = len(found.entries) - len(shown)
    typer.echo(
        f"{about}: {counted(len(shown), 'entry', 'entries')}, {counted(highlights, 'highlight')}"
        + (f"; {hidden} more that readers will not see" if hidden else "")
    )
    for entry in found.added:
        done = "would be added" if show else "added"
        unseen = "" if entry in shown else " (readers will not see it)"
        typer.echo(f"  {done}: {' '.join(entry.title.split())}{unseen}")
