"""Driving the core over HTTP, blocking or not; all that differs between the two is here."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, NoReturn, TypeVar

import httpx

from comity.rooms.client.events import EventReader
from comity.rooms.client.steps import (
    CAME,
    MOST_BYTES,
    NOTHING,
    UNREACHED,
    Answer,
    Listen,
    Pause,
    Send,
    Step,
    Steps,
    Work,
)

T = TypeVar("T")

TIMEOUT = httpx.Timeout(30.0, connect=10.0)


class Driver:
    """Runs core functions, waiting for each step.

    Parameters
    ----------
    server : address of the server.
    token : sent with every request; none unless given.
    transport : what carries requests in place of sockets.
    """

    def __init__(
        self, server: str, token: str = "", transport: httpx.BaseTransport | None = None
    ) -> None:
        self.http = httpx.Client(
            base_url=server, headers=_headers(token), timeout=TIMEOUT, transport=transport
        )

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def run(self, steps: Steps[T]) -> T:
        """Return what a core function returns."""
        try:
            step = next(steps)
            while True:
                step = steps.send(self._take(step))
        except StopIteration as stop:
            found: T = stop.value
            return found

    def _take(self, step: Step) -> Answer:
        if isinstance(step, Work):
            return Answer(CAME, step.call())
        if isinstance(step, Pause):
            time.sleep(step.seconds)
            return Answer(NOTHING)
        try:
            return self._listen(step) if isinstance(step, Listen) else self._send(step)
        except httpx.HTTPError as error:
            return Answer(UNREACHED, f"{type(error).__name__}: {error}"[:200])

    def _send(self, step: Send) -> Answer:
        with self.http.stream(step.method, step.path, **_content(step)) as response:
            body = bytearray()
            for part in response.iter_bytes():
                _extend(body, part)
            return _answer(response, body)

    def _listen(self, step: Listen) -> Answer:
        reader, end = EventReader("entry"), time.monotonic() + step.seconds
        try:
            with self.http.stream("GET", step.path, **_listening(step)) as response:
                if response.status_code != CAME:
                    return Answer(response.status_code)
                for line in response.iter_lines():
                    if reader.takes(line):
                        return Answer(CAME)
                    if time.monotonic() > end:
                        break
        except httpx.ReadTimeout:
            pass
        return Answer(NOTHING)


class AsyncDriver:
    """Runs core functions within an event loop; heavy work goes to a thread.

    Takes the same parameters as `Driver`.
    """

    def __init__(
        self, server: str, token: str = "", transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.http = httpx.AsyncClient(
            base_url=server, headers=_headers(token), timeout=TIMEOUT, transport=transport
        )

    async def __aenter__(self) -> AsyncDriver:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def run(self, steps: Steps[T]) -> T:
        """Return what a core function returns."""
        try:
            step = next(steps)
            while True:
                step = steps.send(await self._take(step))
        except StopIteration as stop:
            found: T = stop.value
            return found

    async def _take(self, step: Step) -> Answer:
        if isinstance(step, Work):
            return Answer(CAME, await asyncio.to_thread(step.call))
        if isinstance(step, Pause):
            await asyncio.sleep(step.seconds)
            return Answer(NOTHING)
        try:
            return await (self._listen(step) if isinstance(step, Listen) else self._send(step))
        except httpx.HTTPError as error:
            return Answer(UNREACHED, f"{type(error).__name__}: {error}"[:200])

    async def _send(self, step: Send) -> Answer:
        async with self.http.stream(step.method, step.path, **_content(step)) as response:
            body = bytearray()
            async for part in response.aiter_bytes():
                _extend(body, part)
            return _answer(response, body)

    async def _listen(self, step: Listen) -> Answer:
        reader, end = EventReader("entry"), time.monotonic() + step.seconds
        try:
            async with self.http.stream("GET", step.path, **_listening(step)) as response:
                if response.status_code != CAME:
                    return Answer(response.status_code)
                async for line in response.aiter_lines():
                    if reader.takes(line):
                        return Answer(CAME)
                    if time.monotonic() > end:
                        break
        except httpx.ReadTimeout:
            pass
        return Answer(NOTHING)


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _content(step: Send) -> dict[str, Any]:
    return {} if step.body is None else {"json": step.body}


def _listening(step: Listen) -> dict[str, Any]:
    quiet = httpx.Timeout(TIMEOUT.connect, read=max(0.1, step.seconds))
    return {"headers": {"Accept": "text/event-stream"}, "timeout": quiet}


def _extend(body: bytearray, part: bytes) -> None:
    body += part
    if len(body) > MOST_BYTES:
        raise httpx.DecodingError(f"the answer is larger than {MOST_BYTES:,} bytes")


def _answer(response: httpx.Response, body: bytes | bytearray) -> Answer:
    wait = _seconds(response.headers.get("retry-after"))
    return Answer(response.status_code, _json(body), wait)


def _json(body: bytes | bytearray) -> Any:
    """Return the JSON in a body; ``None`` where there is none, or no number of a figure."""
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _seconds(text: str | None) -> float | None:
    return float(text) if text is not None and text.isdecimal() else None
