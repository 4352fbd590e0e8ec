"""What parties answer to: the reports, the model made of them and the play it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.agreement.models.combine import combine
from comity.agreement.solution import apply_solution
from comity.cases import Constitution, Evidence
from comity.games import Game, Negotiation
from comity.solutions import Solution


@dataclass(frozen=True)
class Proposal:
    """The play that follows from the reports.

    Attributes
    ----------
    reports : by party, as revised in the talk so far.
    common : the combined model, as it is worth after the delay.
    solution : the play, its payoffs under the common model, and its proof.
    delay : rounds of talk before it.
    """

    reports: Mapping[str, Game]
    common: Game
    solution: Solution
    delay: int = 0


def propose(
    reports: Mapping[str, Game],
    constitution: Constitution,
    evidence: Sequence[Evidence] = (),
    delay: int = 0,
    notion: str | None = None,
) -> Proposal:
    """Return what the constitution makes of the reports after a delay in rounds."""
    common = delayed(combine(reports, constitution, evidence), delay)
    return Proposal(reports, common, apply_solution(common, constitution, notion), delay)


def delayed(model: Game, rounds: int) -> Game:
    """Return the model as it is worth after some rounds; only a negotiation loses by delay."""
    if not rounds or not isinstance(model, Negotiation):
        return model
    return model.delayed(rounds)
