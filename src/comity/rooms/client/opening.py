"""Opening a room: terms are proposed, and there is a link for each party."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.cases import Case
from comity.core import Result
from comity.core.errors import InputError
from comity.rooms.client.calls import Calls
from comity.rooms.client.links import Link
from comity.rooms.client.steps import Steps
from comity.rooms.protocol.keys import Key, derived, new_secret
from comity.rooms.protocol.messages import Message
from comity.rooms.protocol.terms import Terms


@dataclass(frozen=True)
class OpenedRoom(Result):
    """A room with the way into each of its seats.

    Attributes
    ----------
    room : its name, 32 hexadecimal digits.
    operator : public key of whoever seals its log.
    links : by party; each is a secret between the server and that party.
    watch : link for whoever may watch; it opens no seat.
    """

    room: str
    operator: str
    links: Mapping[str, str] = field(repr=True)
    watch: str


def open_steps(
    calls: Calls, server: str, case: Case, deadlines: Mapping[str, int] | None = None
) -> Steps[OpenedRoom]:
    """Return a room opened with the public part of a Case; no party's model leaves this process.

    Raises `InputError` where the terms cannot hold a room.
    """
    terms = Terms.of(case, deadlines)
    terms.check()
    room = secrets.token_hex(16)
    body = {"terms": json.loads(json.dumps(dict(terms.data)))}
    key = Key(derived(new_secret(), "propose"))
    message = Message.signed(key, room=room, type="propose", body=body)
    answer = yield from calls.call("POST", "/api/rooms", {"message": message.to_dict()})
    return _opened(server, room, terms.players, answer.data)


def _opened(server: str, room: str, players: tuple[str, ...], data: object) -> OpenedRoom:
    try:
        assert isinstance(data, dict)
        assert data["room"] == room
        links = {name: str(Link(server, data["seats"][name])) for name in players}
        return OpenedRoom(room, data["operator"], links, str(Link(server, data["watch"])))
    except (AssertionError, KeyError, TypeError) as error:
        raise InputError("the server opened no room", place="server") from error
