"""Tables of choice probabilities: what each member of a set says of each decision of a design."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from comity.core import InputError
from comity.games.validation import check_names

SUM_TOLERANCE = 1e-6


def checked_tables(tables: Any, place: str = "tables") -> np.ndarray:
    """Return probabilities of shape (members, decisions, options) whose rows sum to 1 exactly.

    Decisions with fewer options than others carry zeros for the options that are not there.
    Raises `InputError` that names the first row which is no distribution.
    """
    try:
        array = np.array(tables, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError("not a table of numbers", place=place, found=str(error)) from error
    if array.ndim != 3 or 0 in array.shape:
        raise InputError(
            "shape does not fit",
            place=place,
            found=array.shape,
            expected="(members, decisions, options), none of them 0",
        )
    total = array.sum(axis=2)
    wrong = ~np.isfinite(array).all(axis=2) | (array.min(axis=2) < 0)
    wrong |= ~(np.abs(total - 1) <= SUM_TOLERANCE)
    if wrong.any():
        member, decision = map(int, np.argwhere(wrong)[0])
        raise InputError(
            "not a distribution over options",
            place=f"{place}[{member}, {decision}]",
            found=array[member, decision].tolist(),
            expected="numbers from 0 to 1 that sum to 1",
        )
    return array / total[:, :, None]


def named(names: Sequence[str] | None, count: int, word: str) -> tuple[str, ...]:
    """Return as many names as there are things, numbered where none are given.

    Examples
    --------
    >>> named(None, 2, "decision")
    ('decision 1', 'decision 2')
    """
    given = tuple(f"{word} {k + 1}" for k in range(count)) if names is None else tuple(names)
    if len(given) != count:
        raise InputError(f"not one name per {word}", found=len(given), expected=count)
    check_names(given, word)
    return given


def partition(alike: np.ndarray) -> list[list[int]]:
    """Return the connected groups of a symmetric relation, in the order of their first members.

    Examples
    --------
    >>> partition(np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]], dtype=bool))
    [[0, 2], [1]]
    """
    groups: list[list[int]] = []
    waiting = set(range(len(alike)))
    for first in range(len(alike)):
        if first not in waiting:
            continue
        group, edge = {first}, [first]
        while edge:
            near = set(np.flatnonzero(alike[edge.pop()]).tolist()) - group
            group |= near
            edge += sorted(near)
        waiting -= group
        groups.append(sorted(group))
    return groups
