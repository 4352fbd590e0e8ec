"""What an operator can set."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from comity.core.errors import InputError

DAY = 86400


def now() -> int:
    """Return the time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Limits:
    """What the server lets happen.

    Attributes
    ----------
    body : longest body of a request, in bytes.
    depth : deepest nesting of JSON.
    rate, burst : requests per second of one token or address, and how many at once.
    crowd : how many times that all tokens at one address have together.
    share : bytes that an address may send, and read of records, for each request of its rate.
    open_rate, open_burst : the same for opening rooms, by address.
    rooms, rooms_each : most rooms that are kept, and of one address; no others are opened then.
    room_bytes : longest record of one room.
    disk, disk_each : bytes of all rooms, and of those that one address opened.
    streams, streams_each : streams of events held open at once, and by one address.
    solve_seconds, solve_bytes : time and memory for one common model.
    workers : processes that solve.
    """

    body: int = 2_000_000
    depth: int = 64
    rate: float = 20.0
    burst: int = 100
    crowd: int = 10
    share: int = 50_000
    open_rate: float = 0.2
    open_burst: int = 20
    rooms: int = 100_000
    rooms_each: int = 1_000
    room_bytes: int = 20_000_000
    disk: int = 10_000_000_000
    disk_each: int = 1_000_000_000
    streams: int = 1_000
    streams_each: int = 100
    solve_seconds: float = 60.0
    solve_bytes: int = 2_000_000_000
    workers: int = 1


@dataclass(frozen=True)
class Settings:
    """How a server runs.

    Attributes
    ----------
    database : ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.
    base_url : what links begin with, as browsers see it.
    key_file : file that holds the operator's key; in the database where none is named.
    metrics_token : what shows the operator's own programs the counts; empty where only programs on
        the server's own machine see them.
    erase_after : seconds that a room is kept after its end.
    session : seconds that a browser stays in its seat.
    tick : seconds between looks at the clock.
    warm : whether workers start with the server instead of with their first job.
    limits : what the server lets happen.
    clock : milliseconds since 1970.
    """

    database: str = "sqlite:///rooms.db"
    base_url: str = "http://127.0.0.1:8000"
    key_file: str | None = None
    metrics_token: str = field(default="", repr=False)
    erase_after: int = 30 * DAY
    session: int = 30 * DAY
    tick: float = 1.0
    warm: bool = False
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], int] = now

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
            raise InputError(
                "not the address of a server",
                place="base_url",
                found=self.base_url[:80],
                expected="https://HOST",
            )
        if parts.path not in ("", "/"):
            raise InputError(
                "rooms need a host of their own", place="base_url", found=parts.path[:80]
            )

    @property
    def origin(self) -> str:
        """What browsers call the origin of our own pages."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def secure(self) -> bool:
        """Whether browsers reach the server over TLS."""
        return urlsplit(self.base_url).scheme == "https"
