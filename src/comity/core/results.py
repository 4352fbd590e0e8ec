"""What every result of comity can do: become plain JSON, and show itself as a table."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping
from typing import Any

import numpy as np

MOST_SHOWN = 12
"""Most entries of a list that one line shows."""


def plain(value: Any) -> Any:
    """Return ``value`` as plain JSON data (dicts, lists, strings, numbers, ``None``)."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [f for f in dataclasses.fields(value) if f.metadata.get("plain", True)]
        return {f.name: plain(getattr(value, f.name)) for f in fields}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return None if np.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def brief(value: Any, width: int = 100) -> str:
    """Return ``value`` in one short line for a person to read.

    Examples
    --------
    >>> brief({"A": np.array([1 / 3, 2.0])}), brief(np.zeros((40, 2)))
    ('A: 0.333333, 2', 'array of 40 x 2')
    """
    text = " ".join(_brief(value).split())
    return text if len(text) <= width else text[: width - 3] + "..."


def _brief(value: Any) -> str:
    if isinstance(value, np.ndarray):
        if value.size > MOST_SHOWN:
            return f"array of {' x '.join(map(str, value.shape))}"
        value = value.tolist()
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {brief(item)}" for key, item in value.items()) or "none"
    if isinstance(value, (list, tuple)):
        if len(value) > MOST_SHOWN:
            return f"{len(value)} entries"
        return ", ".join(map(brief, value)) or "none"
    if isinstance(value, Result):
        return type(value).__name__
    return "none" if value is None else str(value)


class Result:
    """Base of the frozen dataclasses that hold an answer, its certificate and its assumptions."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data of every field."""
        fields = dataclasses.fields(self)  # type: ignore[arg-type]
        return {f.name: plain(getattr(self, f.name)) for f in fields if f.repr}

    def __str__(self) -> str:
        fields = [f for f in dataclasses.fields(self) if f.repr]  # type: ignore[arg-type]
        lines = [f"  {f.name}: {brief(getattr(self, f.name))}" for f in fields]
        return "\n".join([type(self).__name__, *lines])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{html.escape(name)}</th>"
            f"<td>{html.escape(_short(value))}</td></tr>"
            for name, value in self.to_dict().items()
        )
        return f"<table><caption>{type(self).__name__}</caption>{rows}</table>"


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    text = str(value)
    return text if len(text) <= 200 else text[:197] + "..."
