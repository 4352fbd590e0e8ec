"""A room server in a few lines, held in memory, that can be told to lie; for tests of clients."""

import asyncio
import json
import secrets
import threading
import time

import httpx

from comity.core.errors import InputError
from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import PROTOCOL, message_from_dict
from comity.rooms.protocol.solving import solve
from comity.rooms.protocol.state import Refused

ADDRESS = "https://rooms.test"


class FakeServer:
    """Answers as the contract of the HTTP interface says, unless a test changes its answers.

    ``twist(request, status, data)`` may return another status and data; ``heard`` holds every
    request as (token, method, path, body).
    """

    def __init__(self, twist=None, events=True):
        self.key = Key(secrets.token_bytes(32))
        self.twist = twist or (lambda request, status, data: (status, data))
        self.events = events
        self.desks, self.tokens, self.heard = {}, {}, []
        self.lock = threading.Lock()
        self.ahead = 0
        self.down = 0

    @property
    def now(self):
        return int(time.time() * 1000) + self.ahead

    def transport(self):
        return httpx.MockTransport(self.answer)

    def async_transport(self):
        async def later(request):
            response = self.answer(request)
            await asyncio.sleep(0.002)
            return response

        return httpx.MockTransport(later)

    def answer(self, request):
        with self.lock:
            return self._answer(request)

    def _answer(self, request):
        if self.down:
            self.down -= 1
            raise httpx.ConnectError("refused", request=request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        body = request.content.decode() if request.content else ""
        self.heard.append((token, request.method, str(request.url), body))
        parts = request.url.path.strip("/").split("/")
        status, data = self.route(request, token, parts[1:], body)
        if parts[-1] == "events" and status == 200:
            return httpx.Response(200, text=data)
        status, data = self.twist(request, status, data)
        return httpx.Response(status, json=data)

    def route(self, request, token, parts, body):
        if parts == ["operator"]:
            return 200, {"protocol": PROTOCOL, "operator": self.key.public, "version": "0"}
        if parts == ["rooms"]:
            return self.open(json.loads(body))
        room, name = self.tokens.get(token, (None, None))
        if parts == ["seat"] and room is not None:
            return 200, {"room": room, "you": name}
        if room is None or parts[1:2] != [room]:
            return 404, error("unknown", "there is no such room for this token")
        desk = self.desks[room]
        self.go_on(desk)
        start = int(request.url.params.get("from", "0"))
        rest = parts[2:]
        if not rest:
            return 200, self.state(desk, name)
        if rest == ["log"]:
            entries = [entry.to_dict() for entry in desk.room.entries[start:]]
            return 200, {"protocol": PROTOCOL, "operator": self.key.public, "entries": entries}
        if rest == ["events"]:
            new = "event: entry\ndata: {}\n\n" * (len(desk.room.entries) > start)
            return (200, ": hello\n\n" + new) if self.events else (404, error("none", "no events"))
        return self.take(desk, name, json.loads(body))

    def open(self, data):
        message = message_from_dict(data["message"])
        desk = Desk.open(self.key, message, self.now)
        room = desk.room.id
        self.desks[room] = desk
        seats = {name: secrets.token_urlsafe(32) for name in desk.room.players}
        watch = secrets.token_urlsafe(32)
        self.tokens |= {token: (room, name) for name, token in seats.items()}
        self.tokens[watch] = (room, None)
        opened = {"room": room, "operator": self.key.public, "seats": seats, "watch": watch}
        return 201, opened

    def state(self, desk, name):
        room = desk.room
        return {
            "room": room.id,
            "title": room.terms.data["title"],
            "phase": room.phase,
            "round": room.round,
            "deadline": room.deadline,
            "missing": list(desk.missing),
            "sent": list(desk.waiting),
            "you": name,
            "entries": len(room.entries),
            "head": room.head,
        }

    def take(self, desk, name, data):
        try:
            message = message_from_dict(data)
            if message.author != name:
                return 403, error("seat", "the token is of another seat")
            desk.take(message, self.now)
        except Refused as refused:
            return 409, error(refused.code, refused.message)
        except InputError as wrong:
            return 422, error("form", wrong.message)
        self.go_on(desk)
        return 200, {"held": name in desk.waiting, "entries": len(desk.room.entries)}

    def go_on(self, desk):
        desk.tick(self.now)
        room = desk.room
        if room.phase == "solving":
            body = json.loads(json.dumps(solve(room.terms, room.opened, room.round)))
            desk.propose(body, self.now)


def error(code, message):
    return {"error": {"code": code, "message": message, "place": "", "found": "", "expected": ""}}
