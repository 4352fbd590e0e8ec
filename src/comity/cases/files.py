"""Reading and writing Cases: TOML by hand, JSON between programs, and formats of others."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from comity.cases.case import Case
from comity.cases.places import line_numbers, line_of
from comity.cases.writing import to_toml
from comity.core.errors import ComityError, InputError
from comity.core.files import read_text as read_text
from comity.core.files import write_atomic

Format = Literal["toml", "json"]
LONGEST_INDENTED = 1_000_000
"""Characters of JSON up to which it is spread over lines for people."""


def load(path: str | Path, *, profiles: Sequence[str | Path] = ()) -> Case:
    """Return the Case in a file.

    Reads TOML and JSON; an XML domain of the negotiation competitions with one utility profile
    per party (or a folder that holds them); a CaSiNo file, where ``file.json#157`` picks a
    dialogue; and a game in ``.nfg``. Raises `InputError` for the first fault, with its place.

    Parameters
    ----------
    path : the file.
    profiles : utility profiles of an XML domain; those beside the domain unless given.
    """
    case, faults = read(path, profiles=profiles)
    if case is None:
        raise _first(faults)
    return case


def read(
    path: str | Path, *, profiles: Sequence[str | Path] = ()
) -> tuple[Case | None, list[ComityError]]:
    """Return the Case in a file, or everything that is wrong with it."""
    from comity.cases.formats import is_foreign, read_foreign

    try:
        if is_foreign(path):
            return read_foreign(path, profiles), []
        text = read_text(path)
        kind: Format = "json" if Path(path).suffix.lower() == ".json" else "toml"
    except ComityError as error:
        return None, [error]
    return read_case(text, file=str(path), format=kind)


def loads(text: str, *, file: str = "", format: Format | None = None) -> Case:  # noqa: A002
    """Return the Case that a text states, in TOML or JSON; ``file`` names it in errors."""
    case, faults = read_case(text, file=file, format=format)
    if case is None:
        raise _first(faults)
    return case


def read_case(
    text: str,
    *,
    file: str = "",
    format: Format | None = None,  # noqa: A002
) -> tuple[Case | None, list[ComityError]]:
    """Return the Case that a text states, or everything that is wrong with it."""
    from comity.cases.translate import from_data

    kind = format or ("json" if text.lstrip().startswith(("{", "[")) else "toml")
    name = file or None
    try:
        data = _PARSERS[kind](text)
    except ComityError as error:
        return None, [error.within(file=name)]
    except RecursionError:
        return None, [InputError("nested too deeply", file=name, expected="a Case")]
    case, faults = from_data(data)
    lines = line_numbers(text) if kind == "toml" and faults else {}
    return case, [_located(fault, name, lines) for fault in faults]


def dumps(case: Case, format: Format = "toml") -> str:  # noqa: A002
    """Return a Case as text that `loads` reads back to the same Case."""
    return _text(_data(case), _known_format(format))


def save(case: Case, path: str | Path) -> Path:
    """Write a Case to a ``.toml`` or ``.json`` file in one step.

    Over an existing TOML file of the same Case, only what changed is rewritten: comments, order
    and short forms stay.
    """
    target = Path(path)
    kind = _known_format(target.suffix.lower().removeprefix("."))
    if kind == "toml" and target.is_file():
        from comity.cases.merging import merge

        return write_atomic(target, merge(read_text(target), _data(case)))
    return write_atomic(target, dumps(case, kind))


def edit(path: str | Path, changes: Mapping[str, Any]) -> Case:
    """Change entries of a Case file by dotted path, keeping comments and order.

    ``changes`` maps ``'models.Ana.prior."dry years"'`` to its new value, ``None`` to remove it.
    The file is written only if the result is a Case, which is returned.
    """
    from comity.cases.merging import change

    text = read_text(path)
    kind: Format = "json" if Path(path).suffix.lower() == ".json" else "toml"
    loads(text, file=str(path), format=kind)
    changed = change(text, changes, kind)
    case = loads(changed, file=str(path), format=kind)
    write_atomic(path, changed)
    return case


def _data(case: Case) -> dict[str, Any]:
    from comity.cases.translate import to_data

    return to_data(case)


def _known_format(name: str) -> Format:
    if name == "toml":
        return "toml"
    if name == "json":
        return "json"
    raise InputError("unknown format", found=repr(name), expected="toml or json")


def _text(data: Mapping[str, Any], kind: Format) -> str:
    if kind == "json":
        text = json.dumps(_with_listed_issues(data), ensure_ascii=False)
        short = len(text) <= LONGEST_INDENTED
        return (
            json.dumps(json.loads(text), indent=2, ensure_ascii=False) if short else text
        ) + "\n"
    results = data.get("results")
    written = {key: value for key, value in data.items() if key != "results"}
    return to_toml(written | ({"results": json.dumps(results)} if results else {}))


def _with_listed_issues(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data with issues in a list, for JSON keeps no order of keys."""
    issues = data["frame"].get("issues")
    if issues is None:
        return dict(data)
    listed = [
        {"name": name, **(entry if isinstance(entry, Mapping) else {"options": entry})}
        for name, entry in issues.items()
    ]
    return {**data, "frame": {**data["frame"], "issues": listed}}


def _first(faults: Sequence[ComityError]) -> ComityError:
    if len(faults) > 1:
        more = f"; {len(faults) - 1} more: see `comity check`"
        faults[0].message += more
    return faults[0]


@contextmanager
def in_file(path: str | Path | None) -> Iterator[None]:
    """Give errors about what a Case says of behaviour, raised inside, their file and line.

    Parameters
    ----------
    path : of the Case; nothing is changed without one, nor where an error names another place.
    """
    try:
        yield
    except ComityError as error:
        if path is None or error.file or not (error.place or "").startswith("behaviour."):
            raise
        text = read_text(path)
        lines = {} if text.lstrip().startswith(("{", "[")) else line_numbers(text)
        raise _located(error, str(path), lines) from error


def _located(fault: ComityError, file: str | None, lines: Mapping[str, int]) -> ComityError:
    line = line_of(fault.place, dict(lines)) if fault.place else None
    placed = fault.within(file=file)
    if line is not None:
        placed.place = f"line {line}: {placed.place}"
    return placed


def _parse_toml(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        words, _, where = str(error).rpartition(" (at ")
        place = where.rstrip(")").split(",")[0] or None
        if place == "end of document":
            place = f"line {len(text.splitlines())}, where the file ends"
        raise InputError(
            f"not TOML: {words or error}",
            place=place,
            expected="key = value or [section]; a { } stays on one line",
        ) from error


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_twins, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", place=f"line {error.lineno}") from error
    except ValueError as error:
        raise InputError(f"not JSON: {error}") from error


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise InputError("a key stands twice", found=repr(twin))
    return found


def _refuse_constant(name: str) -> Any:
    raise InputError("not finite", found=name, expected="a finite number")


_PARSERS = {"toml": _parse_toml, "json": _parse_json}
