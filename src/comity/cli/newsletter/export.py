"""`comity newsletter export`: the sheet of a publication, cell for cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._extras import needing
from comity.cli.newsletter._sheets import FORM, counted
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.model.withholding import Audience


@newsletter.command()
def export(
    file: Annotated[str, typer.Argument(help="The .xlsx or .csv file to write.")],
    folder: Folder = ".",
    form: Annotated[str, typer.Option(help="`editor` or `public`.")] = "editor",
    everything: Annotated[
        bool,
        typer.Option(
            "--everything", help="Also what is not public, in the public form; for editors."
        ),
    ] = False,
) -> int:
    """Write the sheet: all of it for editors, or what is public for everybody."""
    with needing("newsletter"):
        from comity.core.choices import check_choice
        from comity.newsletter.model.withholding import withhold
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.sheets.exporting import export_sheet, read_kept
        from comity.newsletter.store.store import Store
    check_choice(form, ("editor", "public"), "no such form", "--form")
    internal = everything or form == "editor"
    audience: Audience = "internal" if internal else "public"
    with Store.open(folder) as store:
        view = withhold(read_publication(folder), store.load(), audience)
        rows = export_sheet(file, view, form, read_kept(store, form))
    who = "for editors only" if internal else "what is public"
    typer.echo(f"{file}: {counted(rows, 'row')} in the {FORM[form]}, {who}")
    return 0
