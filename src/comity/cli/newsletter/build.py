"""`comity newsletter build`: the site, its feeds, the sheet and the offline edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from comity.cli._console import progress
from comity.cli._extras import needing
from comity.cli.errors import BAD_INPUT
from comity.cli.newsletter._sheets import counted
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.newsletter.editions.build import Built
    from comity.newsletter.model.faults import Fault

Audience = Annotated[
    Literal["public", "preview", "internal"],
    typer.Option(
        help="Who will see it: everybody (out/site); the editors, drafts included (out/preview); "
        "or the editors with all that is withheld (out/internal)."
    ),
]


@newsletter.command()
def build(
    folder: Folder = ".",
    audience: Audience = "public",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="List what is wrong, and build all the same.")
    ] = False,
    show: Annotated[bool, typer.Option("--open", help="Open the site in a browser.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but faults.")] = False,
) -> None:
    """Build the site: pages, feeds, search, sheet, podcast, a copy to read offline; and all mails.

    The old site stays until the new one is whole. A reference that leads nowhere, or to something
    that readers may not see, stops the build: all such places are listed.
    """
    with needing("newsletter"):
        from comity.newsletter.editions.build import write_site
        from comity.newsletter.editions.mails import write_mails
        from comity.newsletter.editions.preparing import prepare
        from comity.newsletter.publication.reading import read_publication
        from comity.newsletter.store.store import Store

    publication = read_publication(folder)
    mails = 0
    with Store.open(folder) as store, progress(quiet) as step:
        made = prepare(store, publication, audience, step)
        stopped = bool(made.faults) and not anyway
        built = None if stopped else write_site(made.site, made.folder, made.sheets, step)
        if built and audience == "public":
            mails = write_mails(made.site, made.folder.with_name("mail"), step)
    _list(made.faults)
    if built is None:
        typer.echo("nothing was built (--anyway builds all the same)", err=True)
        raise typer.Exit(BAD_INPUT)
    if not quiet:
        _say(built, mails)
    if show:
        typer.launch((built.folder / "index.html").absolute().as_uri())


def _list(faults: Sequence[Fault]) -> None:
    for fault in faults:
        typer.echo(f"{fault.kind}: {fault}", err=True)


def _say(built: Built, mails: int) -> None:
    size = f"{built.files:,} files, {built.bytes / 1e6:.1f} MB"
    typer.echo(f"{built.folder / 'index.html'}: {built.pages:,} pages, {size}")
    if mails:
        issues = counted(mails, "issue")
        typer.echo(f"{built.folder.with_name('mail')}: {issues} as HTML, text and message")
