"""How often one token or address may ask: buckets that fill at a steady rate.

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

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self.rate = rate
        self.burst = burst
        self.clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Take one token and return 0, or return the seconds until there is one."""
        with self._lock:
            now = self.clock()
            level, last = self._buckets.get(key, (float(self.burst), now))
            level = min(float(self.burst), level + (now - last) * self.rate)
            enough = level >= 1
            self._buckets[key] = (level - 1 if enough else level, now)
            self._buckets.move_to_end(key)
            while len(self._buckets) > MOST_KEYS:
                self._buckets.popitem(last=False)
        return 0.0 if enough else (1 - level) / self.rate
