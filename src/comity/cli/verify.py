"""`comity verify`: whether a transcript holds, without a network."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from comity.cli._console import read_case
from comity.cli.app import app
from comity.core.errors import InputError

WHOLE = (
    "status, solution, disagreement, play, payoffs, decisions and acts in the file are those of "
    "its transcript"
)
"""What is checked of an agreement beside its transcript."""

FAULTY = 1
"""Exit status where the transcript does not hold."""


@app.command()
def verify(
    transcript: Annotated[str, typer.Argument(help="A transcript, or what agree --json wrote.")],
    case: Annotated[str | None, typer.Option(help="The Case it claims to be about.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
) -> None:
    """Check every step of a transcript, and that an agreement says what its transcript says."""
    from comity.agreement import verify as check
    from comity.agreement.claims import NOT_COVERED, claim_faults

    data = _read(transcript)
    steps = _steps(data, transcript)
    found = check(steps, read_case(case) if case else None)
    whole = isinstance(data, dict) and len(data) > 1
    if whole:
        faults = (*found.faults, *claim_faults(data, steps))
        found = replace(found, ok=not faults, faults=faults, checked=(*found.checked, WHOLE))
    if as_json:
        typer.echo(json.dumps(found.to_dict(), indent=2))
    elif found.ok:
        typer.echo("The transcript holds.")
    else:
        typer.echo("The transcript does not hold:")
        for fault in found.faults:
            typer.echo(f"  {fault}")
    if whole and not as_json:
        typer.echo(f"Not covered: {NOT_COVERED}.")
    if not found.ok:
        raise typer.Exit(FAULTY)


def _read(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError("cannot read the file", file=path, found=error.strerror) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputError("not JSON", file=path, found=str(error)[:80]) from error


def _steps(data: Any, path: str) -> list[dict[str, Any]]:
    """Return the steps in a file: a bare list, or the transcript of an agreement."""
    steps = data.get("transcript") if isinstance(data, dict) else data
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise InputError(
            "not a transcript",
            file=path,
            found=type(steps).__name__,
            expected="a list of steps, or an object with a transcript",
        )
    return steps
