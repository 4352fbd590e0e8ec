"""`comity verify`: whether a transcript or a room's log holds, without a network."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._console import read_case
from comity.cli.app import app
from comity.core.errors import InputError

if TYPE_CHECKING:
    from comity.agreement import Verification
    from comity.cases import Case

WHOLE = (
    "status, solution, disagreement, play, payoffs, decisions and acts in the file are those of "
    "its transcript"
)
"""What is checked of an agreement beside its transcript."""

FAULTY = 1
"""Exit status where the transcript does not hold."""


@app.command()
def verify(
    transcript: Annotated[
        str, typer.Argument(help="A transcript, what agree --json wrote, or the log of a room.")
    ],
    case: Annotated[str | None, typer.Option(help="The Case it claims to be about.")] = None,
    operator: Annotated[
        str | None, typer.Option(help="The key that must have sealed the log of a room.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
) -> None:
    """Check every step of a transcript or a room's log, and what an agreement says of its own."""
    data = _read(transcript)
    known = read_case(case) if case else None
    if isinstance(data, dict) and "protocol" in data:
        kind, found, beside = _log(data, known, operator)
    elif operator is None:
        kind, found, beside = _transcript(data, known, transcript)
    else:
        raise InputError("only the log of a room has an operator", file=transcript)
    if as_json:
        typer.echo(json.dumps(found.to_dict(), indent=2))
    else:
        _tell(kind, found, beside)
    if not found.ok:
        raise typer.Exit(FAULTY)


def _tell(kind: str, found: Verification, beside: str) -> None:
    """Print what was found, and what no file can show."""
    typer.echo(f"The {kind} holds." if found.ok else f"The {kind} does not hold:")
    for fault in found.faults:
        typer.echo(f"  {fault}")
    if beside:
        typer.echo(f"Not covered: {beside}.")


def _log(data: Any, case: Case | None, operator: str | None) -> tuple[str, Verification, str]:
    try:
        from comity.rooms.protocol.verification import NOT_COVERED, verify_log
    except ModuleNotFoundError as error:
        raise InputError(
            "the log of a room needs a package that is not installed",
            found=str(error.name),
            expected="pip install 'comity[rooms]'",
        ) from error
    return "log of the room", verify_log(data, case, operator=operator), NOT_COVERED


def _transcript(data: Any, case: Case | None, path: str) -> tuple[str, Verification, str]:
    from comity.agreement import verify as check
    from comity.agreement.claims import NOT_COVERED, claim_faults

    steps = _steps(data, path)
    found = check(steps, case)
    if not isinstance(data, dict) or len(data) == 1:
        return "transcript", found, ""
    faults = (*found.faults, *claim_faults(data, steps))
    found = replace(found, ok=not faults, faults=faults, checked=(*found.checked, WHOLE))
    return "transcript", found, NOT_COVERED


def _read(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError("cannot read the file", file=path, found=error.strerror) from error
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON", file=path, found=str(error)[:80]) from error


def _steps(data: Any, path: str) -> list[dict[str, Any]]:
    """Return the steps in a file: a bare list, or the transcript of an agreement."""
    steps = data.get("transcript") if isinstance(data, dict) else data
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise InputError(
            "not a transcript",
            file=path,
            found=type(steps).__name__,
            expected="a list of steps, an object with a transcript, or the log of a room",
        )
    return steps
