"""From opened reports to a proposal, and whether a proposal follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.agreement import Proposal, propose
from comity.agreement.acceptance import public_findings
from comity.agreement.transcripts.replay import close, proposal_to_dict, replay_proposal
from comity.core import canonical_json
from comity.core.results import plain
from comity.games import Game
from comity.rooms.protocol.checks import revised
from comity.rooms.protocol.terms import Terms

FIGURES = ("figure", "tolerance")


def solve(terms: Terms, opened: Mapping[str, Mapping[str, Any]], round_: int) -> dict[str, Any]:
    """Return the body of the proposal that opened reports lead to after rounds of talk.

    Costs one solution of the common model; all that is heavy in a room happens here.
    """
    reports = revised(terms, opened, round_)
    proposal = propose(reports, terms.constitution, terms.evidence, round_, terms.notion)
    body = proposal_to_dict(proposal, terms.notion)
    return {**body, "public": _public(terms, proposal)}


def proposal_and_faults(
    terms: Terms, reports: Mapping[str, Game], round_: int, body: Mapping[str, Any]
) -> tuple[Proposal, list[str]]:
    """Return a stated proposal as an object, and what in it does not follow from the reports."""
    proposal, faults = replay_proposal(
        body, terms.frame, reports, terms.constitution, terms.evidence, round_
    )
    if proposal.solution.play is not None:
        found = _public(terms, proposal)
        faults += [
            f"the rules that anyone can check give another answer for {name}"
            for name in terms.players
            if not _same(found[name], body["public"].get(name))
        ]
    return proposal, faults


def _public(terms: Terms, proposal: Proposal) -> dict[str, Any]:
    """Return what the rules that anyone can check find for each party."""
    if proposal.solution.play is None:
        return {name: [] for name in terms.players}
    data: dict[str, Any] = plain(
        {
            name: list(public_findings(name, proposal, terms.constitution, terms.evidence))
            for name in terms.players
        }
    )
    return data


def _same(found: list[dict[str, Any]], stated: Any) -> bool:
    """Compare findings; figures to 1e-9 of their size, everything else exactly."""
    if not isinstance(stated, list) or len(stated) != len(found):
        return False
    return all(map(_same_finding, found, stated))


def _same_finding(mine: dict[str, Any], other: Any) -> bool:
    if not isinstance(other, dict) or set(mine) != set(other):
        return False
    for name, value in mine.items():
        exact = canonical_json(value) == canonical_json(other[name])
        if not exact and not (name in FIGURES and close(other[name], value)):
            return False
    return True
