"""All rooms of a server: every change is stored before anybody is told.

A step works on a copy of a room, so that one that fails, or is refused, or cannot be stored, leaves
nothing behind. Copies share what never changes: entries, bodies, reports.
"""

from __future__ import annotations

import copy
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields
from threading import Lock
from typing import Any

from comity.core.database import Conflict, Unavailable
from comity.core.errors import ComityError
from comity.rooms.protocol.bodies import check_body
from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.keys import Key, derived
from comity.rooms.protocol.messages import Message, entry_from_dict, message_from_dict
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.state import Refused, State
from comity.rooms.store.logs import Change, Logs, Stored
from comity.rooms.store.passes import hashed, new_token

ATTEMPTS = 20
"""How often a step is tried again after another server was first."""
REMEMBERED = 30_000_000
"""Characters of logs held in memory, over all rooms; objects take some ten times that."""
LOCKS = 256

Step = Callable[[Desk, int], object]


class NoRoom(ComityError):
    """There is no such room, or not for whoever asks."""


class Damaged(Unavailable):
    """A stored log that does not hold together; its room is closed to everybody."""


@dataclass(frozen=True)
class Opened:
    """A new room.

    Attributes
    ----------
    room : its name.
    seats : the token of each seat, known to nobody else from now on.
    watch : a token that only watches.
    """

    room: str
    seats: Mapping[str, str] = field(repr=False)
    watch: str = field(repr=False)


@dataclass(frozen=True)
class Kept:
    """A room as of one version; nobody changes it.

    Attributes
    ----------
    size : characters of its log.
    opener : who opened it.
    """

    version: int
    desk: Desk
    size: int
    opener: str = ""


