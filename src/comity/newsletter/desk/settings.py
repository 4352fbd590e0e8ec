"""How a desk and its site are served."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from comity.core.errors import InputError

HOUR = 3600


@dataclass(frozen=True)
class Limits:
    """What the server lets happen.

    Attributes
    ----------
    body : longest body of a request to the desk's import, in bytes; files come in one.
    form, open_body : longest body of another request with a session, and of one without.
    text : longest text of one field, in characters.
    rate, burst : requests per second of one address, and how many at once.
    tries : keys that one address may try per minute.
    """

    body: int = 25_000_000
    form: int = 5_000_000
    open_body: int = 64 * 1024
    text: int = 200_000
    rate: float = 20.0
    burst: int = 200
    tries: float = 10.0


@dataclass(frozen=True)
class Settings:
    """What `comity newsletter serve` is told.

    Attributes
    ----------
    folder : of the publication.
    base_url : what links begin with, as browsers see it.
    session : seconds that an editor stays at the desk without doing anything.
    key_lasts : seconds that a one-time link is good.
    clock : seconds, for sessions and rates.
    today : the day on which somebody looks at the calendar.
    """

    folder: Path
    base_url: str = "http://127.0.0.1:8080"
    session: float = 12 * HOUR
    key_lasts: float = 24 * HOUR
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    today: Callable[[], date] = date.today

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
            raise InputError(
                "not the address of a server",
                place="base_url",
                found=self.base_url[:80],
                expected="https://HOST",
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
