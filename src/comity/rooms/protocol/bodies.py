"""What each type of message says: its fields, as one table for checks and JSON Schemas."""

from __future__ import annotations

import math
import re
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from comity.core.errors import InputError

HEX_64 = re.compile(r"[0-9a-f]{64}\Z")
LONGEST_TEXT = 2000
LONGEST_LABEL = 200
MOST_ROUNDS = 100
LARGEST_INTEGER = 2**53 - 1
"""Whole numbers up to here are doubles, as every reader of JSON takes them to be."""
DEEPEST = 32
"""Levels of nesting; terms need seven."""

STATUSES = ("agreed", "refused", "no gain", "declined", "left", "expired", "unsolved")
"""How a room ends; all but the first leave each party with its own default."""

REASONS = ("gain", "distance", "evidence", "rule", "other")
"""Why a party refuses: less than its default; too far from its own model; data speak against the
reports; a rule that anyone can check; something else."""

ACTS = ("greet", "explain", "ask", "doubt", "thank", "note")
"""What a party can say; each has words in every language, a text of its own may stand beside."""


@dataclass(frozen=True)
class Kind:
    """One kind of value.

    Attributes
    ----------
    schema : its JSON Schema.
    fits : whether a value is of the kind.
    """

    schema: Mapping[str, Any]
    fits: Callable[[Any], bool]


def _text(longest: int) -> Kind:
    return Kind(
        {"type": "string", "maxLength": longest},
        lambda value: isinstance(value, str) and len(value) <= longest,
    )


def _one_of(words: tuple[str, ...]) -> Kind:
    return Kind({"enum": list(words)}, lambda value: isinstance(value, str) and value in words)


def _many(kind: Kind, most: int) -> Kind:
    return Kind(
        {"type": "array", "items": dict(kind.schema), "maxItems": most},
        lambda value: isinstance(value, list) and len(value) <= most and all(map(kind.fits, value)),
    )


def _or_null(kind: Kind) -> Kind:
    return Kind(
        {"anyOf": [dict(kind.schema), {"type": "null"}]},
        lambda value: value is None or kind.fits(value),
    )


def is_whole(value: Any, most: int = LARGEST_INTEGER) -> bool:
    """Return whether a value is a whole number from minus to plus a limit; no truth value is."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= most


HASH = Kind(
    {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    lambda value: isinstance(value, str) and HEX_64.match(value) is not None,
)
OBJECT = Kind({"type": "object"}, lambda value: isinstance(value, dict))
TRUTH = Kind({"type": "boolean"}, lambda value: isinstance(value, bool))
NUMBER = Kind(
    {"type": "number"},
    lambda value: is_whole(value) or (isinstance(value, float) and math.isfinite(value)),
)
NUMBERS = _many(_or_null(NUMBER), 1000)
LABEL = _text(LONGEST_LABEL)

Sender = Literal["anyone", "party", "operator"]


@dataclass(frozen=True)
class Body:
    """One type of message.

    Attributes
    ----------
    sender : who may send it.
    about : what it says, in a sentence.
    fields : the kind of every field; all must be there, and no other.
    """

    sender: Sender
    about: str
    fields: Mapping[str, Kind]


BODIES: dict[str, Body] = {
    "propose": Body(
        "anyone",
        "The terms that all are to join by; it opens the room.",
        {"terms": OBJECT},
    ),
    "join": Body(
        "party",
        "Takes a seat: these are the terms, that is the operator, and this is my key.",
        {"terms": HASH, "operator": HASH},
    ),
    "commit": Body(
        "party",
        "Binds the party to a report, and to its part of the draw in every round of talk.",
        {"report": HASH, "draws": _many(HASH, MOST_ROUNDS + 1)},
    ),
    "reveal": Body(
        "party",
        "Opens the report that was committed to.",
        {"report": OBJECT, "nonce": HASH},
    ),
    "proposal": Body(
        "operator",
        "The common model, the play that follows, and what the rules that anyone can check find.",
        {
            "notion": LABEL,
            "common": OBJECT,
            "disagreement": NUMBERS,
            "status": LABEL,
            "play": _or_null(OBJECT),
            "payoffs": NUMBERS,
            "objective": _or_null(NUMBER),
            "weights": NUMBERS,
            "gap": OBJECT,
            "public": OBJECT,
        },
    ),
    "answer": Body(
        "party",
        "Accepts, opening the party's part of the draw, or refuses with reasons.",
        {
            "accepts": TRUTH,
            "reasons": _many(_one_of(REASONS), len(REASONS)),
            "draw": _or_null(HASH),
            "text": _text(LONGEST_TEXT),
        },
    ),
    "say": Body(
        "party",
        "Talk: a typed act, what it is about, and words of one's own beside it.",
        {"act": _one_of(ACTS), "about": LABEL, "text": _text(LONGEST_TEXT)},
    ),
    "leave": Body(
        "party",
        "Walks away; the room ends, and each plays its default.",
        {"text": _text(LONGEST_TEXT)},
    ),
    "outcome": Body(
        "operator",
        "How the room ends, and what was drawn.",
        {
            "status": _one_of(STATUSES),
            "missing": _many(LABEL, 1000),
            "play": _or_null(OBJECT),
            "draw": _or_null(OBJECT),
        },
    ),
}


def check_body(kind: str, body: Any) -> None:
    """Raise `InputError` unless a body has the fields of its type, each of its kind."""
    check_depth(body, f"{kind}.body")
    if not isinstance(body, dict):
        raise InputError("not an object", place=f"{kind}.body", found=type(body).__name__)
    fields = BODIES[kind].fields
    if set(body) != set(fields):
        raise InputError(
            "the fields are not those of the message",
            place=f"{kind}.body",
            found=", ".join(sorted(map(str, body)))[:LONGEST_LABEL],
            expected=", ".join(fields),
        )
    for name, field in fields.items():
        if not field.fits(body[name]):
            raise InputError(
                "a field is of the wrong kind",
                place=f"{kind}.body.{name}",
                found=shown(body[name]),
                expected=str(dict(field.schema))[:LONGEST_LABEL],
            )


def check_depth(data: Any, place: str) -> None:
    """Raise `InputError` where plain JSON is nested deeper than any message needs."""
    level = [data]
    for _ in range(DEEPEST):
        level = [inner for item in level for inner in _inside(item)]
        if not level:
            return
    raise InputError("nested too deep", place=place, expected=f"at most {DEEPEST} levels")


def _inside(item: Any) -> list[Any]:
    inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    return [value for value in inner if isinstance(value, (dict, list))]


def shown(value: Any) -> str:
    """Return a value in a few words, however large or deep it is."""
    try:
        return reprlib.repr(value)[:80]
    except ValueError:
        return f"a very long {type(value).__name__}"
