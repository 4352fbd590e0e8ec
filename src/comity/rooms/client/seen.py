"""An agreement as one party can see it: its own model, and the reports of all others."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from comity.agreement import (
    Agreement,
    Certificate,
    Decision,
    Proposal,
    actual_default,
    certify_agreement,
    decide,
    default_play,
)
from comity.agreement.certificate import mediator_assumed
from comity.agreement.defaults import play_payoffs
from comity.agreement.parties.protocol import COMPLY
from comity.agreement.transcripts.replay import play_of
from comity.cases import Case, Party
from comity.core.errors import InputError
from comity.rooms.protocol.checks import read_report
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.solving import proposal_and_faults

REASON_WORDS: Mapping[str, str] = {
    "gain": "It says that it gains less than by its default.",
    "distance": "It says that the reports lie too far from its own view.",
    "evidence": "It says that the data speak against the reports.",
    "rule": "A rule that anyone can check refuses for it.",
    "other": "It gives no reason of the rules.",
}
"""Reasons of a refusal in plain words."""


def agreement_as_seen(room: Room, own: Party) -> Agreement:
    """Return what a room led to, certified as far as one party alone can.

    The others' models are the reports they opened, which may not be what they hold. Costs the
    certificate of an agreement without its search for lies. Raises `InputError` where there was no
    proposal.
    """
    if not room.proposals or room.outcome is None:
        raise InputError("the room ended before there was a proposal", place="room.status")
    case = _case(room, own)
    proposal, _ = proposal_and_faults(room.terms, room.reports, room.round, room.proposals[-1])
    agreed = play_of(room.outcome["play"])
    play = agreed if agreed is not None else actual_default(case.models, case.constitution)
    found = Agreement(
        status=_status(room.outcome["status"]),  # type: ignore[arg-type]
        case=case,
        common=proposal.common,
        play=play,
        solution=room.proposals[-1]["notion"],
        disagreement=proposal.solution.disagreement,
        payoffs=play_payoffs(proposal.common, play),
        reports=proposal.reports,
        default_play=default_play(proposal.common, case.constitution),
        decisions=_decisions(room, own, proposal),
        certificate=None,
        transcript=_steps(room),
        assumptions=_assumptions(own, case),
        acts=dict.fromkeys(case.names, COMPLY),
        played=play,
        payoffs_played=play_payoffs(proposal.common, play),
    )
    certificate = certify_agreement(found, misreports="none")
    return dataclasses.replace(
        found,
        certificate=_as_reported(certificate, own.name),
        assumptions=(*found.assumptions, *mediator_assumed(found)),
    )


def _case(room: Room, own: Party) -> Case:
    terms = room.terms
    opened = {name: read_report(terms, room.opened[name]["report"]) for name in terms.players}
    parties = tuple(
        own if name == own.name else Party(name, model, about="As it reported itself.")
        for name, model in opened.items()
    )
    return Case(
        title=terms.data["title"],
        parties=parties,
        constitution=terms.constitution,
        summary=terms.data["summary"],
        evidence=terms.evidence,
    )


def _status(status: str) -> str:
    """Return how an agreement calls the end of a room that had a proposal."""
    return status if status in ("agreed", "no gain") else "refused"


def _decisions(room: Room, own: Party, proposal: Proposal) -> tuple[Decision, ...]:
    if proposal.solution.play is None:
        return ()
    constitution, evidence = room.terms.constitution, room.terms.evidence
    mine = decide(own.name, own.model, proposal, constitution, evidence).reasons
    found = []
    for name in room.players:
        answer = room.answers.get(name)
        if answer is None:
            found.append(Decision(name, False, ("Its answer was never seen.",)))
            continue
        told = tuple(REASON_WORDS[reason] for reason in answer["reasons"])
        found.append(Decision(name, answer["accepts"], mine if name == own.name else told))
    return tuple(found)


def _steps(room: Room) -> list[dict[str, Any]]:
    """Return the log in the words of a transcript: a step and a hash for each entry."""
    return [
        {
            "step": entry.index,
            "type": "solve" if entry.message.type == "proposal" else entry.message.type,
            "data": {"round": entry.message.round, "party": entry.message.author},
            "hash": entry.hash,
        }
        for entry in room.entries
    ]


def _assumptions(own: Party, case: Case) -> tuple[str, ...]:
    others = ", ".join(name for name in case.names if name != own.name)
    return (
        f"The views of {others} are what they reported, which need not be what they hold.",
        "Each keeps to what it agreed to.",
    )


def _as_reported(certificate: Certificate, own: str) -> Certificate:
    """Return the certificate with the others' own figures named as what they are: reported."""
    gains = dict(certificate.gain_private)
    for name in gains.keys() - {own}:
        method = gains[name].method.replace("its own model", "its report")
        gains[name] = dataclasses.replace(gains[name], method=method)
    return dataclasses.replace(certificate, gain_private=gains)
