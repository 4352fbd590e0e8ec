"""`comity schema`: the shape of a Case file."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.app import app


@app.command()
def schema(
    example: Annotated[
        bool, typer.Option("--example", help="Print a commented Case to start from instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of a Case file, or a commented Case to start from."""
    import json

    from comity.cases import json_schema
    from comity.cases.starter import STARTER

    typer.echo(STARTER if example else json.dumps(json_schema(), indent=2))
