"""`comity newsletter init`: the folder of a publication, with a small example in it or empty."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli._extras import needing
from comity.cli.newsletter._sheets import counted
from comity.cli.newsletter.app import newsletter


@newsletter.command()
def init(
    folder: Annotated[str, typer.Argument(help="The folder to make.")] = "newsletter",
    empty: Annotated[bool, typer.Option("--empty", help="Without the example.")] = False,
    name: Annotated[str, typer.Option(help="Of an empty publication.")] = "",
    short: Annotated[
        str, typer.Option(help="Before the numbers of its issues, as AN in AN #12.")
    ] = "",
) -> int:
    """Begin a publication: a small example in which everything is in use, or an empty one."""
    with needing("newsletter"):
        from comity.newsletter.publication.beginning import begin
    with begin(folder, example=not (empty or name or short), name=name, short=short) as store:
        archive = store.load()
    entries = counted(len(archive.entries), "entry", "entries")
    typer.echo(f"{folder}: {entries}, {counted(len(archive.issues), 'issue')}")
    typer.echo("  publication.toml   settings: name, categories, address, mail")
    typer.echo("  newsletter.db      everything that was read")
    typer.echo("  cases/             Cases that entries carry")
    typer.echo("  keys/              secrets; keep a copy in a safe place")
    return 0
