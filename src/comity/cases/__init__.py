"""The Case and its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.cases.behaviour import Behaviour, Question
from comity.cases.case import Alternative, Belief, Case, Evidence, Party
from comity.cases.constitution import AcceptanceRule, Constitution, Talk
from comity.cases.files import dumps, edit, load, loads, read, save

if TYPE_CHECKING:
    from comity.cases.elicitation.elicit import Interview as Interview

__all__ = [
    "AcceptanceRule",
    "Alternative",
    "Behaviour",
    "Belief",
    "Case",
    "Constitution",
    "Evidence",
    "Interview",
    "Party",
    "Question",
    "Talk",
    "dumps",
    "edit",
    "json_schema",
    "load",
    "loads",
    "read",
    "save",
]


# Imported on use: pydantic is slow to load.
def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a Case file."""
    from comity.cases import schema

    return schema.json_schema()


def __getattr__(name: str) -> Any:
    if name == "Interview":
        from comity.cases.elicitation.elicit import Interview

        return Interview
    raise AttributeError(f"module 'comity.cases' has no attribute {name!r}")
