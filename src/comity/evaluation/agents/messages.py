"""What an agent of another maker is told, and how its answers are read: plain JSON.

A message holds what a party of the protocol knows and no more: its own view, what is public, and
the same in plain words for agents that read. Answers are checked entry by entry.

=========  ===================================================================
move       answer
=========  ===================================================================
report     ``{"report": {"blocks": {NAME: [...]}}}``; a block that is left out
           is as in one's own view, so ``{"report": {}}`` is honest; ``null``
           instead takes no part
respond    ``{"accept": true}``, with a ``reason`` if it likes
act        ``{"act": "comply"}``, or the name of an action
=========  ===================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.agreement.acceptance import findings
from comity.agreement.parties import Context
from comity.agreement.proposal import Proposal
from comity.agreement.results import Decision
from comity.agreement.transcripts.wire import (
    constitution_to_dict,
    evidence_to_list,
    report_from_dict,
    report_to_dict,
)
from comity.core.errors import ComityError
from comity.core.results import plain
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.summary import say_act, say_report, say_respond
from comity.games import Game, Lottery, NormalForm, Play

VERSION = "comity agent 1"
MOVES = ("report", "respond", "act")


def report_message(context: Context) -> dict[str, Any]:
    """Return what is asked before anyone reports."""
    return _message("report", context, say_report(context))


def respond_message(context: Context, proposal: Proposal) -> dict[str, Any]:
    """Return what is asked once all reports are in."""
    play = proposal.solution.play
    found = findings(context.name, context.model, proposal, context.constitution, context.evidence)
    told = {
        "reports": {name: report_to_dict(report) for name, report in proposal.reports.items()},
        "play": plain(play),
        "words": describe(context.model, play),
        "delay": proposal.delay,
        "gain": context.gain(play),
        "rules": {
            "accept": all(finding.holds for finding in found),
            "reasons": [finding.sentence for finding in found],
        },
    }
    return {**_message("respond", context, say_respond(context, told)), "proposal": told}


def act_message(context: Context, play: Play | None) -> dict[str, Any]:
    """Return what is asked at the end; ``play`` is ``null`` where nothing was agreed."""
    model = context.model
    acts = ["comply", *(model.actions[context.place] if isinstance(model, NormalForm) else ())]
    told = {"play": plain(play), "words": describe(model, play), "acts": acts}
    return {**_message("act", context, say_act(context, told)), **told}


def _message(move: str, context: Context, summary: str) -> dict[str, Any]:
    party = context.party
    return {
        "version": VERSION,
        "move": move,
        "you": context.name,
        "summary": summary,
        "frame": context.model.frame(),
        "view": report_to_dict(context.model),
        "uncertainty": {name: plain(np.asarray(sd)) for name, sd in party.uncertainty.items()},
        "constitution": constitution_to_dict(context.constitution),
        "evidence": evidence_to_list(context.evidence),
        "history": plain(list(context.history)),
        "remaining": context.remaining,
        "seed": context.seed,
    }


def describe(model: Game, play: Play | None) -> list[dict[str, Any]]:
    """Return the outcomes of a play in words, each with its chance."""
    if play is None:
        return []
    lottery = play if isinstance(play, Lottery) else play.to_lottery()
    return [
        {"chance": float(chance), "outcome": model.describe(outcome)}
        for outcome, chance in zip(lottery.outcomes, lottery.probabilities, strict=True)
    ]


def read_report(answer: Any, context: Context) -> Game | None:
    """Return the model that an answer states, or ``None`` where it takes no part."""
    if answer is None:
        return None
    stated = _entry(answer, "report")
    if stated is None:
        return None
    if not isinstance(stated, Mapping):
        raise _nonsense("report", stated, "a table or null")
    own = report_to_dict(context.model)
    blocks = stated.get("blocks", {})
    if not isinstance(blocks, Mapping):
        raise _nonsense("report.blocks", blocks, "a table")
    data = {**own, **stated, "blocks": {**own["blocks"], **blocks}}
    try:
        return report_from_dict(context.model.frame(), data)
    except (ComityError, ValueError, TypeError) as error:
        raise AgentFault("nonsense", str(error)) from error


def read_decision(answer: Any, context: Context) -> Decision:
    """Return the decision that an answer states."""
    accepts = _entry(answer, "accept")
    if not isinstance(accepts, bool):
        raise _nonsense("accept", accepts, "true or false")
    reason = answer.get("reason", "")
    if not isinstance(reason, str):
        raise _nonsense("reason", reason, "a text")
    return Decision(context.name, accepts, (reason,) if reason else ())


def read_act(answer: Any) -> str:
    """Return the act that an answer names."""
    act = _entry(answer, "act")
    if not isinstance(act, str):
        raise _nonsense("act", act, "comply, or the name of an action")
    return act


def _entry(answer: Any, name: str) -> Any:
    if not isinstance(answer, Mapping) or name not in answer:
        raise _nonsense("answer", answer, f"a table with the entry {name}")
    return answer[name]


def _nonsense(place: str, found: Any, expected: str) -> AgentFault:
    return AgentFault("nonsense", f"{place}: found {str(found)[:60]!r}, expected {expected}")
