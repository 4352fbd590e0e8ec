"""Signed messages, and the log that an operator seals them into.

A message is signed by whoever sends it, over the canonical JSON (RFC 8785) of all its other
entries. It names the room and the entry it follows, so it can be replayed nowhere else. An entry of
the log binds a message to the entry before by its hash, and the operator signs that hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.core import canonical_json, digest
from comity.core.errors import InputError
from comity.rooms.protocol.bodies import (
    BODIES,
    HASH,
    LABEL,
    LARGEST_INTEGER,
    MOST_ROUNDS,
    check_body,
    is_whole,
    shown,
)
from comity.rooms.protocol.keys import Key, holds

PROTOCOL = "comity-room-1"
START = "0" * 64
"""What the first message and the first entry follow."""

HEX = set("0123456789abcdef")
FIELDS = ("protocol", "room", "type", "author", "round", "after", "body", "key", "signature")
ENTRY_FIELDS = ("index", "previous", "time", "message", "hash", "seal")
ROOM_DIGITS = 32


@dataclass(frozen=True)
class Message:
    """One signed message.

    Attributes
    ----------
    room : 32 hexadecimal digits, chosen by whoever opens the room.
    type : a name in `BODIES`.
    author : name of the party; empty for the operator and for who proposes.
    round : round of talk that it belongs to; 0 before the first refusal.
    after : hash of the entry that opened the present phase.
    body : what it says.
    key, signature : public key (64 digits) and signature (128 digits) of the sender.
    """

    room: str
    type: str
    author: str
    round: int
    after: str
    body: Mapping[str, Any]
    key: str
    signature: str

    @classmethod
    def signed(
        cls,
        key: Key,
        *,
        room: str,
        type: str,  # noqa: A002
        body: Mapping[str, Any],
        author: str = "",
        round: int = 0,  # noqa: A002
        after: str = START,
    ) -> Message:
        """Return a message with the signature of a key.

        Examples
        --------
        >>> key, body = Key(bytes(32)), {"text": "I have to go."}
        >>> message = Message.signed(key, room="00" * 16, type="leave", body=body, author="Ana")
        >>> message.is_signed()
        True
        """
        bare = cls(room, type, author, round, after, body, key.public, "")
        return cls(room, type, author, round, after, body, key.public, key.sign(bare.signed_part()))

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        values = (getattr(self, name) for name in FIELDS[1:])
        return {"protocol": PROTOCOL, **dict(zip(FIELDS[1:], values, strict=True))}

    def signed_part(self) -> bytes:
        """Return the bytes that the signature is of."""
        data = self.to_dict()
        del data["signature"]
        return canonical_json(data).encode("utf-8")

    def is_signed(self) -> bool:
        """Return whether the signature is that of the key."""
        return holds(self.key, self.signature, self.signed_part())


def message_from_dict(data: Any) -> Message:
    """Return the message in plain JSON; raise `InputError` for any other form."""
    _check_fields(data, FIELDS, "message")
    checks = {
        "protocol": data["protocol"] == PROTOCOL,
        "room": _digits(data["room"], ROOM_DIGITS),
        "type": isinstance(data["type"], str) and data["type"] in BODIES,
        "author": LABEL.fits(data["author"]),
        "round": _count(data["round"], MOST_ROUNDS),
        "after": HASH.fits(data["after"]),
        "key": HASH.fits(data["key"]),
        "signature": _digits(data["signature"], 128),
    }
    _check_all(checks, data, "message")
    check_body(data["type"], data["body"])
    return Message(**{name: data[name] for name in FIELDS[1:]})


@dataclass(frozen=True)
class Entry:
    """One entry of a room's log.

    Attributes
    ----------
    index : its number, from 0.
    previous : hash of the entry before.
    time : milliseconds since 1970 by the operator's clock.
    message : the message.
    hash : SHA-256 of the canonical JSON of the four above.
    seal : the operator's signature of the hash.
    """

    index: int
    previous: str
    time: int
    message: Message
    hash: str
    seal: str

    @classmethod
    def sealed(
        cls, operator: Key, message: Message, time: int, previous: Entry | None = None
    ) -> Entry:
        """Return the entry that follows another, or the first."""
        index = 0 if previous is None else previous.index + 1
        before = START if previous is None else previous.hash
        hashed = entry_hash(index, before, time, message)
        return cls(index, before, time, message, hashed, operator.sign(bytes.fromhex(hashed)))

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON."""
        data: dict[str, Any] = {name: getattr(self, name) for name in ENTRY_FIELDS}
        return data | {"message": self.message.to_dict()}

    def is_whole(self) -> bool:
        """Return whether the hash is that of the contents."""
        return self.hash == entry_hash(self.index, self.previous, self.time, self.message)

    def is_sealed(self, operator: str) -> bool:
        """Return whether the seal is that of an operator's key."""
        return holds(operator, self.seal, bytes.fromhex(self.hash))


def entry_hash(index: int, previous: str, time: int, message: Message) -> str:
    """Return the hash of an entry, 64 hexadecimal digits."""
    return digest(
        {"index": index, "previous": previous, "time": time, "message": message.to_dict()}
    )


def entry_from_dict(data: Any) -> Entry:
    """Return the entry in plain JSON; raise `InputError` for any other form."""
    _check_fields(data, ENTRY_FIELDS, "entry")
    checks = {
        "index": _count(data["index"]),
        "previous": HASH.fits(data["previous"]),
        "time": _count(data["time"]),
        "hash": HASH.fits(data["hash"]),
        "seal": _digits(data["seal"], 128),
    }
    _check_all(checks, data, "entry")
    return Entry(**{**data, "message": message_from_dict(data["message"])})


def _check_fields(data: Any, fields: tuple[str, ...], place: str) -> None:
    if not isinstance(data, dict) or set(data) != set(fields):
        found = ", ".join(sorted(map(str, data))) if isinstance(data, dict) else type(data).__name__
        raise InputError(
            f"not a {place}", place=place, found=found[:200], expected=", ".join(fields)
        )


def _check_all(checks: Mapping[str, bool], data: Mapping[str, Any], place: str) -> None:
    for name, fits in checks.items():
        if not fits:
            raise InputError(
                "not of this protocol", place=f"{place}.{name}", found=shown(data[name])
            )


def _digits(value: Any, count: int) -> bool:
    return isinstance(value, str) and len(value) == count and not set(value) - HEX


def _count(value: Any, most: int = LARGEST_INTEGER) -> bool:
    return is_whole(value, most) and value >= 0
