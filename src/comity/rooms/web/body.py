"""The files that a page sends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from comity.core.errors import InputError
from comity.rooms.service.intake import read_json

MOST_PARTS = 32
"""Names in one dotted key of TOML: to read a key takes the square of them."""
PART = r"""(?:"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|[\w-]++)"""
LONG_KEY = re.compile(rf"(?:\.[ \t]*+{PART}[ \t]*+){{{MOST_PARTS}}}")


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
