"""`comity newsletter serve`: the readers' site and the editor's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._extras import needing
from comity.cli.errors import INTERRUPTED
from comity.cli.newsletter.app import Folder, newsletter
from comity.cli.serve import KEEP_ALIVE, listen, shown_host

if TYPE_CHECKING:
    import socket

    from fastapi import FastAPI

GRACE = 2
"""Seconds that open requests are given at the end."""


@newsletter.command()
def serve(
    folder: Folder = ".",
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 for any.", min=0, max=65535)] = 8080,
    base_url: Annotated[
        str | None, typer.Option(help="What links begin with, as browsers see it.")
    ] = None,
    proxy: Annotated[
        str, typer.Option(help="Addresses of proxies whose X-Forwarded-For is believed.")
    ] = "127.0.0.1",
) -> None:
    """Open the site, on which readers search, and the desk, on which editors write.

    The desk opens by a link that is printed and good once; whoever is at the desk can make links
    for others.
    """
    with needing("newsletter"):
        from pathlib import Path

        from comity.newsletter.desk.app import create_app
        from comity.newsletter.desk.settings import Settings

        with listen(host, port) as listening:
            address = base_url or f"http://{shown_host(host)}:{listening.getsockname()[1]}"
            settings = Settings(Path(folder), base_url=address.rstrip("/"))
            application = create_app(settings)
            typer.echo(f"The site is open at {settings.base_url} (Ctrl-C ends this).")
            key = application.state.doors.new_key()
            typer.echo(f"The desk opens once with {settings.base_url}/desk/enter?key={key}")
            _run(application, listening, proxy)


def _run(application: FastAPI, listening: socket.socket, proxy: str) -> None:
    """Serve until somebody ends it."""
    import uvicorn

    from comity.core.web.logs import start_logging

    start_logging(level="warning")
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=proxy,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        typer.echo("The site and the desk are closed; whatever was saved is kept.")
        raise typer.Exit(INTERRUPTED) from None
