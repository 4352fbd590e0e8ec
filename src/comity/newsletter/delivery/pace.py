"""How fast mails go out: so many a second in all, and so many to one domain."""

from __future__ import annotations

import time
from collections.abc import Callable

from comity.core.errors import InputError

MOST_DOMAINS = 10_000
"""Domains whose last mail is remembered."""


class Pace:
    """Hands out moments at which mails may go.

    Parameters
    ----------
    per_second, per_domain : mails a second, in all and to one domain; infinite for no limit.
    clock : seconds.

    Examples
    --------
    >>> pace = Pace(2.0, 1.0, clock=lambda: 0.0)
    >>> [pace.wait(domain) for domain in ("a.org", "a.org", "b.org")]
    [0.0, 1.0, 1.0]
    """

    def __init__(
        self, per_second: float, per_domain: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        for name, rate in (("per_second", per_second), ("per_domain", per_domain)):
            if not rate > 0:
                raise InputError("no mail would ever go", place=name, found=rate)
        self.clock = clock
        self._gap, self._domain_gap = 1 / per_second, 1 / per_domain
        self._next = 0.0
        self._of_domain: dict[str, float] = {}

    def wait(self, domain: str) -> float:
        """Take the next moment for a mail to a domain; return the seconds until then."""
        now = self.clock()
        own = max(now, self._next)
        moment = max(own, self._of_domain.pop(domain, now))
        self._next = own + self._gap
        self._of_domain[domain] = moment + self._domain_gap
        if len(self._of_domain) > MOST_DOMAINS:
            self._of_domain.pop(next(iter(self._of_domain)))
        return moment - now
