"""A recorded proposal as plain JSON, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from comity.agreement.models.combine import combine
from comity.agreement.models.narrow import flat_blocks
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.solution import choose_notion
from comity.agreement.transcripts.optimality import play_faults
from comity.agreement.transcripts.wire import report_from_dict, report_to_dict
from comity.cases import Constitution, Evidence
from comity.core import Certified
from comity.core.results import plain
from comity.games import Game, Play
from comity.games.plays import play_from_dict
from comity.solutions import Solution

PRECISION = 1e-9


def proposal_to_dict(proposal: Proposal, notion: str) -> dict[str, Any]:
    """Return the common model, the play and its proof as plain JSON."""
    solution = proposal.solution
    data: dict[str, Any] = plain(
        {
            "notion": notion,
            "common": report_to_dict(proposal.common),
            "disagreement": solution.disagreement,
            "status": solution.status,
            "play": solution.play,
            "payoffs": solution.payoffs,
            "objective": solution.objective,
            "weights": solution.weights,
            "gap": solution.gap,
        }
    )
    return data


def recorded_solution(data: Mapping[str, Any]) -> Solution:
    """Return the solution that `proposal_to_dict` wrote."""
    payoffs, disagreement, weights = (
        np.array([np.nan if x is None else x for x in data[name]], dtype=float)
        for name in ("payoffs", "disagreement", "weights")
    )
    objective = np.nan if data["objective"] is None else float(data["objective"])
    return Solution(
        concept=data["notion"],
        status=data["status"],
        play=play_of(data["play"]),
        payoffs=payoffs,
        disagreement=disagreement,
        objective=objective,
        gap=_certified(data["gap"]),
        weights=weights,
    )


def replay_proposal(
    data: Mapping[str, Any],
    frame: Mapping[str, Any],
    reports: Mapping[str, Game],
    constitution: Constitution,
    evidence: Sequence[Evidence],
    delay: int,
) -> tuple[Proposal, list[str]]:
    """Return a recorded proposal as these reports should have led to it, and what is wrong with it.

    The reports are combined again, and the recorded play is held against its upper bounds.
    """
    common = delayed(combine(reports, constitution, evidence), delay)
    stated = flat_blocks(report_from_dict(frame, data["common"]))
    faults = []
    for name, block in flat_blocks(common).items():
        size = float(np.abs(block.values).max(initial=0.0))
        if not close(stated[name].values, block.values, size):
            faults.append(f"{name} of the common model does not follow from the reports")
    chosen = choose_notion(constitution, frame["players"])
    if data["notion"] != chosen:
        faults.append(f"the constitution picks {chosen}")
    solution = recorded_solution(data)
    faults += play_faults(common, constitution, chosen or data["notion"], solution)
    return Proposal(reports, common, solution, delay), faults


def play_of(data: Mapping[str, Any] | None) -> Play | None:
    """Return a recorded play; ``None`` where there is none."""
    return None if data is None else play_from_dict(dict(data))


def play_to_dict(play: Play | None) -> dict[str, Any] | None:
    """Return a play as plain JSON."""
    return None if play is None else play.to_dict()


def close(found: Any, expected: Any, unit: float = 1.0) -> bool:
    """Return whether numbers agree to 1e-9 of their size, or of a unit."""
    first, second = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    if first.shape != second.shape:
        return False
    return bool(np.all(np.abs(first - second) <= PRECISION * np.maximum(unit, np.abs(second))))


def _certified(data: Mapping[str, Any]) -> Certified:
    value = np.nan if data["value"] is None else float(data["value"])
    return Certified(value, data["kind"], data["method"])
