"""Requests that outlive a server's restart: tried again with growing pauses, errors told apart."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.core.errors import ComityError, InputError
from comity.rooms.client.steps import UNREACHED, Answer, Pause, Send, Steps
from comity.rooms.protocol.state import CODES, Refused

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
PATIENCE = 300.0
"""Seconds that an unreachable or failing server is tried again."""

FIRST_PATIENCE = 20.0
"""The same at first contact, where an address is likelier wrong than a server away."""

FOR_GOOD = ("full", "rooms")
"""Codes of refusals with status 429 that do not pass: too much was said, or too many rooms kept."""


class Unreachable(ComityError):
    """A server that does not answer, or answers with nothing but its own failures."""


@dataclass
class Calls:
    """Requests with patience.

    A request is tried again where nothing came, where the server failed (5xx) or is busy (429),
    unless it says what no waiting mends: every request of the protocol may be sent twice. Pauses
    double, each shortened by chance, so that parties who lost the same server do not come back all
    at once.

    Attributes
    ----------
    patience : seconds after which it gives up.
    clock : seconds since some moment.
    chance : numbers in [0, 1).
    """

    patience: float = PATIENCE
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = field(default_factory=lambda: random.Random().random)

    def call(self, method: str, path: str, body: Any = None) -> Steps[Answer]:
        """Return the answer to a request, which is a success; raise what else came of it."""
        start, pause = self.clock(), FIRST_PAUSE
        while True:
            answer = yield Send(method, path, body)
            if not _may_pass(answer):
                break
            wait = pause * (0.5 + 0.5 * self.chance())
            wait = max(wait, min(answer.retry_after or 0.0, LONGEST_PAUSE))
            if self.clock() + wait - start > self.patience:
                raise Unreachable("the server does not answer", found=_words(answer))
            yield Pause(wait)
            pause = min(2 * pause, LONGEST_PAUSE)
        if answer.status >= 400:
            raise refusal(answer)
        return answer


def _may_pass(answer: Answer) -> bool:
    """Return whether the same request can be answered otherwise later."""
    busy = answer.status in (UNREACHED, 429) or answer.status >= 500
    return busy and _error(answer).get("code") not in FOR_GOOD


def _words(answer: Answer) -> str:
    if answer.status == UNREACHED:
        return str(answer.data)
    return f"status {answer.status} {_error(answer).get('message', '')}".strip()[:200]


def _error(answer: Answer) -> Mapping[str, Any]:
    """Return what a server says is wrong; empty where it says nothing of that form."""
    error = answer.data.get("error") if isinstance(answer.data, dict) else None
    if not isinstance(error, dict):
        return {}
    return {key: value for key, value in error.items() if isinstance(value, str)}


def refusal(answer: Answer) -> ComityError:
    """Return the error that an answer of 4xx tells."""
    said = _error(answer)
    where = {key: said[key][:300] for key in ("place", "found", "expected") if key in said}
    if said.get("code") in CODES:
        return Refused(said["code"], said.get("message", "refused")[:300], **where)
    if answer.status in (401, 403, 404):
        return InputError("the link opens no seat", place="LINK", found=_words(answer))
    message = said.get("message") or f"the server refuses with status {answer.status}"
    return InputError(message[:300], **where)
