"""Changing a file in place, so that what a person wrote around the numbers stays."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from comity.cases.faults import unknown
from comity.core.errors import ComityError, InputError

_PATH = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^.\s"']+))\s*(?:\.|$)""")
_SECTION_DEPTH = 4
"""``models.A.tastes.B``: the largest piece replaced as a whole before giving up on comments."""


def split_path(path: str) -> tuple[str, ...]:
    """Return the keys of a dotted path.

    Examples
    --------
    >>> split_path('models.A.prior."dry years"')
    ('models', 'A', 'prior', 'dry years')
    """
    keys, position = [], 0
    while position < len(path):
        found = _PATH.match(path, position)
        if found is None:
            raise InputError("not a path", place=path, expected='dotted keys: a."b c".d')
        keys.append(next(part for part in found.groups() if part is not None))
        position = found.end()
    if not keys:
        raise InputError("not a path", found=repr(path), expected="dotted keys")
    return tuple(keys)


Keys = tuple[str, ...]


def change(text: str, changes: Mapping[str, Any] | Mapping[Keys, Any], kind: str) -> str:
    """Return the text with entries set by path, or removed where the value is ``None``."""
    import tomlkit

    document: Any = json.loads(text) if kind == "json" else tomlkit.parse(text)
    for path, value in changes.items():
        try:
            _set(document, split_path(path) if isinstance(path, str) else path, value)
        except ComityError as error:
            raise error.within(place=None if error.place else str(path)) from error
    if kind == "json":
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return tomlkit.dumps(document)


def _set(document: Any, keys: tuple[str, ...], value: Any) -> None:
    *parents, last = keys
    for key in parents:
        document = _child(document, key)
    if isinstance(document, list):
        document[_position(document, last)] = value
    elif value is not None:
        document[last] = value
    elif last in document:
        del document[last]
    else:
        raise unknown("key", last, [str(key) for key in document])


def _child(document: Any, key: str) -> Any:
    if isinstance(document, list):
        return document[_position(document, key)]
    if key not in document:
        document[key] = {}
    child = document[key]
    if not isinstance(child, (Mapping, list)):
        raise InputError("holds a value, not a table", found=key)
    return child


def _position(items: list[Any], key: str) -> int:
    if not key.isdigit() or int(key) >= len(items):
        raise InputError("no such item", found=key, expected=f"0 to {len(items) - 1}")
    return int(key)


def merge(text: str, wanted: Mapping[str, Any]) -> str:
    """Return the text changed to state the wanted Case, with as much of it kept as possible.

    Tries entry by entry, then section by section, and checks each result by reading it back; a
    file about something else is replaced.
    """
    from comity.cases.files import _text, read_case
    from comity.cases.translate import to_data

    old, _ = read_case(text, format="toml")
    fresh = _text(wanted, "toml")
    if old is None:
        return fresh
    stated = to_data(old)
    # Compared as text, for the order of issues counts and dictionaries do not see it.
    if _text(stated, "toml") == fresh:
        return text
    for depth in (None, _SECTION_DEPTH):
        changed = _try(text, _differences(stated, wanted, depth))
        case = read_case(changed, format="toml")[0] if changed is not None else None
        if changed is not None and case is not None and _text(to_data(case), "toml") == fresh:
            return changed
    return fresh


def _try(text: str, changes: Mapping[Keys, Any]) -> str | None:
    try:
        return change(text, changes, "toml")
    except (ComityError, TypeError, ValueError):
        return None


def _differences(old: Any, new: Any, depth: int | None, path: Keys = ()) -> dict[Keys, Any]:
    """Return what to set, by path, to turn one table into another."""
    found: dict[Keys, Any] = {}
    for key in dict.fromkeys((*old, *new)):
        here = (*path, key)
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        tables = isinstance(before, Mapping) and isinstance(after, Mapping)
        if tables and (depth is None or len(here) < depth):
            found |= _differences(before, after, depth, here)
        elif key == "results" and not path and after is not None:
            found[here] = json.dumps(after)
        else:
            found[here] = after
    return found
