"""`comity verify`: whether a transcript or a room's log holds, without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._console import read_case
from comity.cli._keys import operator_key
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
        str | None,
        typer.Option(help="The key that must have sealed the log: 64 hexadecimal digits."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
) -> None:
    """Check every step of a transcript or a room's log, and what an agreement says of its own."""
    data = _read(transcript)
    known = read_case(case) if case else None
    if isinstance(data, dict) and "protocol" in data:
        seen = _log(data, known, operator)
    elif operator is None:
        seen = _transcript(data, known, transcript)
    else:
        raise InputError(
            "only the log of a room has an operator", file=transcript, place="--operator"
        )
    if as_json:
        typer.echo(json.dumps(seen.found.to_dict(), indent=2))
    else:
        _tell(seen)
    if not seen.found.ok:
        raise typer.Exit(FAULTY)


@dataclass(frozen=True)
class Seen:
    """What was found of a file.

    Attributes
    ----------
    kind : what the file is.
    found : whether it holds.
    beside : what it cannot show.
    about : tells what it is about, where it holds.
    """

    kind: str
    found: Verification
    beside: str
    about: Callable[[], Sequence[str]]


def _tell(seen: Seen) -> None:
    """Print what was found, and what no file can show."""
    if seen.found.ok:
        typer.echo(f"The {seen.kind} holds.")
        for line in seen.about():
            typer.echo(f"  {line}")
        typer.echo("Checked:")
        for checked in seen.found.checked:
            typer.echo(f"  - {checked}")
    else:
        typer.echo(f"The {seen.kind} does not hold:")
        for fault in seen.found.faults:
            typer.echo(f"  {fault if fault.step >= 0 else fault.what}")
    if seen.beside:
        typer.echo(f"Not covered: {seen.beside}.")


def _log(data: Any, case: Case | None, operator: str | None) -> Seen:
    try:
        from comity.rooms.protocol.verification import NOT_COVERED, verify_log
    except ModuleNotFoundError as error:
        raise InputError(
            "the log of a room needs a package that is not installed",
            found=str(error.name),
            expected="pip install 'comity[rooms]'",
        ) from error
    from comity.cli._summary import log_lines

    found = verify_log(data, case, operator=operator_key(operator))
    return Seen("log of the room", found, NOT_COVERED, partial(log_lines, data))


def _transcript(data: Any, case: Case | None, path: str) -> Seen:
    from comity.agreement import verify as check
    from comity.agreement.claims import NOT_COVERED, claim_faults
    from comity.cli._summary import transcript_lines

    steps = _steps(data, path)
    found, about = check(steps, case), partial(transcript_lines, steps)
    if not isinstance(data, dict) or len(data) == 1:
        return Seen("transcript", found, "", about)
    faults = (*found.faults, *claim_faults(data, steps))
    found = replace(found, ok=not faults, faults=faults, checked=(*found.checked, WHOLE))
    return Seen("transcript", found, NOT_COVERED, about)


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
