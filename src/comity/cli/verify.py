"""`comity verify`: whether a transcript holds, without a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from comity.cli._console import read_case
from comity.cli.app import app
from comity.core.errors import InputError

FAULTY = 1
"""Exit status where the transcript does not hold."""


@app.command()
def verify(
    transcript: Annotated[str, typer.Argument(help="A transcript, or what agree --json wrote.")],
    case: Annotated[str | None, typer.Option(help="The Case it claims to be about.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
) -> None:
    """Check every step of a transcript: its chain, its commitments, its arithmetic."""
    from comity.agreement import verify as check

    found = check(_steps(transcript), read_case(case) if case else None)
    if as_json:
        typer.echo(json.dumps(found.to_dict(), indent=2))
    elif found.ok:
        typer.echo("The transcript holds.")
    else:
        typer.echo("The transcript does not hold:")
        for fault in found.faults:
            typer.echo(f"  {fault}")
    if not found.ok:
        raise typer.Exit(FAULTY)


def _steps(path: str) -> list[dict[str, Any]]:
    """Return the steps in a file: a bare list, or the transcript of an agreement."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError("cannot read the file", file=path, found=error.strerror) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputError("not JSON", file=path, found=str(error)[:80]) from error
    steps = data.get("transcript") if isinstance(data, dict) else data
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise InputError(
            "not a transcript",
            file=path,
            found=type(steps).__name__,
            expected="a list of steps, or an object with a transcript",
        )
    return steps
