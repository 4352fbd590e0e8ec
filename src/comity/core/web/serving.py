"""Serving an application until somebody ends it, the same for every room."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from comity.core.errors import InputError

if TYPE_CHECKING:
    from starlette.types import ASGIApp
    from uvicorn import Server

KEEP_ALIVE = 75
"""Seconds that an idle connection is kept, longer than proxies and clients wait to use it again."""
GRACE = 3
"""Seconds that open answers, such as streams of events, are given at the end."""
WAITING = 2048
"""Connections that may wait to be taken."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, or refuse before anything else is done."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as error:
        raise InputError(
            "cannot listen here", place=f"{host}:{port}", found=error.strerror or str(error)
        ) from error


def address_of(host: str, listening: socket.socket) -> str:
    """Return what the addresses of a server begin with, as browsers beside it see them."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listening.getsockname()[1]}"


def server(application: ASGIApp, *, proxy: str = "127.0.0.1", grace: int = GRACE) -> Server:
    """Return what serves an application; its log is the application's own.

    Parameters
    ----------
    proxy : addresses of proxies whose ``X-Forwarded-For`` is believed.
    grace : seconds that open answers are given at the end.
    """
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            server_header=False,
            forwarded_allow_ips=proxy,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=grace,
        )
    )
