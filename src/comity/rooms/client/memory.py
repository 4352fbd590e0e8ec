"""What a seat must not forget: its one secret, its report, what it sent, what it was shown.

From a file a party goes on after a crash with the same key and the same nonces, sends again what it
had sent, and finds a server that has changed its story meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.core import read_text, write_atomic
from comity.core.errors import InputError
from comity.rooms.protocol.keys import new_secret
from comity.rooms.protocol.messages import Message, message_from_dict

VERSION = "comity-seat-1"
FIELDS = ("version", "room", "party", "operator", "secret", "report", "sent", "entries")


@dataclass
class Memory:
    """The memory of one seat in one room.

    Attributes
    ----------
    room, party : whose memory it is.
    secret : 64 hexadecimal digits from which key and nonces follow.
    operator : the key that sealed the log so far; empty before the first entry.
    report : what it states, as plain JSON, once it has made up its mind.
    sent : each message that it may send once, by phase and round.
    entries : the log it was shown.
    path : the file, readable by its owner alone; ``None`` keeps nothing.
    """

    room: str
    party: str
    secret: str = field(default_factory=new_secret, repr=False)
    operator: str = ""
    report: Mapping[str, Any] | None = field(default=None, repr=False)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    entries: list[dict[str, Any]] = field(default_factory=list, repr=False)
    path: Path | None = None

    @classmethod
    def open(cls, path: str | Path | None, room: str, party: str) -> Memory:
        """Return the memory in a file, or a fresh one, which is written before anything is sent.

        Raises `InputError` where the file holds something else, or another seat.
        """
        target = None if path is None else Path(path)
        if target is None or not target.exists():
            fresh = cls(room, party, path=target)
            fresh.save()
            return fresh
        data = _read(target)
        for name, expected in (("room", room), ("party", party)):
            if data[name] != expected:
                raise InputError(
                    "the file is the memory of another seat",
                    file=str(target),
                    place=name,
                    found=data[name],
                    expected=expected,
                )
        return cls(**{key: value for key, value in data.items() if key != "version"}, path=target)

    def save(self) -> None:
        """Write the file in one step."""
        if self.path is None:
            return
        data = {name: getattr(self, name) for name in FIELDS[1:]}
        write_atomic(self.path, json.dumps({"version": VERSION, **data}), private=True)

    def kept(self, place: str) -> Message | None:
        """Return what was sent at a place, if anything was."""
        return message_from_dict(self.sent[place]) if place in self.sent else None

    def keep(self, place: str, message: Message) -> None:
        """Keep a message before it is sent."""
        self.sent[place] = message.to_dict()
        self.save()


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON", file=str(path), found=str(error)[:80]) from error
    if not isinstance(data, dict) or set(data) != set(FIELDS) or data["version"] != VERSION:
        raise InputError("not the memory of a seat", file=str(path), expected=VERSION)
    kinds = {"secret": str, "operator": str, "sent": dict, "entries": list}
    for name, kind in kinds.items():
        if not isinstance(data[name], kind):
            raise InputError("not the memory of a seat", file=str(path), place=name)
    if not _is_secret(data["secret"]):
        raise InputError("not the secret of a seat", file=str(path), place="secret")
    return data


def _is_secret(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")
