"""`comity schema`: the shape of a Case file, and of a room's log."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.app import app


@app.command()
def schema(
    example: Annotated[
        bool, typer.Option("--example", help="Print a commented Case to start from instead.")
    ] = False,
    room: Annotated[
        bool, typer.Option("--room", help="Print the JSON Schema of a room's log instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of a Case file, a commented Case to start from, or a room's schema."""
    import json

    if example:
        from comity.cases.starter import STARTER

        typer.echo(STARTER)
        return
    if room:
        from comity.rooms.protocol.schemas import room_schema

        typer.echo(json.dumps(room_schema(), indent=2))
        return
    from comity.cases import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))
