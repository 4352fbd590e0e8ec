"""A real server on loopback in a thread of the test's process."""

import asyncio
import json

from comity.rooms.service.app import create_app
from comity.rooms.service.settings import Settings
from comity.rooms.service.solver import solved
from web_serving import Serving


class InThread:
    """Solves without processes, which take seconds to start."""

    async def solve(self, ask, group="") -> dict | None:
        job = await ask()
        if job is None:
            return None
        return (await asyncio.to_thread(solved, json.loads(json.dumps(job)))).get("body")

    async def stop(self) -> None:
        """There is nothing to stop."""


class Running(Serving):
    """A server at ``url`` until it is stopped; `Settings` says what can be set.

    Parameters
    ----------
    processes : whether common models are solved in processes, as in real life.
    """

    def __init__(self, processes: bool = False, **settings) -> None:
        self.processes, self.asked = processes, settings
        super().__init__(self._make)

    def _make(self, url):
        self.settings = Settings(**{"base_url": url, "tick": 0.05, **self.asked})
        app = create_app(self.settings)
        if not self.processes:
            app.state.solving.workers = app.state.bench.workers = InThread()
        return app
