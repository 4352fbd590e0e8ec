"""What outcomes are worth to one who is affected, between a file and the block of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.cases.cells import cell_name, read_outcomes, write_outcomes
from comity.cases.faults import dotted, unknown
from comity.cases.frames import Frame
from comity.cases.numbers import number, written
from comity.cases.options import option_name, read_options, write_options
from comity.cases.schema import TastesData
from comity.core.errors import InputError


@dataclass(frozen=True, eq=False)
class Taste:
    """The tastes of one who is affected.

    Attributes
    ----------
    weights : shape (K,), worth of a unit of each quantity.
    cells : shape (S, C), worth of each cell itself.
    no_deal : worth of no deal, where the file states it.
    discount : factor per round of delay, where the file states it.
    """

    weights: np.ndarray
    cells: np.ndarray
    no_deal: float | None = None
    discount: float | None = None

    def flat(self, frame: Frame, owner: str) -> np.ndarray:
        """Return the values of the tastes block, in its order."""
        extras = [self.no_deal or 0.0] if has_no_deal(frame, owner) else []
        return np.concatenate([self.weights, self.cells.ravel(), extras])


def has_no_deal(frame: Frame, owner: str) -> bool:
    """Tell whether no deal is worth something of its own to someone on this frame."""
    return frame.kind == "negotiation" and owner in frame.players


def read_taste(data: TastesData, frame: Frame, owner: str) -> Taste:
    """Return the tastes that a file states for one who is affected."""
    weights = np.array([data.weights.get(name, 0.0) for name in frame.quantities])
    for name in data.weights:
        if name not in frame.quantities:
            raise unknown("quantity", name, frame.quantities, dotted("weights", name))
    if (data.no_deal is not None or data.discount is not None) and not has_no_deal(frame, owner):
        raise InputError(
            "only a party of a negotiation has a no-deal value",
            place="no_deal" if data.no_deal is not None else "discount",
            found=data.no_deal if data.no_deal is not None else data.discount,
        )
    if data.discount is not None and not 0 < data.discount <= 1:
        raise InputError(
            "discount is out of range", place="discount", found=data.discount, expected="in (0, 1]"
        )
    return Taste(weights, _cells(data, frame), data.no_deal, data.discount)


def _cells(data: TastesData, frame: Frame) -> np.ndarray:
    wanted = "values" if frame.additive else "payoffs"
    given = [k for k in ("payoffs", "values", "evaluations") if getattr(data, k) is not None]
    wrong = [k for k in given if (k == "payoffs") == frame.additive]
    if wrong or len(given) > 1:
        what = "values by issue" if frame.additive else "payoffs by outcome"
        raise InputError(
            f"this frame takes {what}", place=(wrong or given)[0], found=given, expected=wanted
        )
    if not given:
        if frame.quantities:
            return np.zeros((len(frame.states), frame.cells))
        raise InputError("is missing", place=wanted, expected="a number for every outcome")
    try:
        cells = _weighted(data, frame) if given == ["evaluations"] else _plain(data, frame)
        return complete(cells, frame)
    except InputError as error:
        raise error.within(place=given[0]) from error


def _plain(data: TastesData, frame: Frame) -> np.ndarray:
    silent = 0.0 if frame.quantities else np.nan
    return read_cells(data.values if frame.additive else data.payoffs, frame, silent)


def _weighted(data: TastesData, frame: Frame) -> np.ndarray:
    """Return evaluations times issue weights, the form of the negotiation competitions."""
    weights = data.issue_weights or {}
    for issue in frame.labels:
        if issue not in weights:
            raise InputError("an issue has no weight", found=issue, expected="issue_weights")
    for issue in weights:
        if issue not in frame.labels:
            raise unknown("issue", issue, frame.labels)
    each = [np.full(len(o), weights[i]) for i, o in zip(frame.labels, frame.axes, strict=True)]
    return read_options(data.evaluations, frame) * np.concatenate(each)


def read_cells(entry: Any, frame: Frame, silent: float = np.nan) -> np.ndarray:
    """Return numbers by state and cell, shape (S, C), NaN where the file is silent."""
    return read_options(entry, frame, silent) if frame.additive else read_outcomes(entry, frame)


def write_cells(values: np.ndarray, frame: Frame) -> Any:
    """Return numbers by state and cell as a file states them."""
    return write_options(values, frame) if frame.additive else write_outcomes(values, frame)


def complete(values: np.ndarray, frame: Frame) -> np.ndarray:
    """Return the values if there is one for every state and cell; else name the first three."""
    gaps = np.argwhere(np.isnan(values))
    if not len(gaps):
        return values
    name = option_name if frame.additive else cell_name
    several = len(frame.states) > 1
    words = [
        name(frame, int(c)) + (f" in {frame.states[s]}" if several else "") for s, c in gaps[:3]
    ]
    more = f" and {len(gaps) - 3} more" if len(gaps) > 3 else ""
    raise InputError("no number for " + "; ".join(words) + more, expected="one for every outcome")


def write_taste(
    flat: np.ndarray, frame: Frame, owner: str, discount: float = 1.0
) -> dict[str, Any]:
    """Return the values of a tastes block as a file states them."""
    k, end = len(frame.quantities), len(frame.quantities) + len(frame.states) * frame.cells
    cells = flat[k:end].reshape(len(frame.states), -1)
    data: dict[str, Any] = {}
    if np.any(flat[:k]):
        pairs = zip(frame.quantities, flat[:k], strict=True)
        data["weights"] = {name: written(weight) for name, weight in pairs if weight}
    if not k or np.any(cells):
        data["values" if frame.additive else "payoffs"] = write_cells(cells, frame)
    if has_no_deal(frame, owner):
        data["no_deal"] = written(flat[end])
        if discount != 1:
            data["discount"] = written(discount)
    return data


def read_spread(entry: Any, frame: Frame, owner: str) -> np.ndarray:
    """Return the standard deviations of a tastes block: one for all, or a table as tastes have."""
    k, size = len(frame.quantities), len(frame.states) * frame.cells
    parts = {"weights": np.zeros(k), "cells": np.zeros(size), "no_deal": np.zeros(1)}
    given = entry if isinstance(entry, Mapping) else dict.fromkeys(parts, entry)
    cells = "values" if frame.additive else "payoffs"
    for key, item in given.items():
        name = "cells" if key == cells else key
        if name not in parts or (name == "cells" and key == name and isinstance(entry, Mapping)):
            raise unknown("key", str(key), ("weights", cells, "no_deal"), dotted(key))
        try:
            parts[name] = _SPREADS[name](item, frame)
        except InputError as error:
            raise error.within(place=dotted(key) if isinstance(entry, Mapping) else None) from error
    extras = parts["no_deal"] if has_no_deal(frame, owner) else np.zeros(0)
    return nonnegative(np.concatenate([parts["weights"], parts["cells"], extras]))


def _weight_spread(entry: Any, frame: Frame) -> np.ndarray:
    if not isinstance(entry, Mapping):
        return np.full(len(frame.quantities), number(entry))
    for name in entry:
        if name not in frame.quantities:
            raise unknown("quantity", str(name), frame.quantities, dotted(name))
    return np.array([number(entry.get(name, 0)) for name in frame.quantities])


def _cell_spread(entry: Any, frame: Frame) -> np.ndarray:
    return np.nan_to_num(read_cells(entry, frame, 0.0)).ravel()


def _no_deal_spread(entry: Any, frame: Frame) -> np.ndarray:
    return np.array([number(entry)])


_SPREADS = {"weights": _weight_spread, "cells": _cell_spread, "no_deal": _no_deal_spread}


def nonnegative(spread: np.ndarray) -> np.ndarray:
    """Return standard deviations, or raise `InputError` where one is negative."""
    if spread.size and spread.min() < 0:
        raise InputError("standard deviation is negative", found=spread.min(), expected="0 or more")
    return spread


def write_spread(flat: np.ndarray, frame: Frame, owner: str) -> Any:
    """Return the standard deviations of a tastes block as a file states them."""
    if np.all(flat == flat[0]):
        return written(flat[0])
    k, end = len(frame.quantities), len(frame.quantities) + len(frame.states) * frame.cells
    data: dict[str, Any] = {}
    if np.any(flat[:k]):
        data["weights"] = {q: written(v) for q, v in zip(frame.quantities, flat[:k], strict=True)}
    if np.any(flat[k:end]):
        cells = flat[k:end].reshape(len(frame.states), -1)
        data["values" if frame.additive else "payoffs"] = write_cells(cells, frame)
    if has_no_deal(frame, owner) and flat[end]:
        data["no_deal"] = written(flat[end])
    return data
