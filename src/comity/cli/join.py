"""`comity join`: a program, or a person at a terminal, takes its seat in a room."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._console import check_targets, put_json, read_case, warn_if_exposed
from comity.cli._extras import needing
from comity.cli.app import app
from comity.core.errors import InputError

if TYPE_CHECKING:
    from comity.agreement import PartyBehaviour
    from comity.cases import Case
    from comity.rooms.client.result import RoomResult

CAUGHT = 1
"""Exit status where the operator was caught lying, or its log does not hold."""


@app.command()
def join(
    link: Annotated[str, typer.Argument(help="The link of your seat, or - to read it.")],
    case: Annotated[str, typer.Option(help="The Case with your view.")],
    name: Annotated[str | None, typer.Option("--as", help="Who you are; to be sure.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="honest, cautious, ...; as the Case says unless given.")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE for that kind; repeat it.")
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Show you the proposal, and ask for your answer.")
    ] = False,
    state: Annotated[
        str | None, typer.Option(help="File to go on from after a crash; keep it secret.")
    ] = None,
    operator: Annotated[
        str | None, typer.Option(help="The only key of an operator to trust.")
    ] = None,
    report: Annotated[
        str | None, typer.Option(help="Write one page, which works offline, to this file.")
    ] = None,
    as_json: Annotated[
        str | None, typer.Option("--json", help="Write the log to this file; - to print it.")
    ] = None,
    patience: Annotated[
        float, typer.Option(min=0, help="Seconds to wait for a server that is away.")
    ] = 300.0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Take your seat in a room, to its end; your report leaves only after all have committed."""
    with needing("rooms"):
        from comity.rooms.client.joining import join as take_part
        from comity.rooms.client.witness import Untrusted

    check_targets({"--report": report, "--json": as_json, "--state": state}, (case,))
    read, way = read_case(case), _link(link)
    warn_if_exposed(way)
    try:
        found = take_part(
            way,
            read,
            _behaviour(read, name, kind, option or [], ask),
            name=name,
            state=state,
            operator=operator,
            watch=None if quiet or as_json == "-" else _watch,
            patience=patience,
        )
    except Untrusted as caught:
        if as_json:
            put_json(caught.evidence, as_json)
        _say(str(caught))
        raise typer.Exit(CAUGHT) from caught
    _write(found, report, as_json, quiet)
    if not found.verification.ok:
        raise typer.Exit(CAUGHT)


def _link(text: str) -> str:
    """Return the link; read from standard input it stands in no list of processes."""
    return sys.stdin.readline().strip() if text == "-" else text


def _behaviour(
    case: Case, name: str | None, kind: str | None, options: Sequence[str], ask: bool
) -> PartyBehaviour | None:
    """Return how to behave; ``None`` for as the Case says."""
    from comity.agreement import make_party
    from comity.rooms.client.asking import Asked

    if kind is None and options:
        raise InputError("an option of no kind", place="--option", expected="--kind as well")
    if kind is None and not ask:
        return None
    behaviour = make_party(kind or "honest", dict(map(_option, options)), "--kind")
    return Asked(behaviour, _answer) if ask else behaviour


def _option(text: str) -> tuple[str, Any]:
    name, mark, value = text.partition("=")
    if not mark or not name.strip():
        raise InputError(
            "not an option", place="--option", found=repr(text)[:80], expected="NAME=VALUE"
        )
    try:
        return name.strip(), json.loads(value)
    except (ValueError, RecursionError):
        return name.strip(), value.strip()


def _answer(lines: Sequence[str]) -> bool:
    """Show a proposal and return what the person says to it."""
    typer.echo()
    for line in lines:
        typer.echo(line)
    while True:
        typer.echo("Do you accept? [yes/no] ", nl=False)
        said = sys.stdin.readline()
        if not said:
            raise EOFError
        word = said.strip().casefold()
        if word in ("y", "yes", "n", "no"):
            return word.startswith("y")


def _watch(entry: Any) -> None:
    from comity.rooms.client.telling import tell_entry

    typer.echo(tell_entry(entry), err=True)


def _write(found: RoomResult, report: str | None, as_json: str | None, quiet: bool) -> None:
    from comity.core.files import write_atomic
    from comity.rooms.client.telling import tell_result

    if as_json:
        put_json(dict(found.log), as_json)
    written = [path for path in (as_json,) if path]
    if report and found.folded.proposals:
        write_atomic(report, found.page())
        written.append(report)
    if quiet or as_json == "-":
        return
    for line in tell_result(found):
        typer.echo(line)
    if report and report not in written:
        typer.echo("No report: the room ended before there was a proposal.")
    for path in written:
        typer.echo(f"Written: {path}")


def _say(message: str) -> None:
    from comity.cli.errors import say

    say(message, CAUGHT)
