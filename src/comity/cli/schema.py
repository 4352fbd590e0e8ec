"""`comity schema`: the shape of a Case file."""

from __future__ import annotations

import typer

from comity.cli.app import app


@app.command()
def schema() -> None:
    """Print the JSON Schema of a Case file."""
    import json

    from comity.cases import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))
