"""JSON Schemas (2020-12) of messages, entries and logs, made from the table of bodies.

A schema tells the form; that hashes, signatures and commitments hold is for `verify_log`.
"""

from __future__ import annotations

from typing import Any

from comity.rooms.protocol.bodies import (
    BODIES,
    HASH,
    LABEL,
    LARGEST_INTEGER,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_ROUNDS,
    Body,
)
from comity.rooms.protocol.messages import PROTOCOL, ROOM_DIGITS, START
from comity.rooms.protocol.terms import LONGEST_DEADLINE, MOST_PARTIES, TIMED

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def room_schema() -> dict[str, Any]:
    """Return the JSON Schema of a room's log; ``$defs`` holds entry, message and every body.

    Examples
    --------
    >>> sorted(set(room_schema()["$defs"]) - set(BODIES))
    ['entry', 'frame', 'log', 'message', 'report', 'terms']
    """
    return {
        "$schema": DIALECT,
        "title": f"The log of a room of {PROTOCOL}",
        "$ref": "#/$defs/log",
        "$defs": {
            "log": _object(
                {
                    "protocol": {"const": PROTOCOL},
                    "operator": dict(HASH.schema),
                    "entries": {"type": "array", "minItems": 1, "items": _ref("entry")},
                }
            ),
            "entry": _entry(),
            "message": {"oneOf": [_message(name, body) for name, body in BODIES.items()]},
            **{name: _body(body) for name, body in BODIES.items()},
            "terms": _terms(),
            "frame": {"oneOf": [_normal_form(), _negotiation()]},
            "report": _report(),
        },
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _object(fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
        **more,
    }


def _digits(count: int) -> dict[str, str]:
    return {"type": "string", "pattern": f"^[0-9a-f]{{{count}}}$"}


def _count(most: int = LARGEST_INTEGER, least: int = 0) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _entry() -> dict[str, Any]:
    return _object(
        {
            "index": _count(),
            "previous": dict(HASH.schema),
            "time": _count(),
            "message": _ref("message"),
            "hash": dict(HASH.schema),
            "seal": _digits(128),
        }
    )


def _message(name: str, body: Body) -> dict[str, Any]:
    """Return the schema of one type of message; who seals or opens speaks for no seat."""
    first, party = name == "propose", body.sender == "party"
    return _object(
        {
            "protocol": {"const": PROTOCOL},
            "room": _digits(ROOM_DIGITS),
            "type": {"const": name},
            "author": {**LABEL.schema, "minLength": 1} if party else {"const": ""},
            "round": {"const": 0} if first else _count(MOST_ROUNDS),
            "after": {"const": START} if first else dict(HASH.schema),
            "body": _ref(name),
            "key": dict(HASH.schema),
            "signature": _digits(128),
        },
        description=body.about,
    )


NESTED = {"terms": "terms", "report": "report", "common": "report"}
"""Fields that hold an object whose own schema is named, by name; a hash stays a hash."""


def _body(body: Body) -> dict[str, Any]:
    fields = {name: dict(kind.schema) for name, kind in body.fields.items()}
    for name, schema in fields.items():
        if schema == {"type": "object"} and name in NESTED:
            fields[name] = _ref(NESTED[name])
    return _object(fields, description=body.about)


def _terms() -> dict[str, Any]:
    return _object(
        {
            "title": {"type": "string", "maxLength": LONGEST_LABEL},
            "summary": {"type": "string", "maxLength": LONGEST_TEXT},
            "frame": _ref("frame"),
            "constitution": {"type": "object"},
            "evidence": {"type": "array", "items": {"type": "object"}},
            "deadlines": _object({name: _count(LONGEST_DEADLINE, 1) for name in TIMED}),
        }
    )


NAMES = {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}
SOME = {**NAMES, "minItems": 1}
NUMBERS = {"type": "array", "items": {"type": "number"}}


def _frame(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    return _object(
        {
            "kind": {"const": kind},
            "players": {**SOME, "minItems": 2, "maxItems": MOST_PARTIES},
            "bystanders": NAMES,
            "states": SOME,
            "quantities": NAMES,
            **fields,
        }
    )


def _normal_form() -> dict[str, Any]:
    return _frame("normal-form", {"actions": {"type": "array", "items": SOME, "minItems": 2}})


def _negotiation() -> dict[str, Any]:
    issue = _object({"name": {"type": "string"}, "options": SOME})
    limit = _object(
        {"label": {"type": "string"}, "limit": {"type": "number"}, "coefficients": NUMBERS}
    )
    return _frame(
        "negotiation",
        {
            "form": {"enum": ["additive", "table"]},
            "issues": {"type": "array", "items": issue, "minItems": 1},
            "constraints": {"type": "array", "items": limit},
        },
    )


def _report() -> dict[str, Any]:
    blocks = {"type": "object", "additionalProperties": NUMBERS}
    found = _object({"blocks": blocks, "discount": NUMBERS})
    return {**found, "required": ["blocks"]}
