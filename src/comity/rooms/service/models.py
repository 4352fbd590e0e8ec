"""The forms of what is answered and asked, for OpenAPI."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from comity.rooms.protocol.messages import ROOM_DIGITS
from comity.rooms.protocol.schemas import room_schema
from comity.rooms.service.failures import STATUS_OF

ROOM_PATTERN = f"^[0-9a-f]{{{ROOM_DIGITS}}}$"


class Form(BaseModel):
    """Plain JSON of known fields."""

    model_config = ConfigDict(extra="forbid")


class Fault(Form):
    """What is wrong: a code for programs, a sentence for people, and where."""

    code: str = Field(json_schema_extra={"enum": [*sorted(STATUS_OF)]})
    message: str
    place: str | None
    found: str | None
    expected: str | None


class Failure(Form):
    """Every answer that is not a success."""

    error: Fault


class Operator(Form):
    """Who seals the logs of this server."""

    protocol: str
    operator: str = Field(description="Public key, 64 hexadecimal digits.")
    version: str


class NewRoom(Form):
    """A room that was opened, with its tokens: they are shown this once."""

    room: str
    operator: str
    seats: dict[str, str]
    watch: str


class Place(Form):
    """Where a token lets one in; ``you`` is null for whoever may only watch."""

    room: str
    you: str | None


class Standing(Form):
    """Where a room stands, for whoever asks."""

    room: str
    title: str
    phase: str
    round: int
    deadline: int | None = Field(description="Milliseconds since 1970.")
    missing: list[str] = Field(description="Parties that have not done what the phase asks.")
    sent: list[str] = Field(description="Parties whose message is held until all are in.")
    you: str | None
    entries: int
    head: str


class Log(Form):
    """Entries of a room's log."""

    protocol: str
    operator: str
    entries: list[dict[str, Any]]


class Held(Form):
    """What became of a message."""

    held: bool = Field(description="Whether it waits for the others'.")
    entries: int


class Health(Form):
    """Whether the server and its database answer."""

    status: str


PLACE = "#/components/schemas/protocol."
"""Where OpenAPI holds the schemas of the protocol."""


def protocol_schemas() -> dict[str, Any]:
    """Return the JSON Schemas of the protocol by their names in OpenAPI."""
    found: dict[str, Any] = _placed(room_schema()["$defs"])
    return {f"protocol.{name}": schema for name, schema in found.items()}


def message_schema(types: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON Schema of messages of some types."""
    every: list[Any] = _placed(room_schema()["$defs"]["message"]["oneOf"])
    return {"oneOf": [one for one in every if one["properties"]["type"]["const"] in types]}


def opening_schema() -> dict[str, Any]:
    """Return the JSON Schema of a request that opens a room."""
    return {
        "type": "object",
        "properties": {"message": message_schema(("propose",))},
        "required": ["message"],
        "additionalProperties": False,
    }


def _placed(data: Any) -> Any:
    """Return schemas that refer to each other by their places in OpenAPI."""
    if isinstance(data, dict):
        return {
            key: value.replace("#/$defs/", PLACE) if key == "$ref" else _placed(value)
            for key, value in data.items()
        }
    return [_placed(item) for item in data] if isinstance(data, list) else data
