"""Rounds of talk: refusing costs time, and time brings parties closer.

While somebody refuses and rounds are left, reported facts and priors move towards the mean, or
towards what the shared evidence supports, and every tolerance of distance rises by a step; delay
discounts a negotiation. All of it follows from the constitution, so that anyone can replay it.
The rounds are our completion: Clifton (2021) says that the parties talk, and no more.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from comity.agreement.models.combine import combine
from comity.agreement.models.narrow import Flat, flat_blocks, with_blocks
from comity.cases import Constitution, Evidence, Talk
from comity.cases.constitution import FactRule
from comity.core.errors import InputError
from comity.games import Game


def revise(
    reports: Mapping[str, Game], constitution: Constitution, evidence: Sequence[Evidence] = ()
) -> dict[str, Game]:
    """Return the reports after one more round of talk.

    Facts and prior become ``(1 - w) own + w target`` with ``w = talk.revise``; the target is the
    mean, or with ``share_evidence`` the facts weighted by their fit to the evidence (then ``w`` is
    1 where none is stated). Tastes stay: on these each party is the authority.
    """
    talk = constitution.talk
    weight = talk.revise or (1.0 if talk.share_evidence and evidence else 0.0)
    if weight == 0:
        return dict(reports)
    target = flat_blocks(combine(reports, _meeting_point(constitution, evidence), evidence))
    return {name: _moved(report, target, weight) for name, report in reports.items()}


def check_talk(talk: Talk) -> None:
    """Raise `InputError` where a number of the talk is out of range."""
    rules = (
        ("rounds", talk.rounds, talk.rounds >= 0, "0 or more"),
        ("tolerance_step", talk.tolerance_step, talk.tolerance_step >= 0, "0 or more"),
        ("revise", talk.revise, 0 <= talk.revise <= 1, "a weight in [0, 1]"),
    )
    for name, found, holds, expected in rules:
        if not holds or not np.isfinite(found):
            raise InputError(
                "out of range", place=f"constitution.talk.{name}", found=found, expected=expected
            )


def _meeting_point(constitution: Constitution, evidence: Sequence[Evidence]) -> Constitution:
    by_evidence = constitution.talk.share_evidence and bool(evidence)
    facts: FactRule = "evidence" if by_evidence else "mean"
    return dataclasses.replace(
        constitution, facts=facts, prior="linear", tastes="own", normalise=False
    )


def _moved(report: Game, target: Mapping[str, Flat], weight: float) -> Game:
    own = {n: b.values for n, b in flat_blocks(report).items() if b.kind in ("facts", "prior")}
    return with_blocks(report, {n: v + weight * (target[n].values - v) for n, v in own.items()})
