"""`comity serve`: a server of rooms."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.app import app
from comity.cli.errors import INTERRUPTED
from comity.core.errors import InputError

if TYPE_CHECKING:
    import socket

    from comity.rooms.service.settings import Settings

DAY = 86400
BURST, OPEN_BURST = 5, 100
"""Seconds' worth of requests, and of openings, that may come at once."""
KEEP_ALIVE = 75
"""Seconds that an idle connection is kept, longer than proxies and clients wait to use it again."""
GRACE = 3
"""Seconds that open streams of events are given at the end."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 for any.", min=0, max=65535)] = 8000,
    database: Annotated[
        str, typer.Option(help="sqlite:///FILE or postgresql://USER@HOST/NAME.")
    ] = "sqlite:///rooms.db",
    base_url: Annotated[
        str | None, typer.Option(help="What links begin with, as browsers see it.")
    ] = None,
    key_file: Annotated[
        str | None, typer.Option(help="File of the operator's key; else in the database.")
    ] = None,
    erase_after: Annotated[
        float, typer.Option(help="Days that a room is kept after its end.", min=0, max=36600)
    ] = 30.0,
    workers: Annotated[int, typer.Option(help="Processes that solve.", min=1, max=64)] = 1,
    rate: Annotated[
        float, typer.Option(help="Requests per second of one token or address.", min=0.001)
    ] = 20.0,
    open_rate: Annotated[
        float, typer.Option(help="Rooms that one address opens per second.", min=0.001)
    ] = 0.2,
    proxy: Annotated[
        str, typer.Option(help="Addresses of proxies whose X-Forwarded-For is believed.")
    ] = "127.0.0.1",
) -> None:
    """Open a server of rooms, in which people and programs meet."""
    from comity.rooms.service.settings import Limits, Settings

    with _listen(host, port) as listening:
        address = f"http://{_shown(host)}:{listening.getsockname()[1]}"
        settings = Settings(
            database=database,
            base_url=base_url or address,
            key_file=key_file,
            erase_after=round(DAY * erase_after),
            limits=Limits(
                rate=rate,
                burst=math.ceil(BURST * rate),
                open_rate=open_rate,
                open_burst=math.ceil(OPEN_BURST * open_rate),
                workers=workers,
            ),
            warm=True,
        )
        _run(settings, listening, proxy)


def _run(settings: Settings, listening: socket.socket, proxy: str) -> None:
    """Serve until somebody ends it."""
    import uvicorn

    from comity.rooms.service.app import create_app
    from comity.rooms.service.logs import start_logging

    application = create_app(settings)
    start_logging()
    typer.echo(f"Rooms are open at {settings.base_url} (Ctrl-C ends this).")
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
        typer.echo("The rooms are closed; whatever was acknowledged is kept.")
        raise typer.Exit(INTERRUPTED) from None


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, or refuse before anything else is done."""
    import socket

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise InputError(
            "cannot listen here", place=f"{host}:{port}", found=error.strerror or str(error)
        ) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
