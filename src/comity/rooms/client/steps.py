"""What the core asks of a transport, a step at a time.

The core is generators that yield steps and are sent answers. Whoever drives them, blocking or not,
runs the same code; tests drive it with no network at all.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

MOST_BYTES = 64_000_000
"""Largest answer that is read."""

UNREACHED = 0
"""Status of an answer that never came."""

CAME, NOTHING = 200, 204
"""Statuses of `Listen` where the event came, and where it did not."""


@dataclass(frozen=True)
class Send:
    """One request, answered with its status and JSON.

    Attributes
    ----------
    path : below the address of the server.
    body : plain JSON, or ``None``.
    """

    method: str
    path: str
    body: Any = None


@dataclass(frozen=True)
class Listen:
    """Wait for a server-sent event ``entry``; answered with 200 when one came.

    Attributes
    ----------
    path : of the stream.
    seconds : how long to wait at most; then the answer is 204.
    """

    path: str
    seconds: float


@dataclass(frozen=True)
class Pause:
    """Let time pass."""

    seconds: float


@dataclass(frozen=True)
class Work:
    """Something that takes long and touches no network; answered with what it returns."""

    call: Callable[[], Any]


@dataclass(frozen=True)
class Answer:
    """What came of a step.

    Attributes
    ----------
    status : HTTP status, or `UNREACHED`.
    data : JSON of the answer, what `Work` returned, or why nothing came, in words.
    retry_after : seconds that the server asks to wait.
    """

    status: int
    data: Any = None
    retry_after: float | None = None


Step = Send | Listen | Pause | Work
Steps = Generator[Step, Answer, T]
"""A core function: yields steps, is sent answers, returns a ``T``."""
