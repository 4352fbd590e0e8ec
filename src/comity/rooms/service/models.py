"""The forms of what is answered and asked, for OpenAPI."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from comity.rooms.protocol.bodies import BODIES, HASH, LABEL, MOST_ROUNDS
from comity.rooms.protocol.messages import FIELDS, PROTOCOL, ROOM_DIGITS
from comity.rooms.service.failures import STATUS_OF

ROOM_PATTERN = f"^[0-9a-f]{{{ROOM_DIGITS}}}$"
SIGNATURE = {"type": "string", "pattern": "^[0-9a-f]{128}$"}


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


def message_schema(types: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON Schema of messages of some types."""
    return {"oneOf": [_message(name) for name in types]}


def opening_schema() -> dict[str, Any]:
    """Return the JSON Schema of a request that opens a room."""
    return _object({"message": _message("propose")})


def _message(name: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "protocol": {"const": PROTOCOL},
        "room": {"type": "string", "pattern": ROOM_PATTERN},
        "type": {"const": name},
        "author": dict(LABEL.schema),
        "round": {"type": "integer", "minimum": 0, "maximum": MOST_ROUNDS},
        "after": dict(HASH.schema),
        "body": _object({field: dict(kind.schema) for field, kind in BODIES[name].fields.items()}),
        "key": dict(HASH.schema),
        "signature": SIGNATURE,
    }
    schema = _object({field: values[field] for field in FIELDS})
    return schema | {"title": name, "description": BODIES[name].about}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
