"""`comity newsletter serve`: the readers' site and the editor's desk."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli._extras import needing
from comity.cli._serving import serve_until_ended
from comity.cli.newsletter.app import Folder, newsletter


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

        from comity.core.web.logs import start_logging
        from comity.core.web.serving import address_of, listen
        from comity.newsletter.desk.app import create_app
        from comity.newsletter.desk.settings import Settings

        with listen(host, port) as listening:
            address = base_url or address_of(host, listening)
            settings = Settings(Path(folder), base_url=address.rstrip("/"))
            application = create_app(settings)
            typer.echo(f"The site is open at {settings.base_url} (Ctrl-C ends this).")
            key = application.state.doors.new_key()
            typer.echo(f"The desk opens once with {settings.base_url}/desk/enter?key={key}")
            start_logging(level="warning")
            farewell = "The site and the desk are closed; whatever was saved is kept."
            serve_until_ended(application, listening, proxy=proxy, farewell=farewell)
