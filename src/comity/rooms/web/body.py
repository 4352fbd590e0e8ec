"""What a page sends: JSON, and files within it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from fastapi import Request

from comity.core.errors import InputError
from comity.rooms.service.failures import Denied
from comity.rooms.service.intake import read_json
from comity.rooms.service.rooms import Rooms

MOST_PARTS = 32
"""Names in one dotted key of TOML: to read a key takes the square of them."""
PART = r"""(?:"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|[\w-]++)"""
LONG_KEY = re.compile(rf"(?:\.[ \t]*+{PART}[ \t]*+){{{MOST_PARTS}}}")


async def body(request: Request) -> Any:
    """Return the JSON in the body of a request; raise `Denied` where it is none."""
    state = request.app.state
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Denied("media", "not JSON", place="Content-Type", expected="application/json")
    rooms: Rooms = state.rooms
    return await rooms.in_thread(read_json, await request.body(), state.settings.limits.depth)


def parsed(text: Any, kind: Any) -> Mapping[str, Any]:
    """Return the data of a file in TOML or JSON."""
    if not isinstance(text, str) or kind not in ("toml", "json"):
        raise InputError("not a file", expected="text in toml or json")
    if kind == "toml" and LONG_KEY.search(text):
        raise InputError("a key has too many parts", expected=f"at most {MOST_PARTS}")
    try:
        data = tomllib.loads(text) if kind == "toml" else read_json(text.encode(), 64)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not {kind.upper()}: {error}"[:200]) from error
    if not isinstance(data, Mapping):
        raise InputError("not a Case", expected="a table of keys")
    return data
