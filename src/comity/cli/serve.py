"""`comity serve`: a server of rooms."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._serving import serve_until_ended
from comity.cli.app import app
from comity.core.errors import InputError

if TYPE_CHECKING:
    import socket

    from comity.rooms.service.settings import Settings

DAY = 86400
GIGABYTE, ADDRESSES = 1_000_000_000, 10
"""Unit of disk space, and of how many addresses the rooms may fill it."""
LEAST_TOKEN = 16
"""Characters of a token that nobody guesses."""
BURST, OPEN_BURST = 5, 100
"""Seconds' worth of requests, and of openings, that may come at once."""
OPTIONS = {"base_url": "--base-url", "database": "--database", "key_file": "--key-file"}
"""How a person here calls what the settings of a server call otherwise."""


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
    rooms_each: Annotated[
        int, typer.Option(help="Rooms of one address that are kept at once.", min=1)
    ] = 1_000,
    disk: Annotated[
        float, typer.Option(help="Gigabytes of all rooms; a tenth for those of one address.")
    ] = 10.0,
    metrics_token: Annotated[
        str | None,
        typer.Option(help="File of the token that shows the counts to other machines."),
    ] = None,
    proxy: Annotated[
        str, typer.Option(help="Addresses of proxies whose X-Forwarded-For is believed.")
    ] = "127.0.0.1",
) -> None:
    """Open a server of rooms, in which people and programs meet."""
    from comity.core.web.serving import address_of, listen
    from comity.rooms.service.settings import Limits, Settings

    shown = "" if metrics_token is None else _token_in(metrics_token)
    space = round(_positive(disk, "--disk") * GIGABYTE)
    with listen(host, port) as listening, _naming_options():
        settings = Settings(
            database=database,
            base_url=base_url or address_of(host, listening),
            key_file=key_file,
            metrics_token=shown,
            erase_after=round(DAY * erase_after),
            limits=Limits(
                rate=rate,
                burst=math.ceil(BURST * rate),
                open_rate=open_rate,
                open_burst=math.ceil(OPEN_BURST * open_rate),
                rooms_each=rooms_each,
                disk=space,
                disk_each=space // ADDRESSES,
                workers=workers,
            ),
            warm=True,
        )
        _run(settings, listening, proxy)


def _run(settings: Settings, listening: socket.socket, proxy: str) -> None:
    from comity.core.web.logs import start_logging
    from comity.rooms.service.app import create_app

    application = create_app(settings)
    start_logging()
    typer.echo(f"Rooms are open at {settings.base_url} (Ctrl-C ends this).")
    farewell = "The rooms are closed; whatever was acknowledged is kept."
    serve_until_ended(application, listening, proxy=proxy, farewell=farewell)


@contextmanager
def _naming_options() -> Iterator[None]:
    """Name the option where a setting is refused."""
    try:
        yield
    except InputError as error:
        error.place = OPTIONS.get(error.place or "", error.place)
        raise


def _token_in(path: str) -> str:
    """Return the token in a file: one line of at least `LEAST_TOKEN` plain characters."""
    from comity.core import read_text

    token = read_text(path).strip()
    plain = token.isascii() and token.isprintable() and " " not in token
    if not plain or len(token) < LEAST_TOKEN:
        raise InputError(
            "not a token", file=path, expected=f"one line of {LEAST_TOKEN} characters or more"
        )
    return token


def _positive(number: float, option: str) -> float:
    if not 0 < number < math.inf:
        raise InputError("out of range", place=option, found=f"{number:g}", expected="more than 0")
    return number
