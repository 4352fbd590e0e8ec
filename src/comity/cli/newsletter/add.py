"""`comity newsletter add`: references of others become entries of the queue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._extras import needing
from comity.cli.newsletter._sheets import counted
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.importing.adding import Candidate


@newsletter.command()
def add(
    files: Annotated[
        list[str], typer.Argument(help="BibTeX, RIS, Atom from arXiv, or CSL-JSON of a DOI.")
    ],
    folder: Folder = ".",
    known: Annotated[
        bool, typer.Option("--known", help="Also add what seems to be there already.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be added.")
    ] = False,
) -> None:
    """Put what files of references name into the queue, unless it is there already."""
    with needing("newsletter"):
        from comity.newsletter.importing import adding
        from comity.newsletter.importing.reading import read_file
        from comity.newsletter.store.store import Store

        readings = [read_file(file) for file in files]
    with Store.open(folder) as store:
        proposals = [proposal for reading in readings for proposal in reading.proposals]
        found = adding.candidates(proposals, store.load())
        taken = [one for one in found if known or one.is_new]
        if not dry_run:
            adding.add(store, (one.proposal for one in taken))
    for reading in readings:
        for fault in reading.faults:
            typer.echo(str(fault), err=True)
    for one in found:
        typer.echo(_line(one, added=known or one.is_new))
    verb = "would be added" if dry_run else "added"
    names = ", ".join(Path(file).name for file in files)
    typer.echo(f"{names}: {counted(len(taken), 'entry', 'entries')} {verb} to the queue")


def _line(one: Candidate, *, added: bool) -> str:
    mark = "+" if added else "="
    line = f"{mark} {one.proposal.title}"
    if one.earlier:
        line += f"\n    the same as {one.earlier}"
    for entry, why in one.known:
        line += f"\n    there already? {entry.title}: {why.reason}"
    return line
