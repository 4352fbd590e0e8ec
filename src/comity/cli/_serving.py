"""Serving from the command line: until Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from comity.cli.errors import INTERRUPTED

if TYPE_CHECKING:
    import socket

    from starlette.types import ASGIApp


def serve_until_ended(
    application: ASGIApp, listening: socket.socket, *, proxy: str, farewell: str
) -> None:
    """Serve an application until somebody ends it, and say what is left then."""
    from comity.core.web.serving import server

    try:
        server(application, proxy=proxy).run(sockets=[listening])
    except KeyboardInterrupt:
        typer.echo(farewell)
        raise typer.Exit(INTERRUPTED) from None
