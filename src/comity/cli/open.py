"""`comity open`: a room for the parties of a Case, and a link for each."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli._console import put_json, read_case, warn_if_exposed
from comity.cli._extras import needing
from comity.cli.app import app
from comity.core.errors import InputError


@app.command(name="open")
def open_(
    case: Annotated[str, typer.Argument(help="A Case file, or a file of another tool.")],
    server: Annotated[str, typer.Option(help="Address of the server of rooms.")],
    deadline: Annotated[
        list[str] | None,
        typer.Option(
            help="PHASE=SECONDS: joining, committing, revealing, solving, answering; repeat it."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
) -> None:
    """Open a room by the public part of a Case and print a link for each party.

    Frame, constitution and evidence become the terms; nobody's model is sent.
    """
    from comity.core.page.words import clean

    with needing("rooms"):
        from comity.rooms.client.joining import open_room

    warn_if_exposed(server)
    opened = open_room(server, read_case(case), dict(map(_deadline, deadline or ())))
    if as_json:
        put_json(opened.to_dict(), "-")
        return
    typer.echo(f"Room {opened.room} is open. Give each party its own link, and nobody else's:")
    for name, link in opened.links.items():
        typer.echo(f"  {clean(name)}: {link}")
    typer.echo(f"To watch without a seat: {opened.watch}")


def _deadline(text: str) -> tuple[str, int]:
    from comity.core.choices import check_choice
    from comity.rooms.protocol.terms import TIMED

    phase, mark, seconds = text.partition("=")
    if not mark or not seconds.strip().isdecimal():
        raise InputError(
            "not a deadline", place="--deadline", found=repr(text)[:80], expected="PHASE=SECONDS"
        )
    check_choice(phase.strip(), TIMED, "no such phase", "--deadline")
    return phase.strip(), int(seconds)
