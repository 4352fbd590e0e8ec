"""Print the tables that docs/reference/room-protocol.md shows, from the protocol's own tables.

.venv/bin/python docs/_room_protocol.py
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from comity.agreement.transcripts.wire import constitution_to_dict
from comity.cases import Constitution
from comity.games.validation import LARGEST
from comity.rooms.protocol import bodies, messages, state, terms
from comity.rooms.protocol.desk import WITHHELD
from comity.rooms.protocol.room import FREE, PHASE_OF


def message_table() -> str:
    """Return one line per type of message: who sends it, when, and what it says."""
    lines = ["| type | sent by | in the phase | says |", "|---|---|---|---|"]
    for name, body in bodies.BODIES.items():
        lines.append(f"| `{name}` | {body.sender} | {_phase(name)} | {body.about} |")
    return "\n".join(lines)


def _phase(name: str) -> str:
    if name in FREE:
        return "any"
    if name == "outcome":
        return "any, when it ends"
    phases = PHASE_OF[name]
    held = ", withheld" if name in WITHHELD else ""
    return (", ".join(phases) or "the first message") + held


def field_table() -> str:
    """Return one line per field of a body."""
    lines = ["| body of | field | is |", "|---|---|---|"]
    for name, body in bodies.BODIES.items():
        for field, kind in body.fields.items():
            lines.append(f"| `{name}` | `{field}` | {_words(kind.schema)} |")
    return "\n".join(lines)


def _words(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(f"`{word}`" for word in schema["enum"])
    if "anyOf" in schema:
        return f"{_words(schema['anyOf'][0])}, or null"
    if schema["type"] == "array":
        return f"at most {schema['maxItems']}, each: {_words(schema['items'])}"
    if "pattern" in schema:
        return "64 hexadecimal digits"
    if "maxLength" in schema:
        return f"text of at most {schema['maxLength']} characters"
    return {"object": "object", "boolean": "true or false", "number": "number"}[schema["type"]]


def code_table() -> str:
    """Return one line per reason to refuse a message."""
    lines = ["| code | the message is refused because |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{code}` | {why} |" for code, why in state.CODES.items())])


def limit_table() -> str:
    """Return one line per limit."""
    limits = {
        "parties": f"2 to {terms.MOST_PARTIES}",
        "numbers in a report: cells × states × (players + bystanders + quantities)": (
            f"{terms.MOST_NUMBERS:,}"
        ),
        "a number of a report": f"{LARGEST:g} in size",
        "rounds of talk": f"0 to {bodies.MOST_ROUNDS}",
        "a deadline": f"1 to {terms.LONGEST_DEADLINE:,} seconds",
        "what a party says in a room": f"{state.MOST_TALK} messages",
        "a name, a title": f"{bodies.LONGEST_LABEL} characters",
        "a text": f"{bodies.LONGEST_TEXT:,} characters",
        "nesting of a body": f"{bodies.DEEPEST} levels",
        "whole numbers": "-(2^53 - 1) to 2^53 - 1",
    }
    return "\n".join(
        ["| what | limit |", "|---|---|", *(f"| {a} | {b} |" for a, b in limits.items())]
    )


def deadline_table() -> str:
    """Return one line per phase that ends by itself."""
    lines = ["| phase | seconds by default |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{n}` | {s} |" for n, s in terms.DEADLINES.items())])


def constitution() -> str:
    """Return the constitution that nothing was changed in, in full."""
    return json.dumps(constitution_to_dict(Constitution()), indent=1)


def names() -> str:
    """Return the names of the fields of messages and entries, in order."""
    return (
        f"message: {', '.join(messages.FIELDS)}\n"
        f"entry:   {', '.join(messages.ENTRY_FIELDS)}\n"
        f"terms:   {', '.join(terms.FIELDS)}"
    )


def parts() -> list[str]:
    """Return all that the page shows."""
    made = (message_table, field_table, code_table, limit_table, deadline_table, constitution)
    return [*(make() for make in made), names()]


if __name__ == "__main__":
    print("\n\n".join(parts()))  # noqa: T201
