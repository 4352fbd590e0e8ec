"""What a request may bring: JSON that is not nested too deeply and means one thing only."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import Request

from comity.core.web.failures import Denied
from comity.rooms.service.access import pay
from comity.rooms.service.rooms import Rooms

STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""A string, or what is left after a quote that nothing closes: otherwise each quote within would be
tried as a beginning, and two megabytes of them would take hours."""
BRACKETS = b"[]{}"
OTHERS = bytes(set(range(256)) - set(BRACKETS))


def read_json(body: bytes, depth: int) -> Any:
    """Return the JSON in a body; raise `Denied` where it is not plain JSON of one meaning.

    Refused are nesting deeper than ``depth``, names that come twice, and numbers that are not
    finite: two readers would read two things.

    Examples
    --------
    >>> read_json(b'{"a": [1]}', 2)
    {'a': [1]}
    >>> read_json(b'{"a": [1]}', 1)
    Traceback (most recent call last):
    comity.core.web.failures.Denied: the JSON is nested too deeply (expected at most 1)
    """
    if _depth(body) > depth:
        raise Denied("form", "the JSON is nested too deeply", expected=f"at most {depth}")
    try:
        text = body.decode("utf-8")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise Denied("form", "the body is not JSON", found=str(error)[:80]) from error


async def body_of(request: Request, weight: int = 1) -> Any:
    """Return the JSON that a request brings; raise `Denied` where it is none, or too much at once.

    ``weight`` is how much harder than JSON it is to read what is in it.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Denied("media", "not JSON", place="Content-Type", expected="application/json")
    state = request.app.state
    rooms: Rooms = state.rooms
    body = await request.body()
    pay(request, weight * len(body))
    return await rooms.in_thread(read_json, body, state.settings.limits.depth)


def _depth(body: bytes) -> int:
    """Return how deeply JSON is nested; anything else is refused when it is read."""
    deepest = level = 0
    for byte in STRING.sub(b"", body).translate(None, OTHERS):
        level += 1 if byte in b"[{" else -1
        deepest = max(deepest, level)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _finite(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")
