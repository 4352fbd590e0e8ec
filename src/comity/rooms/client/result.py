"""What a party holds after a room: the outcome, its own gain, and the log that proves both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from comity.agreement import Agreement, Context, default_payoffs
from comity.agreement.defaults import play_payoffs
from comity.agreement.parties import PartyBehaviour
from comity.agreement.proposal import delayed
from comity.agreement.transcripts.replay import play_of
from comity.agreement.transcripts.transcript import Verification
from comity.cases import Party
from comity.core import Certified, Result
from comity.core.errors import InputError
from comity.games import Negotiation, Play
from comity.rooms.client.lots import gain_of
from comity.rooms.client.seen import agreement_as_seen
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.verification import log_to_dict, verify_log


@dataclass(frozen=True)
class RoomResult(Result):
    """How a room ended for one party.

    Attributes
    ----------
    room, party : where, and for whom.
    status : ``agreed``, or why not: ``refused``, ``no gain``, ``declined``, ``left``, ``expired``,
        ``unsolved``.
    missing : who left, or was missing at a deadline.
    play : what was agreed; ``None`` without agreement.
    drawn : the outcome that was drawn from it, by the nonces of all.
    worth : what the agreed play is worth by one's own model.
    default : what one's default promises by one's own model.
    gain : the difference; what one has from the room, before anything is drawn.
    drawn_gain : the same of the outcome that was drawn.
    optimality_gap : how far the play could be from the best one by the common model.
    act : what the behaviour does now: ``comply``, or the action it takes instead.
    verification : whether the whole log holds.
    log : the log as plain JSON; `verify_log` checks it anywhere.
    own : one's own entry of the Case, which nobody else has.
    folded : the room that the log leads to.
    """

    room: str
    party: str
    status: str
    missing: tuple[str, ...]
    play: Play | None
    drawn: tuple[int, ...] | None
    worth: Certified
    default: Certified
    gain: Certified
    drawn_gain: Certified
    optimality_gap: Certified
    act: str
    verification: Verification
    log: Mapping[str, Any] = field(repr=False)
    own: Party = field(repr=False)
    folded: Room = field(repr=False)

    @cached_property
    def agreement(self) -> Agreement:
        """The agreement with its certificate, by one's own model and the reports of the others.

        Raises `InputError` where the room ended before there was a proposal.
        """
        return agreement_as_seen(self.folded, self.own)

    def page(self) -> str:
        """Return the report page, as one HTML page that needs nothing else."""
        from comity.agreement import compare
        from comity.agreement.report import gather, render_page

        agreement = self.agreement
        return render_page(gather(agreement, compare(agreement.case)))


def result_of(room: Room, own: Party, behaviour: PartyBehaviour, context: Context) -> RoomResult:
    """Return how a room that has ended ended for one party; costs one solution per proposal."""
    outcome = room.outcome
    if outcome is None:
        raise InputError("the room has not ended", place="room.phase", found=room.phase)
    log = log_to_dict(room)
    play = play_of(outcome["play"])
    worth, default = _figures(room, context, play)
    return RoomResult(
        room=room.id,
        party=own.name,
        status=outcome["status"],
        missing=tuple(outcome["missing"]),
        play=play,
        drawn=tuple(outcome["draw"]["outcome"]) if outcome["draw"] else None,
        worth=worth,
        default=default,
        gain=_gain(worth, default, context),
        drawn_gain=_drawn_gain(room, context),
        optimality_gap=_gap(room),
        act=behaviour.act(context, play),
        verification=verify_log(log, operator=room.operator),
        log=log,
        own=own,
        folded=room,
    )


def _figures(room: Room, context: Context, play: Play | None) -> tuple[Certified, Certified]:
    model = delayed(context.model, room.round if play is not None else 0)
    promised = float(default_payoffs(model, context.constitution)[context.place])
    default = Certified.exact(promised, "what the default promises by the own model")
    if play is None:
        return Certified.unknown("nothing was agreed"), default
    found = float(play_payoffs(model, play)[context.place])
    return Certified.exact(found, "expected payoff by the own model"), default


def _gain(worth: Certified, default: Certified, context: Context) -> Certified:
    if worth.kind == "exact":
        return Certified.exact(worth.value - default.value, "worth less default, by the own model")
    if isinstance(context.model, Negotiation):
        return Certified.exact(0.0, "nothing was agreed, and nobody acts without a deal")
    return Certified.unknown("nothing was agreed; what follows depends on the others' defaults")


def _drawn_gain(room: Room, context: Context) -> Certified:
    draw = room.outcome["draw"] if room.outcome else None
    if draw is None:
        return Certified.unknown("nothing was drawn")
    found = gain_of(context, draw["outcome"], room.round)
    return Certified.exact(found, "worth of the outcome drawn less default, by the own model")


def _gap(room: Room) -> Certified:
    if not room.proposals:
        return Certified.unknown("there was no proposal")
    gap = room.proposals[-1]["gap"]
    value = float("nan") if gap["value"] is None else float(gap["value"])
    return Certified(value, gap["kind"], gap["method"])
