"""Numbers by outcome: ``"fill fast | accept" = 3``, with ``*`` for any, by state where needed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.cases.faults import dotted, shown, unknown
from comity.cases.frames import Frame
from comity.cases.numbers import is_number, number, written
from comity.core.errors import InputError

ANY = "*"
SEPARATOR = " | "
MOST_KEYS = 256
"""Outcomes up to which a table is written with names; longer ones nobody reads."""


def read_outcomes(entry: Any, frame: Frame) -> np.ndarray:
    """Return numbers by state and outcome, shape (S, C), NaN where the file is silent.

    ``entry`` is one number for all, a nested list in the shape of the outcomes, a table by
    outcome key (the key with fewest ``*`` wins), or a table of these by state.
    """
    if by_state(entry, frame):
        rows = [
            read_outcomes(entry[s], frame)[k] if s in entry else _nothing(frame)
            for k, s in enumerate(frame.states)
        ]
        return np.stack(rows)
    if is_number(entry):
        return np.full((len(frame.states), frame.cells), number(entry))
    if isinstance(entry, (list, tuple)):
        return np.tile(_nested(entry, frame), (len(frame.states), 1))
    if not isinstance(entry, Mapping):
        raise InputError("not a table of numbers", found=shown(entry), expected=_example(frame))
    return _by_key(entry, frame)


def by_state(entry: Any, frame: Frame) -> bool:
    """Tell whether a table is keyed by the states of the frame."""
    return (
        isinstance(entry, Mapping)
        and len(frame.states) > 1
        and bool(entry)
        and all(key in frame.states for key in entry)
    )


def state_numbers(entry: Any, frame: Frame) -> np.ndarray:
    """Return a number by state, shape (S,), from one number or a table by state."""
    if not isinstance(entry, Mapping):
        return np.full(len(frame.states), number(entry))
    for key in entry:
        if key not in frame.states:
            raise unknown("state", str(key), frame.states)
    return np.array([number(entry[s]) if s in entry else np.nan for s in frame.states])


def _nothing(frame: Frame) -> np.ndarray:
    return np.full(frame.cells, np.nan)


def _nested(entry: Any, frame: Frame) -> np.ndarray:
    try:
        values = np.array(entry, dtype=object)
    except ValueError as error:
        raise InputError("lists are ragged", expected=f"shape {frame.shape}") from error
    if values.shape != frame.shape:
        raise InputError("shape does not fit", found=values.shape, expected=frame.shape)
    return _all_numbers(values.ravel())


def _all_numbers(values: np.ndarray) -> np.ndarray:
    """Return many values as floats: at once where they are plain, one by one to find a fault."""
    if all(type(value) in (int, float) for value in values):
        with contextlib.suppress(OverflowError):
            plain = values.astype(float)
            if np.all(np.isfinite(plain)):
                return plain
    return np.array([number(value) for value in values])


def _by_key(entry: Mapping[str, Any], frame: Frame) -> np.ndarray:
    """Write keys from precise to vague; of two equally precise keys neither may overrule."""
    table = np.full((len(frame.states), *frame.shape), np.nan)
    level = np.full(table.shape, -1)
    for key in sorted(entry, key=lambda name: -_precision(read_key(name, frame))):
        place = read_key(key, frame)
        try:
            numbers = state_numbers(entry[key], frame)
        except InputError as error:
            raise error.within(place=dotted(key)) from error
        for s in np.flatnonzero(~np.isnan(numbers)):
            _write(table[s], level[s], place, numbers[s], key)
    return table.reshape(len(frame.states), -1)


def _write(
    table: np.ndarray, level: np.ndarray, place: tuple[Any, ...], value: float, key: str
) -> None:
    """Write a number where nothing more precise stands, in the views of one state."""
    precision = _precision(place)
    here, heights = np.atleast_1d(table[place]), np.atleast_1d(level[place])
    if np.any((heights == precision) & (here != value)):
        raise InputError(
            "another key, equally precise, gives the same outcome a different number",
            place=dotted(key),
            found=repr(key),
            expected="one of them more precise",
        )
    table[place] = np.where(level[place] < 0, value, table[place])
    level[place] = np.where(level[place] < 0, precision, level[place])


def _precision(place: tuple[Any, ...]) -> int:
    return sum(not isinstance(part, slice) for part in place)


def read_key(key: str, frame: Frame) -> tuple[Any, ...]:
    """Return the place of an outcome key: an index or a full slice per axis."""
    if key.strip() == ANY:
        return (slice(None),) * len(frame.axes)
    parts = [part.strip() for part in key.split("|")]
    if len(parts) != len(frame.axes):
        raise InputError(
            "not an outcome", place=dotted(key), found=repr(key), expected=_example(frame)
        )
    return tuple(
        slice(None) if part == ANY else _index(part, options, frame.labels[axis], key)
        for axis, (part, options) in enumerate(zip(parts, frame.axes, strict=True))
    )


def _index(part: str, options: tuple[str, ...], label: str, key: str) -> int:
    if part not in options:
        raise unknown(f"choice for {label}", part, (*options, ANY), dotted(key))
    return options.index(part)


def _example(frame: Frame) -> str:
    return f'"{SEPARATOR.join(options[0] for options in frame.axes)}" = number'


def cell_name(frame: Frame, cell: int) -> str:
    """Return the key of an outcome."""
    return SEPARATOR.join(
        options[k]
        for options, k in zip(frame.axes, np.unravel_index(cell, frame.shape), strict=True)
    )


def write_outcomes(values: np.ndarray, frame: Frame) -> Any:
    """Return numbers by state and outcome as a file states them: long tables as nested lists."""
    if np.all(values == values.flat[0]):
        return written(values.flat[0])
    if values.shape[1] <= MOST_KEYS:
        return {
            cell_name(frame, c): write_states(values[:, c], frame) for c in range(values.shape[1])
        }
    if np.all(values == values[0]):
        return _lists(values[0].reshape(frame.shape))
    pairs = zip(frame.states, values, strict=True)
    return {state: _lists(row.reshape(frame.shape)) for state, row in pairs}


def _lists(table: np.ndarray) -> list[Any]:
    return [written(x) if table.ndim == 1 else _lists(x) for x in table]


def write_states(values: np.ndarray, frame: Frame) -> Any:
    """Return a number by state as a file states it."""
    if np.all(values == values[0]):
        return written(values[0])
    return {s: written(v) for s, v in zip(frame.states, values, strict=True)}
