"""Ending work that must not end anywhere: at the first signal soon, at the second at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

import typer

T = TypeVar("T")

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SOON = "stopping after the mails that are on their way; once more ends at once"


def run_stoppable(work: Coroutine[Any, Any, T], stop: Callable[[], None]) -> T:
    """Run a coroutine; at Ctrl-C or SIGTERM call ``stop``, at the second such signal cut it off.

    Raises `KeyboardInterrupt` where it was cut off. Where the system has no such signals, Ctrl-C
    ends the program as a crash would.
    """

    async def run() -> T:
        loop, whole = asyncio.get_running_loop(), asyncio.ensure_future(work)
        told = False

        def tell() -> None:
            nonlocal told
            if told:
                whole.cancel()
            else:
                told = True
                typer.echo(SOON, err=True)
                stop()

        for name in SIGNALS:
            with suppress(NotImplementedError):
                loop.add_signal_handler(name, tell)
        return await whole

    try:
        return asyncio.run(run())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
