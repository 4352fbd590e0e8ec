"""A party's side of one room: what to send next, by its own model, which never leaves it.

A seat checks all that the operator says before it goes on: the log, and that the proposal follows
from the reports. All its secrets follow from one, so that it can go on after a crash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.agreement import Context, Decision, PartyBehaviour, Proposal
from comity.agreement.acceptance import findings
from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import Party
from comity.core.errors import ComityError, InputError
from comity.games import Game
from comity.rooms.protocol.bodies import LONGEST_TEXT
from comity.rooms.protocol.commitments import draw_part, report_commitment
from comity.rooms.protocol.keys import Key, derived
from comity.rooms.protocol.messages import PROTOCOL, Message
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.solving import proposal_and_faults
from comity.rooms.protocol.terms import UNREADABLE, Terms

REASON_OF_RULE = {"gain": "gain", "private": "distance", "public": "rule", "evidence": "rule"}


@dataclass
class Seat:
    """One party at the table.

    Attributes
    ----------
    party : its own entry of the Case.
    behaviour : how it reports and responds.
    secret : 64 hexadecimal digits from which its key and nonces follow.
    room : the room's name, 32 hexadecimal digits.
    """

    party: Party
    behaviour: PartyBehaviour
    secret: str = field(repr=False)
    room: str
    _hashes: list[str] = field(default_factory=list, init=False, repr=False)

    @property
    def name(self) -> str:
        """The party's name."""
        return self.party.name

    @property
    def key(self) -> Key:
        """Its key in this room."""
        return Key(derived(self.secret, PROTOCOL, self.room, self.name, "key"))

    def next(self, room: Room) -> Message | None:
        """Return what the party sends now, or ``None`` while it waits for others.

        Raises `InputError` where its model does not fit the terms, and where the log is not the one
        it was shown before.
        """
        self._check_log(room)
        move = {
            "joining": self._join,
            "committing": self._commit,
            "revealing": self._reveal,
            "answering": self._answer,
        }.get(room.phase)
        return move(room) if move is not None and self.name in room.missing else None

    def context(self, terms: Terms) -> Context:
        """Return what its behaviour knows."""
        seed = int.from_bytes(derived(self.secret, PROTOCOL, self.room, self.name, "chance")[:6])
        return Context(self.party, terms.constitution, terms.evidence, seed)

    def say(self, room: Room, act: str, about: str = "", text: str = "") -> Message:
        """Return a message of talk."""
        return self._message(room, "say", {"act": act, "about": about, "text": text})

    def leave(self, room: Room, text: str = "") -> Message:
        """Return the message that walks away."""
        return self._message(room, "leave", {"text": text})

    def answer(self, room: Room, accepts: bool, reasons: tuple[str, ...] = ()) -> Message:
        """Return an answer to the proposal."""
        body = {
            "accepts": accepts,
            "reasons": list(reasons),
            "draw": self._nonce(room, "draw", room.round) if accepts else None,
            "text": "",
        }
        return self._message(room, "answer", body)

    def proposal(self, room: Room) -> tuple[Proposal, list[str]]:
        """Return the proposal on the table, and what in it does not follow from the reports."""
        return proposal_and_faults(room.terms, room.reports, room.round, room.proposals[-1])

    def _check_log(self, room: Room) -> None:
        """Raise `InputError` where the operator tells another story than before."""
        if room.entries and room.id != self.room:
            raise InputError("the log is of another room", place="log", found=room.id)
        both = min(len(room.entries), len(self._hashes))
        if both and room.entries[both - 1].hash != self._hashes[both - 1]:
            raise InputError(
                "the operator has shown another log before", place=f"entries[{both - 1}]"
            )
        self._hashes += [entry.hash for entry in room.entries[len(self._hashes) :]]
        if room.keys.get(self.name, self.key.public) != self.key.public:
            raise InputError("another key holds the seat", place=f"seats.{self.name}")

    def _join(self, room: Room) -> Message:
        if self.party.model.frame() != room.terms.frame:
            raise InputError(
                "the model is on another frame than the terms", place=f"parties.{self.name}"
            )
        if self._report(room.terms) is None:
            return self.leave(room)
        return self._message(room, "join", {"terms": room.terms.hash, "operator": room.operator})

    def _commit(self, room: Room) -> Message:
        terms = room.terms
        parts = (self._nonce(room, "draw", k) for k in range(terms.rounds + 1))
        report, nonce = self._stated(terms), self._nonce(room, "report", 0)
        body = {
            "report": report_commitment(room.id, terms.hash, self.name, report, nonce),
            "draws": [
                draw_part(room.id, terms.hash, self.name, part, k) for k, part in enumerate(parts)
            ],
        }
        return self._message(room, "commit", body)

    def _reveal(self, room: Room) -> Message:
        body = {"report": self._stated(room.terms), "nonce": self._nonce(room, "report", 0)}
        return self._message(room, "reveal", body)

    def _answer(self, room: Room) -> Message:
        try:
            proposal, faults = self.proposal(room)
        except (ComityError, *UNREADABLE) as error:
            return self.leave(room, f"The proposal cannot be read: {error}."[:LONGEST_TEXT])
        if faults:
            words = f"The proposal does not follow from the reports: {faults[0]}."
            return self.leave(room, words[:LONGEST_TEXT])
        context = self.context(room.terms)
        answer = self.behaviour.respond(context, proposal)
        reasons = self._reasons(answer, context, proposal)
        return self.answer(room, not reasons, reasons)

    def _reasons(self, answer: Decision, context: Context, proposal: Proposal) -> tuple[str, ...]:
        """Return why it refuses; a rule that all can check refuses for it."""
        found = findings(self.name, context.model, proposal, context.constitution, context.evidence)
        broken = [finding for finding in found if not finding.holds]
        if answer.accepts:
            broken = [finding for finding in broken if finding.public]
            return ("rule",) if broken else ()
        names = dict.fromkeys(REASON_OF_RULE[finding.rule] for finding in broken)
        return tuple(names) or ("other",)

    def _report(self, terms: Terms) -> Game | None:
        return self.behaviour.report(self.context(terms))

    def _stated(self, terms: Terms) -> dict[str, Any]:
        report = self._report(terms)
        if report is None or report.frame() != terms.frame:
            raise InputError("a report is not on the common frame", place=f"reports.{self.name}")
        return report_to_dict(report)

    def _nonce(self, room: Room, use: str, round_: int) -> str:
        words = (PROTOCOL, self.room, self.name, use, round_, room.seated)
        return derived(self.secret, *words).hex()

    def _message(self, room: Room, kind: str, body: Mapping[str, Any]) -> Message:
        return Message.signed(
            self.key,
            room=room.id,
            type=kind,
            body=body,
            author=self.name,
            round=room.round,
            after=room.anchor,
        )
