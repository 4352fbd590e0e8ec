"""`comity newsletter readers`: who gets the publication."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._console import put_json
from comity.cli._extras import needing
from comity.cli.errors import BAD_INPUT
from comity.cli.newsletter._post import NOT_CLEAN, UNFINISHED, opened, readers_of
from comity.cli.newsletter._sheets import counted
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.newsletter.delivery.forgetting import Forgotten
    from comity.newsletter.delivery.readers import Reader

readers = typer.Typer(no_args_is_help=True)
newsletter.add_typer(
    readers,
    name="readers",
    help="Who gets the publication: list them, import a list, export or erase what is kept.",
    short_help="Who gets the publication.",
)

Address = Annotated[str, typer.Argument(help="Mail address.")]


@readers.command("list")
def list_(
    standing: Annotated[str, typer.Option(help="asked, reading or left. All unless given.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print plain JSON.")] = False,
    folder: Folder = ".",
) -> None:
    """List readers by address, with why somebody gets no mail, and count them."""
    with needing("newsletter"):
        from comity.core.choices import check_choice
        from comity.newsletter.delivery.readers import Standing

        if standing:
            check_choice(standing, [*Standing], "no such standing", "--standing")
        with opened(folder) as (_, store):
            known = readers_of(store)
            found = known.all(Standing(standing) if standing else None)
            silent = known.silent(found)
    if as_json:
        listed = [{**_plain(reader), "silent": silent.get(reader.id, "")} for reader in found]
        put_json({"readers": listed}, "-")
        return
    for reader in found:
        left_out = f"  without {', '.join(sorted(reader.without))}" if reader.without else ""
        why = f"  gets no mail: {silent[reader.id]}" if reader.id in silent else ""
        address = f"{reader.address.shown}{left_out}{why}"
        typer.echo(f"{reader.standing:<8} {reader.since[:10]}  {address}")
    typer.echo(counted(len(found), "reader"), err=True)


@readers.command("import")
def import_(
    file: Annotated[
        str,
        typer.Argument(help="CSV with the columns address, source and consented; name if known."),
    ],
    partly: Annotated[
        bool, typer.Option("--partly", help="Add the good rows where others are not.")
    ] = False,
    folder: Folder = ".",
) -> int:
    """Add a list of people who consented elsewhere, each with where and when.

    Nobody who left, asked to be forgotten or whose mailbox is gone comes back by a list. Where any
    row cannot be used nothing is added, unless --partly.
    """
    with needing("newsletter"):
        from comity.newsletter.delivery.importing import import_readers

        with opened(folder) as (_, store):
            report = import_readers(Path(file), readers_of(store), partly=partly)
    for line in (*report.faults, *report.notes):
        typer.echo(str(line), err=True)
    said = f"{counted(len(report.added), 'reader')} added"
    said += f"; {counted(len(report.faults), 'row')} not" if report.faults else ""
    typer.echo(said)
    return BAD_INPUT if report.faults and not partly else 0


@readers.command()
def export(address: Address, folder: Folder = ".") -> None:
    """Print all that is kept of one address, as JSON, for whoever it belongs to.

    With it come the mails that issues went by, those that came from the address, and why it gets
    none.
    """
    with needing("newsletter"):
        from comity.newsletter.delivery.addresses import parse
        from comity.newsletter.delivery.disclosing import disclose

        with opened(folder) as (_, store):
            put_json(disclose(readers_of(store), parse(address)), "-")


@readers.command()
def forget(address: Address, folder: Folder = ".") -> int:
    """Erase all that is kept of one address, with the mails that came from it.

    A keyed digest stays, from which nobody reads the address, so that no list brings it back. What
    is left for you to see to is named: replies that are printed, texts of editors, files beside the
    database. The exit status is 1 where another program kept the database from being cleaned.
    """
    with needing("newsletter"):
        from comity.newsletter.delivery.addresses import parse
        from comity.newsletter.delivery.forgetting import forget as erase

        with opened(folder) as (_, store):
            found = erase(store, readers_of(store), parse(address))
    erased = ["reader"] * found.reader + [counted(found.mails, "mail")] * bool(found.mails)
    kept = "nothing was kept; the address stays off all lists"
    typer.echo(f"erased: {', '.join(erased)}" if erased else kept)
    for line in _left(found):
        typer.echo(line, err=True)
    return 0 if found.clean else UNFINISHED


def _left(found: Forgotten) -> Iterator[str]:
    """Yield what an editor has to see to, one line each."""
    for reply in found.printed:
        yield f"printed still, as agreed: {reply} (comity newsletter replies forget {reply})"
    for place in found.named:
        yield f"named still in {place}"
    for file in found.files:
        yield f"named still in the file {file}"
    for other in found.related:
        yield f"of the same mailbox, and kept: {other}"
    if not found.clean:
        yield NOT_CLEAN


def _plain(reader: Reader) -> dict[str, object]:
    return {
        "id": reader.id,
        "address": str(reader.address),
        "name": reader.name,
        "standing": reader.standing.value,
        "since": reader.since,
        "without": sorted(reader.without),
    }
