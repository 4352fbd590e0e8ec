"""`comity newsletter backup`: a copy of the database that is whole, whoever writes meanwhile."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli._extras import needing
from comity.cli.newsletter.app import Folder, newsletter


@newsletter.command()
def backup(
    file: Annotated[str, typer.Argument(help="The file to write; it must not be there yet.")],
    folder: Folder = ".",
) -> int:
    """Copy the database as of this moment, and check the copy. The desk may go on working."""
    with needing("newsletter"):
        from comity.newsletter.store.backups import back_up
        from comity.newsletter.store.store import Store
    with Store.open(folder) as store:
        size = back_up(store, file)
    typer.echo(f"{file}: {size:,} bytes, checked")
    typer.echo("  not in it: publication.toml, cases/ and keys/, which are files of their own")
    return 0
