"""Names that must be among those there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from comity.core.errors import InputError

V = TypeVar("V")


def check_choice(name: object, known: Collection[str], message: str, place: str) -> None:
    """Raise `InputError` with this message unless ``name`` is one of the known ones.

    Examples
    --------
    >>> check_choice("nush", ("nash", "mean"), "no such rule", "concept")
    Traceback (most recent call last):
    ...
    comity.core.errors.InputError: concept: no such rule (found nush; expected nash, mean)
    """
    if name not in known:
        raise InputError(
            message,
            place=place,
            found="nothing" if name is None else name,
            expected=", ".join(known) or "none",
        )


def pick(table: Mapping[str, V], name: Any, message: str, place: str) -> V:
    """Return the entry of this name, or raise `InputError` with the names there are."""
    check_choice(name, table, message, place)
    return table[name]
