"""How much of the server rooms take up, and what is refused so that others find place.

Whoever opens rooms is told from others by their address. Sizes are looked at every few seconds, so
what comes in between can go beyond a limit; they are of text, which a database stores with some
overhead.
"""

from __future__ import annotations

from comity.core.web.failures import Denied
from comity.rooms.service.settings import Limits
from comity.rooms.store.logs import Logs

OPENING_PART = 0.75
"""Part of the space beyond which no rooms are opened: the rest is for those that are open."""
NOBODY = ""
"""Opener of rooms of which nobody noted it: no limit of one opener is theirs."""


class Space:
    """What is taken, as of the last look."""

    def __init__(self, logs: Logs, limits: Limits) -> None:
        self.logs = logs
        self.limits = limits
        self._sizes: dict[str, int] = {}

    def measure(self) -> None:
        """Look at what is stored."""
        self._sizes = self.logs.sizes()

    @property
    def taken(self) -> int:
        """Bytes of all rooms."""
        return sum(self._sizes.values())

    def check_opening(self, opener: str) -> None:
        """Raise `Denied` where somebody can open no more rooms now."""
        limits = self.limits
        if sum(self.logs.phases().values()) >= limits.rooms:
            raise Denied("rooms", "the server holds as many rooms as it may")
        if opener != NOBODY and self.logs.opened(opener) >= limits.rooms_each:
            raise Denied(
                "rooms",
                "your address has opened as many rooms as it may; they are kept some time after "
                "their end",
                expected=f"at most {limits.rooms_each}",
            )
        self._check(opener, OPENING_PART)

    def check_growth(self, opener: str, size: int) -> None:
        """Raise `Denied` where the room of an opener, of some size now, can grow no more."""
        if size >= self.limits.room_bytes:
            raise Denied(
                "full",
                "the record of the room is as long as it may be",
                expected=f"at most {self.limits.room_bytes:,} bytes",
            )
        self._check(opener, 1.0)

    def _check(self, opener: str, part: float) -> None:
        limits = self.limits
        if self.taken >= part * limits.disk:
            raise Denied("disk", "the server's space for rooms is used up; try again later")
        if opener != NOBODY and self._sizes.get(opener, 0) >= part * limits.disk_each:
            raise Denied("disk", "the space for rooms that one address opens is used up")
