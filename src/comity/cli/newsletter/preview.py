"""`comity newsletter preview`: the mail of an issue, as a file to open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli._extras import needing
from comity.cli.newsletter._issues import check_of, tell_check
from comity.cli.newsletter.app import Folder, newsletter


@newsletter.command()
def preview(
    issue: Annotated[int, typer.Argument(help="Number of the issue.")],
    folder: Folder = ".",
    internal: Annotated[
        bool, typer.Option("--internal", help="With everything that is not public, marked.")
    ] = False,
) -> None:
    """Write the mail of an issue, as HTML, as plain text and as a message, and say where.

    Nothing is sent. Entries that are not finished are shown with a mark.
    """
    with needing("newsletter"):
        from comity.core.files import write_atomic
        from comity.newsletter.editions.assemble import assemble
        from comity.newsletter.editions.email import email
        from comity.newsletter.model.withholding import withhold
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.store.store import Store

    publication = read_publication(folder)
    with Store.open(folder) as store:
        archive, checks = store.load(), check_of(publication, store)
    view = withhold(publication, archive, "internal" if internal else "preview")
    mail = email(view, assemble(view, issue))
    place = Path(folder) / "out" / ("internal" if internal else "preview")
    place.mkdir(parents=True, exist_ok=True)
    forms = {"html": mail.html.encode(), "txt": mail.text.encode(), "eml": bytes(mail.message())}
    typer.echo(f"{mail.subject} ({mail.size / 1024:.0f} KB)")
    for ending, content in forms.items():
        write_atomic(place / f"{issue}.{ending}", content)
        typer.echo(f"  {place / f'{issue}.{ending}'}")
    tell_check(publication.label(issue), checks.issue(issue))