class Book:
    """The rooms of one database, for one operator.

    Parameters
    ----------
    erase_after : milliseconds that a room is kept after its end.
    clock : milliseconds since 1970.
    tell : called with the name of a room after each change is stored, from any thread.
    limit : called before a party adds to a room, with who opened it and its size; it may refuse.
    """

    def __init__(
        self,
        logs: Logs,
        key: Key,
        *,
        erase_after: int,
        clock: Callable[[], int],
        tell: Callable[[str], object] = lambda room: None,
        limit: Callable[[str, int], object] = lambda opener, size: None,
    ) -> None:
        self.logs = logs
        self.key = key
        self.erase_after = erase_after
        self.clock = clock
        self.tell = tell
        self.limit = limit
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._size = 0
        self._guard = Lock()
        self._locks = tuple(Lock() for _ in range(LOCKS))

    def open(self, message: Message, opener: str = "") -> Opened:
        """Return a new room by the terms in a message; raise `Refused` where they do not hold."""
        desk = Desk.open(self.key, message, self.clock())
        room = desk.room.id
        seats = {name: new_token() for name in desk.room.players}
        watch = new_token()
        hashes = {hashed(token): name for name, token in seats.items()}
        change = self._change(desk, 0, True, 0)
        try:
            self.logs.create(room, change, {**hashes, hashed(watch): None}, opener)
        except Conflict as error:
            raise Refused("duplicate", "there is a room of that name") from error
        self._keep(room, Kept(1, desk, sum(map(len, change.entries)), opener))
        return Opened(room, seats, watch)

    def desk(self, room: str) -> Desk:
        """Return a room as it is stored now, to read; raise `NoRoom` where there is none."""
        return self._current(room).desk

    def mark(self, address: str) -> str:
        """Return what is kept of an address: it tells nothing to who has not the key."""
        return derived(self.key.seed.hex(), "opener", address).hex()

    def opener(self, room: str) -> str:
        """Return who opened a room; empty where nobody noted it."""
        return self._current(room).opener

    def take(self, room: str, message: Message) -> Desk:
        """Return the room after it took a message; raise `Refused` where it does not."""

        def take(desk: Desk, time: int) -> None:
            try:
                desk.take(message, time)
            except Refused as refused:
                if refused.code == "late":
                    desk.tick(time)
                raise

        return self.step(room, take, self.limit)

    def tick(self, room: str) -> Desk:
        """Return the room after what its deadline leads to."""
        return self.step(room, lambda desk, time: desk.tick(time))

    def propose(self, room: str, anchor: str, body: Mapping[str, Any] | None) -> Desk:
        """Return the room after a common model was solved, or could not be.

        A solution for another phase than the one that began with ``anchor`` changes nothing.
        """

        def settle(desk: Desk, time: int) -> None:
            desk.tick(time)
            if desk.room.phase != "solving" or desk.room.anchor != anchor:
                return
            try:
                if body is not None:
                    check_body("proposal", dict(body))
                    desk.propose(dict(body), time)
                    return
            except ComityError:
                # What a worker answers is checked like anything else.
                pass
            desk.give_up(time)

        return self.step(room, settle)

    def step(
        self, room: str, work: Step, limit: Callable[[str, int], object] | None = None
    ) -> Desk:
        """Return the room after a step, stored; what a refused step led to is stored as well."""
        with self._turn(room):
            for _ in range(ATTEMPTS):
                kept = self._current(room)
                if limit is not None and kept.desk.room.phase != "ended":
                    limit(kept.opener, kept.size)
                desk, refusal = fork(kept.desk), None
                try:
                    work(desk, self.clock())
                except Refused as refused:
                    refusal = refused
                try:
                    self._save(room, kept, desk)
                except Conflict:
                    self._forget(room)
                    continue
                if refusal is not None:
                    raise refusal
                return desk
        raise Unavailable("the room changes too often", place="room")

    def _save(self, room: str, kept: Kept, desk: Desk) -> None:
        start, held = len(kept.desk.room.entries), desk.waiting != kept.desk.waiting
        if len(desk.room.entries) == start and not held:
            return
        change = self._change(desk, start, held, kept.size)
        version = self.logs.save(room, kept.version, change)
        size = kept.size + sum(map(len, change.entries))
        self._keep(room, Kept(version, desk, size, kept.opener))
        self.tell(room)

    def _change(self, desk: Desk, start: int, held: bool, before: int) -> Change:
        room = desk.room
        entries = [text(entry.to_dict()) for entry in room.entries[start:]]
        waiting = {name: text(message.to_dict()) for name, message in desk.waiting.items()}
        return Change(
            start,
            entries,
            waiting if held else None,
            room.phase,
            room.deadline,
            room.entries[-1].time + self.erase_after if room.phase == "ended" else None,
            before + sum(map(len, (*entries, *waiting.values()))),
        )

    def _current(self, room: str) -> Kept:
        version = self.logs.version(room)
        with self._guard:
            kept = self._kept.get(room)
        if version is not None and kept is not None and kept.version == version:
            return kept
        stored = self.logs.read(room) if version is not None else None
        if stored is None:
            self._forget(room)
            raise NoRoom("there is no such room", place="room")
        size = sum(map(len, stored.entries))
        kept = Kept(stored.version, read(self.key, stored), size, stored.opener)
        self._keep(room, kept)
        return kept

    def _keep(self, room: str, kept: Kept) -> None:
        with self._guard:
            old = self._kept.pop(room, None)
            self._kept[room] = kept
            self._size += kept.size - (old.size if old else 0)
            while self._size > REMEMBERED and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].size

    def _forget(self, room: str) -> None:
        with self._guard:
            old = self._kept.pop(room, None)
            self._size -= old.size if old else 0

    def _turn(self, room: str) -> AbstractContextManager[bool]:
        """Let one thread at a time change a room; versions keep other processes apart."""
        return self._locks[hash(room) % LOCKS]


def fork(desk: Desk) -> Desk:
    """Return a copy that can go on alone."""
    room = Room(desk.room.operator)
    for part in fields(State):
        value = getattr(desk.room, part.name)
        setattr(
            room, part.name, copy.copy(value) if isinstance(value, (list, dict, set)) else value
        )
    return Desk(desk.key, room, desk.waiting)


def read(key: Key, stored: Stored) -> Desk:
    """Return the room that a stored log makes; raise `Damaged` where it does not hold."""
    room = Room(key.public)
    try:
        for data in stored.entries:
            room.add(entry_from_dict(json.loads(data)))
        waiting = {
            name: message_from_dict(json.loads(data)) for name, data in stored.waiting.items()
        }
    except (ComityError, ValueError) as error:
        raise Damaged("the stored log does not hold together", place="database") from error
    return Desk(key, room, waiting)


def text(data: Mapping[str, Any]) -> str:
    """Return plain JSON as it is stored."""
    return json.dumps(data, separators=(",", ":"), allow_nan=False)
