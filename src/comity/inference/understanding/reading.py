"""From files of data, and what a Case says of them, to evidence."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from comity.cases import Behaviour, Case
from comity.cases.faults import check_known
from comity.core.errors import InputError
from comity.inference.evidence.adapters import ADAPTERS
from comity.inference.evidence.table import Evidence, join


def read_behaviour(
    data: Sequence[Any],
    case: Case | None = None,
    *,
    kind: str | None = None,
    columns: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> tuple[Evidence, Behaviour]:
    """Return the evidence in files or DataFrames, and how it was read.

    Parameters
    ----------
    data : one or more; several of one kind are joined.
    case : says how the data are read, where it speaks of behaviour.
    kind, columns, options : of the adapter; they override what the Case says.
    """
    stated = case.behaviour if case is not None else None
    name = kind or (stated.kind if stated is not None else "")
    _check_kind(name, case, kind)
    adapter = ADAPTERS[name]
    if not data:
        raise InputError("no data", place="data", found="nothing", expected="one file or more")
    same = stated is not None and stated.kind == name
    behaviour = stated if stated is not None and same else Behaviour(name)
    behaviour = dataclasses.replace(
        behaviour,
        columns={**behaviour.columns, **(columns or {})},
        options={**behaviour.options, **(options or {})},
    )
    parts = [adapter.read(source, behaviour.columns, behaviour.options) for source in data]
    return (parts[0] if len(parts) == 1 else join(parts)), behaviour


def _check_kind(name: str, case: Case | None, kind: str | None) -> None:
    """Raise `InputError` unless a known kind of data is stated."""
    if name:
        check_known(name, ADAPTERS, "kind of data", "kind" if kind else "behaviour.kind")
        return
    silent = "no Case" if case is None else "a Case without a section [behaviour]"
    raise InputError(
        "nothing says what kind of data this is",
        place="kind",
        found=silent,
        expected=f"[behaviour] with kind = ..., or --kind: {', '.join(ADAPTERS)}",
    )
