"""`comity join`: a program, or a person at a terminal, takes its seat in a room."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._console import check_targets, put_json, read_case, warn_if_exposed
from comity.cli._extras import needing
from comity.cli._keys import operator_key
from comity.cli.app import app
from comity.core.choices import check_choice
from comity.core.errors import InputError

if TYPE_CHECKING:
    from comity.agreement import PartyBehaviour
    from comity.language import Words
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
    language: Annotated[
        str, typer.Option(help="Language of all that is shown: en, es, zh or de.")
    ] = "en",
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
    from comity.language import LANGUAGES, words_of

    with needing("rooms"):
        from comity.rooms.client.joining import join as take_part
        from comity.rooms.client.witness import Untrusted

    check_targets({"--report": report, "--json": as_json, "--state": state}, (case,))
    check_choice(language, LANGUAGES, "no such language", "--language")
    words, trusted = words_of(language), operator_key(operator)
    read, way = read_case(case), _link(link)
    warn_if_exposed(way)
    try:
        found = take_part(
            way,
            read,
            _behaviour(kind, option or [], words if ask else None),
            name=name,
            state=state,
            operator=trusted,
            watch=None if quiet or as_json == "-" else partial(_watch, words),
            patience=patience,
        )
    except Untrusted as caught:
        if as_json:
            put_json(caught.evidence, as_json)
        _say(str(caught))
        raise typer.Exit(CAUGHT) from caught
    _write(found, words, report, as_json, quiet)
    if not found.verification.ok:
        raise typer.Exit(CAUGHT)


def _link(text: str) -> str:
    """Return the link; read from standard input it stands in no list of processes."""
    return sys.stdin.readline().strip() if text == "-" else text


def _behaviour(
    kind: str | None, options: Sequence[str], asked: Words | None
) -> PartyBehaviour | None:
    """Return how to behave, asking in a language or not; ``None`` for as the Case says."""
    from comity.agreement import PARTIES, make_party
    from comity.rooms.client.asking import Asked

    if kind is None and options:
        raise InputError("an option of no kind", place="--option", expected="--kind as well")
    if kind is None and asked is None:
        return None
    check_choice(kind or "honest", PARTIES, "no such kind of party", "--kind")
    behaviour = make_party(kind or "honest", dict(map(_option, options)), "--kind")
    return behaviour if asked is None else Asked(behaviour, partial(_answer, asked), asked)


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


def _answer(words: Words, lines: Sequence[str]) -> bool:
    """Show a proposal and return what the person says to it."""
    typer.echo()
    for line in lines:
        typer.echo(line)
    accept, refuse = (words.say(f"table.{word}") for word in ("accept", "refuse"))
    yes, no = ("y", "yes", accept.casefold()), ("n", "no", refuse.casefold())
    while True:
        typer.echo(f"{accept} / {refuse}? [yes/no] ", nl=False)
        said = sys.stdin.readline()
        if not said:
            raise EOFError
        word = said.strip().casefold()
        if word in (*yes, *no):
            return word in yes


def _watch(words: Words, entry: Any) -> None:
    from comity.rooms.client.telling import tell_entry

    for line in tell_entry(entry, words):
        typer.echo(line, err=True)


def _write(
    found: RoomResult, words: Words, report: str | None, as_json: str | None, quiet: bool
) -> None:
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
    for line in tell_result(found, words):
        typer.echo(line)
    if report and report not in written:
        typer.echo("No report: the room ended before there was a proposal.")
    for path in written:
        typer.echo(f"Written: {path}")


def _say(message: str) -> None:
    from comity.cli.errors import say

    say(message, CAUGHT)
