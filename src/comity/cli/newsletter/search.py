"""`comity newsletter search`: what was ever read about something, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._extras import needing
from comity.cli.newsletter._sheets import counted
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.model.archive import Archive
    from comity.newsletter.model.withholding import Audience
    from comity.newsletter.search.found import Hit, Piece


@newsletter.command()
def search(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words that must be there; quotes keep a phrase.")
    ] = None,
    folder: Folder = ".",
    category: Annotated[str, typer.Option(help="A category and those inside it.")] = "",
    summarizer: Annotated[str, typer.Option(help="Who wrote the summary, alone or jointly.")] = "",
    year: Annotated[str, typer.Option(help="Year of what was read.")] = "",
    topic: Annotated[str, typer.Option(help="A topic of cooperation.")] = "",
    issue: Annotated[int | None, typer.Option(help="Number of an issue.")] = None,
    highlights: Annotated[bool, typer.Option("--highlights", help="Highlights only.")] = False,
    public: Annotated[bool, typer.Option("--public", help="Only what is public.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most hits.")] = 10,
) -> int:
    """Find entries by their words, best first; by default among all that editors know."""
    with needing("newsletter"):
        from comity.newsletter.search.found import Filters
        from comity.newsletter.store.store import Store
    filters = Filters(category, summarizer, year, topic, issue, highlights)
    audience: Audience = "public" if public else "internal"
    with Store.open(folder) as store:
        found = store.search(" ".join(words or ()), filters, limit=limit, audience=audience)
        archive = store.load()
    typer.echo(counted(found.total, "entry", "entries"))
    for hit in found.hits:
        _show(hit, archive)
    return 0


def _show(hit: Hit, archive: Archive) -> None:
    entry = archive.by_id[hit.entry]
    about = ", ".join(text for text in (entry.email, entry.category, hit.entry) if text)
    typer.echo(f"\n{_marked(hit.title)}  [{about}]")
    if hit.snippet:
        typer.echo(f"  {_marked(hit.snippet)}")


def _marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(
        typer.style(piece.text, bold=True) if piece.marked else piece.text for piece in pieces
    )
