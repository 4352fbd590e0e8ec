"""Numbers by issue: what each option is worth, in a table, a list, or a shape over a range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.cases.cells import by_state, state_numbers, write_states
from comity.cases.faults import dotted, shown, table, unknown
from comity.cases.frames import Frame, numeric
from comity.cases.numbers import is_number, number, written
from comity.core.errors import InputError

SHAPES = {
    "low, high": "from low at the first option to high at the last, in a straight line",
    "peak, best, worst": "best at the peak, falling in a straight line to worst at the far end",
    "per_unit": "so much per unit",
    "points": "straight lines between the points [option, number]",
}
"""What may stand for a table where the options are numbers."""


def read_options(entry: Any, frame: Frame, silent: float = np.nan) -> np.ndarray:
    """Return numbers by state and option, shape (S, C), all issues in order.

    ``entry`` is one number for all, or a table by issue; issues it leaves out get ``silent``.
    """
    if is_number(entry):
        return np.full((len(frame.states), frame.cells), number(entry))
    given = table(entry, "values by issue")
    for issue in given:
        if issue not in frame.labels:
            raise unknown("issue", str(issue), frame.labels, dotted(issue))
    parts = []
    for issue, options in zip(frame.labels, frame.axes, strict=True):
        try:
            parts.append(
                read_issue(given.get(issue, silent), options, frame)
                if issue in given
                else np.full((len(frame.states), len(options)), silent)
            )
        except InputError as error:
            raise error.within(place=dotted(issue)) from error
    return np.concatenate(parts, axis=1)


def read_issue(entry: Any, options: tuple[str, ...], frame: Frame) -> np.ndarray:
    """Return numbers by state for the options of one issue, shape (S, options)."""
    if by_state(entry, frame) and not all(key in options for key in entry):
        rows = [
            read_issue(entry[s], options, frame)[k] if s in entry else np.full(len(options), np.nan)
            for k, s in enumerate(frame.states)
        ]
        return np.stack(rows)
    if is_number(entry):
        return np.full((len(frame.states), len(options)), number(entry))
    if isinstance(entry, (list, tuple)):
        if len(entry) != len(options):
            raise InputError(
                "one number per option",
                found=f"{len(entry)} numbers",
                expected=f"{len(options)}, for {', '.join(options[:4])}",
            )
        return np.stack([state_numbers(item, frame) for item in entry], axis=1)
    if not isinstance(entry, Mapping):
        raise InputError("not values", found=shown(entry), expected="{option = number}")
    return _by_option(entry, options, frame)


def _by_option(entry: Mapping[str, Any], options: tuple[str, ...], frame: Frame) -> np.ndarray:
    units = numeric(options)
    strange = [key for key in entry if key not in options]
    if (
        strange
        and units is not None
        and set(entry) <= set(" ".join(SHAPES).replace(",", "").split())
    ):
        return np.tile(_shape(entry, units), (len(frame.states), 1))
    if strange:
        raise unknown("option", str(strange[0]), options, dotted(strange[0]))
    values = np.full((len(frame.states), len(options)), np.nan)
    for key, item in entry.items():
        try:
            values[:, options.index(key)] = state_numbers(item, frame)
        except InputError as error:
            raise error.within(place=dotted(key)) from error
    return values


def _shape(entry: Mapping[str, Any], units: np.ndarray) -> np.ndarray:
    keys = ", ".join(
        key
        for key in ("low", "high", "peak", "best", "worst", "per_unit", "points")
        if key in entry
    )
    if keys not in SHAPES:
        raise InputError(
            "not a shape",
            found="{" + keys + "}",
            expected=" or ".join("{" + shape + "}" for shape in SHAPES),
        )
    if keys == "points":
        return _through(entry["points"], units)
    numbers = {key: number(item) for key, item in entry.items()}
    if keys == "per_unit":
        return numbers["per_unit"] * units
    if keys == "low, high":
        return straight(numbers["low"], numbers["high"], units)
    away = np.abs(units - numbers["peak"])
    reach = away.max() or 1.0
    return numbers["best"] + (numbers["worst"] - numbers["best"]) * away / reach


def straight(low: float, high: float, units: np.ndarray) -> np.ndarray:
    """Return the line from ``low`` at the first option to ``high`` at the last."""
    span = units[-1] - units[0]
    share = (units - units[0]) / span if span else np.zeros(len(units))
    return low + (high - low) * share


def _through(points: Any, units: np.ndarray) -> np.ndarray:
    try:
        pairs = sorted((number(x), number(y)) for x, y in points)
    except (TypeError, ValueError) as error:
        raise InputError(
            "not points", found=shown(points), expected="[[option, number], ...]"
        ) from error
    x, y = np.array(pairs).T
    if x[0] > units.min() or x[-1] < units.max() or np.any(np.diff(x) == 0):
        raise InputError(
            "points do not cover the range",
            place="points",
            found=f"{x[0]:g} to {x[-1]:g}",
            expected=f"{units.min():g} to {units.max():g}, each option once",
        )
    return np.interp(units, x, y)


def option_name(frame: Frame, cell: int) -> str:
    """Return issue and option of a cell of the additive form."""
    for issue, options in zip(frame.labels, frame.axes, strict=True):
        if cell < len(options):
            return dotted(issue, options[cell])
        cell -= len(options)
    raise IndexError(cell)


def write_options(values: np.ndarray, frame: Frame) -> Any:
    """Return numbers by state and option as a file states them."""
    offsets = np.cumsum((0, *frame.shape))
    spans = zip(frame.labels, frame.axes, offsets[:-1], offsets[1:], strict=True)
    return {issue: _written(values[:, a:b], options, frame) for issue, options, a, b in spans}


def _written(values: np.ndarray, options: tuple[str, ...], frame: Frame) -> Any:
    units = numeric(options)
    if np.all(values == values.flat[0]):
        return written(values.flat[0])
    if units is not None and len(units) > 3 and np.all(values == values[0]):
        low, high = values[0, 0], values[0, -1]
        if np.array_equal(straight(low, high, units), values[0]):
            return {"low": written(low), "high": written(high)}
    pairs = zip(options, values.T, strict=True)
    return {option: write_states(column, frame) for option, column in pairs}
