"""Scripted parties who meet over HTTP."""

from __future__ import annotations

import secrets
import time

import httpx

from comity.agreement import make_party
from comity.cases import Case
from comity.rooms.protocol.keys import Key, new_secret
from comity.rooms.protocol.messages import Message, entry_from_dict
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.terms import Terms

PATIENCE = 60.0


def opening(case: Case, room: str | None = None, deadlines=None) -> Message:
    """The message that opens a room."""
    return Message.signed(
        Key(secrets.token_bytes(32)),
        room=room or secrets.token_hex(16),
        type="propose",
        body={"terms": dict(Terms.of(case, deadlines).data)},
    )


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


class Meeting:
    """One room with the parties of a Case, over a client whose base URL is a server's."""

    def __init__(self, client: httpx.Client, case: Case, deadlines=None) -> None:
        self.client, self.case = client, case
        self.opening = opening(case, deadlines=deadlines)
        answer = client.post("/api/rooms", json={"message": self.opening.to_dict()})
        assert answer.status_code == 201, answer.text
        self.opened = answer.json()
        self.id = self.opened["room"]
        self.path = f"/api/rooms/{self.id}"
        self.tokens = {**self.opened["seats"], None: self.opened["watch"]}
        self.seats = {
            party.name: Seat(party, make_party(party.kind, party.options), new_secret(), self.id)
            for party in case.parties
        }

    def get(self, path: str = "", name: str | None = None, **options) -> httpx.Response:
        """What somebody reads; the one who watches unless a party is named."""
        return self.client.get(self.path + path, headers=bearer(self.tokens[name]), **options)

    def state(self, name: str | None = None) -> dict:
        answer = self.get(name=name)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def log(self) -> dict:
        return self.get("/log").json()

    def room(self) -> Room:
        """The room as a party folds it, checking every entry."""
        log = self.log()
        room = Room(log["operator"])
        for entry in log["entries"]:
            room.add(entry_from_dict(entry))
        return room

    def send(self, message: Message, name: str | None = None) -> httpx.Response:
        """Send a message with the token of its author, or of another."""
        headers = bearer(self.tokens[message.author if name is None else name])
        return self.client.post(f"{self.path}/messages", json=message.to_dict(), headers=headers)

    def move(self, name: str) -> httpx.Response:
        """Let a party send what it would."""
        message = self.seats[name].next(self.room())
        assert message is not None
        return self.send(message)

    def until(self, *phases: str, silent: tuple[str, ...] = ()) -> dict:
        """Play until a phase begins, or the room ends; return where it stands then."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = self.state()
            if state["phase"] in (*phases, "ended"):
                return state
            moving = [name for name in state["missing"] if name not in silent]
            for name in moving:
                assert self.move(name).status_code == 200
            if not moving:
                time.sleep(0.02)
        raise AssertionError(f"the room stays {state['phase']}")

    def outcome(self) -> dict:
        body = self.log()["entries"][-1]["message"]["body"]
        assert "status" in body
        return body
