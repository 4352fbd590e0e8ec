"""Options that are given as ``name=value``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from comity.core.errors import InputError


def pairs(option: str, given: Sequence[str] | None) -> dict[str, Any]:
    """Return ``name=value`` as a mapping; values are read as JSON where they are any.

    Examples
    --------
    >>> pairs("--rule", ["game=E", "players=3", "hidden=[64, 64]"])
    {'game': 'E', 'players': 3, 'hidden': (64, 64)}
    """
    found: dict[str, Any] = {}
    for pair in given or ():
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            raise InputError(
                "not a name and a value", place=option, found=pair, expected="name=value"
            )
        try:
            read = json.loads(value)
        except ValueError:
            read = value
        found[name] = tuple(read) if isinstance(read, list) else read
    return found
