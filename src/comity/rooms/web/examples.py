"""Cases that ship with comity, whose views anyone can read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import Case, load
from comity.core import digest
from comity.rooms.protocol.terms import Terms

EXAMPLES = ("river", "household", "workshop", "ai_slowdown", "chicken")
"""Names of the files, in the order in which they are offered."""


@dataclass(frozen=True)
class Example:
    """One shipped Case.

    Attributes
    ----------
    name : of its file.
    case : what the file states.
    terms : what a room about it begins with.
    """

    name: str
    case: Case
    terms: Terms

    @property
    def reports(self) -> dict[str, Any]:
        """Each party's view, as it would be reported."""
        return {party.name: report_to_dict(party.model) for party in self.case.parties}

    @property
    def about(self) -> dict[str, str]:
        """What the file says of each party."""
        return {party.name: party.about for party in self.case.parties}


def folder() -> Path:
    """Return where the shipped Cases lie: in the package, or beside it in a checkout."""
    packaged = Path(str(files("comity"))) / "examples"
    return packaged if packaged.is_dir() else Path(str(files("comity"))).parents[1] / "examples"


@cache
def example(name: str) -> Example:
    """Return a shipped Case by name."""
    case = load(folder() / f"{name}.toml")
    return Example(name, case, Terms.of(case))


def example_of(terms: Terms) -> Example | None:
    """Return the shipped Case that terms are about, whatever their deadlines."""
    return example(known) if (known := _by_subject().get(_subject(terms))) else None


@cache
def _by_subject() -> dict[str, str]:
    return {_subject(example(name).terms): name for name in EXAMPLES}


def _subject(terms: Terms) -> str:
    return digest({name: terms.data[name] for name in ("title", "frame")})
