"""A real server on loopback in a thread of the test's process."""

import asyncio
import json
import socket
import threading
import time

import uvicorn

from comity.rooms.service.app import create_app
from comity.rooms.service.settings import Settings
from comity.rooms.service.solver import solved


class InThread:
    """Solves without processes, which take seconds to start."""

    async def solve(self, ask, group="") -> dict | None:
        job = await ask()
        if job is None:
            return None
        return (await asyncio.to_thread(solved, json.loads(json.dumps(job)))).get("body")

    async def stop(self) -> None:
        """There is nothing to stop."""


class Running:
    """A server at ``url`` until it is stopped; `Settings` says what can be set.

    Parameters
    ----------
    processes : whether common models are solved in processes, as in real life.
    """

    def __init__(self, processes: bool = False, **settings) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.settings = Settings(**{"base_url": self.url, "tick": 0.05, **settings})
        self.app = create_app(self.settings)
        if not processes:
            self.app.state.solving.workers = self.app.state.bench.workers = InThread()
        config = uvicorn.Config(
            self.app, log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive()
            time.sleep(0.01)

    def stop(self) -> None:
        """End it cleanly."""
        self.server.should_exit = True
        self.thread.join(20)
        assert not self.thread.is_alive()
        self.socket.close()
