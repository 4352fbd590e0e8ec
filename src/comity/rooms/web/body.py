"""The files that a page sends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from comity.core.errors import InputError
from comity.rooms.service.intake import read_json

WEIGHT = 4
"""How many times as long a file of a Case takes to read, at least, as JSON of its size."""
LONGEST_TOML = 400_000
"""Characters of a file in TOML; in JSON it may be as long as a body."""
MOST_PARTS = 32
"""Names in one dotted key of TOML: to read a key takes the square of them."""
PART = r"""(?:"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|[\w-]++)"""
LONG_KEY = re.compile(rf"(?:\.[ \t]*+{PART}[ \t]*+){{{MOST_PARTS}}}")


def parsed(text: Any, kind: Any) -> Mapping[str, Any]:
    """Return the data of a file in TOML or JSON."""
    if not isinstance(text, str) or kind not in ("toml", "json"):
        raise InputError("not a file", expected="text in toml or json")
    if kind == "toml" and len(text) > LONGEST_TOML:
        raise InputError(
            "the file is too long for TOML", expected=f"{LONGEST_TOML:,} characters, or JSON"
        )
    if kind == "toml" and LONG_KEY.search(text):
        raise InputError("a key has too many parts", expected=f"at most {MOST_PARTS}")
    try:
        data = tomllib.loads(text) if kind == "toml" else read_json(text.encode(), 64)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not {kind.upper()}: {error}"[:200]) from error
    if not isinstance(data, Mapping):
        raise InputError("not a Case", expected="a table of keys")
    return data
