"""What an adapter says of itself, so that files and the command line can call it by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from comity.core.errors import InputError
from comity.inference.evidence.columns import Column, check_given
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import GENERAL
from comity.inference.evidence.table import Evidence


@dataclass(frozen=True)
class Adapter:
    """A reader of one kind of decisions.

    Attributes
    ----------
    name : what files and the command line call it.
    function : ``function(data, *, options, columns)``; a column is given as a keyword, as the
        name of a column of the table or as a number that holds for every row.
    columns : what it asks of a table.
    recipients : who gets a part in its situations, the decider first, by role.
    about : one sentence on the game.
    """

    name: str
    function: Callable[..., Evidence]
    columns: tuple[Column, ...]
    recipients: Mapping[str, tuple[str, ...]]
    about: str

    @property
    def options(self) -> dict[str, Any]:
        """Its own options with their defaults; those in `sheet.GENERAL` come on top."""
        own = inspect.signature(self.function).parameters.values()
        return {p.name: p.default for p in own if p.kind is p.KEYWORD_ONLY}

    def read(
        self,
        data: Source,
        columns: Mapping[str, Any] | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Evidence:
        """Return the evidence in a file or a DataFrame.

        ``columns`` and ``options`` are one list: a total that is the same everywhere can stand in
        either. Raises `InputError` where a name is in both, or is not known.
        """
        given = dict(columns or {})
        for name, value in (options or {}).items():
            if name in given:
                raise InputError("given as a column and as an option", place=name, found=value)
            given[name] = value
        known = [*(c.name for c in self.columns), *self.options, *GENERAL]
        check_given(given, known, self.name)
        return self.function(data, **given)

    def describe(self) -> str:
        """Return in a few lines what it reads."""
        lines = [f"{self.name}: {self.about}"]
        for column in self.columns:
            also = f" (also {', '.join(column.also)})" if column.also else ""
            need = "" if column.required else ", optional"
            lines.append(f"  column {column.name}{also}{need}: {column.about}")
        lines += [f"  option {name} = {value!r}" for name, value in self.options.items()]
        lines.append(f"  options of every adapter: {', '.join(GENERAL)}")
        return "\n".join(lines)
