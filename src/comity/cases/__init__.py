"""The Case and its file."""

from comity.cases.case import Belief, Case, Evidence, Party
from comity.cases.constitution import AcceptanceRule, Constitution, Talk
from comity.cases.files import dumps, edit, load, loads, read, save

__all__ = [
    "AcceptanceRule",
    "Belief",
    "Case",
    "Constitution",
    "Evidence",
    "Party",
    "Talk",
    "dumps",
    "edit",
    "json_schema",
    "load",
    "loads",
    "read",
    "save",
]


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a Case file."""
    # Imported on use: pydantic is slow to load.
    from comity.cases import schema

    return schema.json_schema()
