"""How often one token or address may ask, and for how much: buckets that fill at a steady rate.

Counts are of this process; two servers on one database each allow the rate.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_KEYS = 20_000
"""Buckets remembered; the one used longest ago is forgotten first."""


class Rates:
    """Token buckets, one per key.

    Parameters
    ----------
    rate : tokens that a bucket gains per second.
    burst : most that it holds; it starts full.
    clock : seconds.

    Examples
    --------
    >>> rates = Rates(1.0, 2, clock=iter([0, 0, 0, 5]).__next__)
    >>> [rates.wait("Ana") for _ in range(4)]
    [0.0, 0.0, 1.0, 0.0]
    """

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self.rate = rate
        self.burst = burst
        self.clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str, cost: float = 1.0) -> float:
        """Take tokens and return 0, or return the seconds until there are so many.

        What costs more than a bucket holds takes a full one.
        """
        cost = min(cost, float(self.burst))
        with self._lock:
            level, now = self._level(key)
            enough = level >= cost
            self._set(key, level - cost if enough else level, now)
        return 0.0 if enough else (cost - level) / self.rate

    def owe(self, key: str, cost: float) -> None:
        """Take tokens for what has been done already, whether or not there are so many."""
        with self._lock:
            level, now = self._level(key)
            self._set(key, level - cost, now)

    def _level(self, key: str) -> tuple[float, float]:
        now = self.clock()
        level, last = self._buckets.get(key, (float(self.burst), now))
        return min(float(self.burst), level + (now - last) * self.rate), now

    def _set(self, key: str, level: float, now: float) -> None:
        self._buckets[key] = (level, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > MOST_KEYS:
            self._buckets.popitem(last=False)
