"""`comity mcp`: comity's tools for agents that speak the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli._extras import needing
from comity.cli.app import app
from comity.core.errors import InputError

MEGABYTE = 1_000_000


@app.command()
def mcp(
    server: Annotated[
        str, typer.Option(help="The only server of rooms to use; over stdio any, unless given.")
    ] = "",
    cases: Annotated[
        str | None, typer.Option(help="Folder whose files may be named as Cases.")
    ] = None,
    http: Annotated[
        bool, typer.Option("--http", help="Serve streamable HTTP at /mcp in place of stdio.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port, with --http.")] = 8765,
    seconds: Annotated[float, typer.Option(min=1, help="Time for one computation.")] = 60.0,
    memory: Annotated[int, typer.Option(min=200, help="Megabytes for one computation.")] = 2000,
) -> None:
    """Give agents tools to check, compare, solve and agree, and to take part in rooms."""
    from pathlib import Path

    with needing("rooms,mcp"):
        from comity.rooms.tools.server import make_server

    if cases is not None and not Path(cases).is_dir():
        raise InputError("there is no such folder", place="--cases", found=cases[:80])
    if http and not server:
        raise InputError(
            "over HTTP anyone could have it call any address",
            place="--server",
            expected="the server of rooms that agents may use",
        )
    made = make_server(server, cases, seconds=seconds, memory=memory * MEGABYTE)
    if http:
        _check_free(host, port)
        typer.echo(f"Tools are served at http://{host}:{port}/mcp (Ctrl-C ends this).", err=True)
        made.run("streamable-http", host=host, port=port)
    else:
        made.run("stdio")


def _check_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened at before anything is said to be served."""
    import socket

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise InputError(
            "cannot listen here", place=f"{host}:{port}", found=error.strerror or str(error)
        ) from error
