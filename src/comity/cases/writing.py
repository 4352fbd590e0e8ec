"""Plain data as TOML that a person likes to read: short tables inline, long ones as sections."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from comity.core.errors import InputError

WIDTH = 96
_BARE = re.compile(r"[A-Za-z0-9_-]+")
Path = tuple[str, ...]
Comments = Mapping[Path, str]


def to_toml(data: Mapping[str, Any], comments: Comments | None = None) -> str:
    """Return the data as TOML text, with comments above the keys or sections they belong to.

    ``comments`` maps a path of keys to a text; ``()`` stands at the top of the file.
    """
    notes = comments or {}
    opening = [*_comment(notes.get(())), ""] if () in notes else []
    return "\n".join([*opening, *_section(data, (), notes)]).strip("\n") + "\n"


def _section(table: Mapping[str, Any], path: Path, notes: Comments) -> Iterator[str]:
    """Yield the lines of a table: plain keys first, since TOML wants them before sections."""
    later: list[tuple[str, Any]] = []
    for key, value in table.items():
        if _own_section(key, value):
            later.append((key, value))
        else:
            yield from _comment(notes.get((*path, key)))
            yield f"{_key(key)} = {_value(value, len(_key(key)) + 3)}"
    for key, value in later:
        yield from _subsections(value, (*path, key), notes)


def _subsections(value: Any, path: Path, notes: Comments) -> Iterator[str]:
    if isinstance(value, Mapping):
        lines = list(_section(value, path, notes))
        yield from ("", *_comment(notes.get(path)))
        # A table of tables alone needs no header of its own.
        if not value or not all(_own_section(key, item) for key, item in value.items()):
            yield f"[{_key(*path)}]"
            yield from lines
        else:
            yield from lines[1:]
        return
    for k, item in enumerate(value):
        yield from ("", *(_comment(notes.get(path)) if k == 0 else ()), f"[[{_key(*path)}]]")
        yield from _section(item, path, notes)


def _own_section(key: str, value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(isinstance(v, Mapping) and len(v) > 1 for v in value.values()) or (
            len(f"{_key(key)} = {_inline(value)}") > WIDTH
        )
    return _is_tables(value)


def _is_tables(value: Any) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and len(value) > 0
        and all(isinstance(item, Mapping) for item in value)
    )


def _comment(text: str | None) -> list[str]:
    if not text:
        return []
    lines = [wrap(line, WIDTH - 2) or [""] for line in text.split("\n")]
    return [f"# {line}".rstrip() for some in lines for line in some]


def _value(value: Any, indent: int) -> str:
    """Return a value; a long list goes over several lines."""
    if (
        isinstance(value, str)
        and "\n" in value
        and not re.search(r'"""|[\\\r\x00-\x09\x7f]', value)
    ):
        return f'"""\n{value}"""' if not value.endswith('"') else _inline(value)
    text = _inline(value)
    if isinstance(value, Sequence) and not isinstance(value, str) and len(text) + indent > WIDTH:
        return "[\n" + "".join(f"  {_inline(item)},\n" for item in value) + "]"
    return text


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items())
        return "{ " + pairs + " }" if pairs else "{}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_inline, value)) + "]"
    raise InputError("TOML cannot say this", found=repr(value)[:60], expected="save it as JSON")


def _key(*keys: str) -> str:
    """Return a dotted key as TOML wants it: in quotes, with escapes, where it is not bare."""
    return ".".join(key if _BARE.fullmatch(key) else _inline(key) for key in keys)
