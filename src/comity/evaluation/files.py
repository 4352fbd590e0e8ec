"""An evaluation in a file, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from comity.core import Certified
from comity.core.errors import InputError
from comity.evaluation.results import FORMAT, Cell, Evaluation, Fault, Score, Settings

LARGEST = 50_000_000
"""Bytes of a file that is read."""


def read_evaluation(file: str | Path) -> Evaluation:
    """Return the evaluation that ``comity evaluate --json`` wrote.

    Raises `InputError` for anything else.
    """
    path = Path(file)
    try:
        if path.stat().st_size > LARGEST:
            raise InputError("too large to be an evaluation", file=str(file))
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError("cannot be read", file=str(file), found=error.strerror) from error
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON", file=str(file), found=str(error)[:80]) from error
    try:
        return evaluation_from_dict(data)
    except InputError as error:
        raise error.within(file=str(file)) from error


def evaluation_from_dict(data: Any) -> Evaluation:
    """Return the evaluation that `Evaluation.to_dict` made plain."""
    if not isinstance(data, Mapping) or data.get("kind") != "comity evaluation":
        raise InputError("not an evaluation", expected="what comity evaluate --json writes")
    try:
        settings = _settings(data["settings"])
        return Evaluation(
            data["agent"],
            settings,
            tuple(_score(s) for s in data["scores"]),
            tuple(_score(s) for s in data["threats"]),
            tuple(_cell(c) for c in data["cells"]),
            tuple(Fault(**fault) for fault in data["faults"]),
            int(data["moves"]),
            float(data["level"]),
            dict(data["yardsticks"]),
            tuple(data["assumptions"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError("a damaged evaluation", found=repr(error)[:80]) from error


def _settings(data: Mapping[str, Any]) -> Settings:
    if data["format"] != FORMAT:
        raise InputError(
            "an evaluation of another format",
            place="settings.format",
            found=data["format"],
            expected=FORMAT,
        )
    lists = {name: tuple(data[name]) for name in ("families", "partners")}
    return Settings(**{**data, **lists, "digests": dict(data["digests"])})


def _score(data: Mapping[str, Any]) -> Score:
    values = {name: [float(v) for v in row] for name, row in data["values"].items()}
    figures = {name: _figure(data[name]) for name in ("figure", "difference")}
    return Score(**{**data, **figures, "values": values})


def _cell(data: Mapping[str, Any]) -> Cell:
    figures = ("agreement", "own", "joint", "below")
    return Cell(**{**data, **{name: _figure(data[name]) for name in figures}})


def _figure(data: Mapping[str, Any]) -> Certified:
    value = float("nan") if data["value"] is None else float(data["value"])
    ends = (data.get("low"), data.get("high"), data.get("level"))
    return Certified(value, data["kind"], data["method"], *ends)
