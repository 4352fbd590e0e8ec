"""When a party accepts: every rule of the constitution, with its figure and tolerance.

The rules protect each other: distance is evidence of lying (Clifton 2021), but an honest party
that trusts distance alone can be left below its default, which the gain rule prevents as far as
its own model is right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from comity.agreement.defaults import default_payoffs
from comity.agreement.models.divergence import decision_loss, divergence
from comity.agreement.models.evidence import evidence_loss
from comity.agreement.models.narrow import flat_blocks, with_blocks
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.results import Decision
from comity.cases import AcceptanceRule, Constitution, Evidence
from comity.core.choices import pick
from comity.core.errors import InputError
from comity.games import Game

SLACK = 1e-9
"""Rounding that no rule stumbles over, relative to the size of its tolerance."""

PUBLIC_RULES = ("public", "evidence")
"""Rules that anyone can check from the reports."""


@dataclass(frozen=True)
class Finding:
    """What one rule found.

    Attributes
    ----------
    rule, divergence : the rule, and its measure where it has one.
    figure : what was measured.
    tolerance : the largest figure that passes.
    holds : whether it passes.
    public : whether it follows from the reports alone.
    sentence : all of it in words.
    """

    rule: str
    divergence: str
    figure: float
    tolerance: float
    holds: bool
    public: bool
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON; the figure of a private rule stays with its party."""
        shown = {"figure": self.figure} if self.public else {}
        return {
            "rule": self.rule,
            "divergence": self.divergence,
            "tolerance": self.tolerance,
            "holds": self.holds,
            "public": self.public,
            **shown,
        }


def decide(
    party: str,
    model: Game,
    proposal: Proposal,
    constitution: Constitution,
    evidence: Sequence[Evidence] = (),
) -> Decision:
    """Return whether a party with this model accepts, with a sentence per rule."""
    found = findings(party, model, proposal, constitution, evidence)
    reasons = tuple(finding.sentence for finding in found)
    return Decision(party, all(finding.holds for finding in found), reasons)


def findings(
    party: str,
    model: Game,
    proposal: Proposal,
    constitution: Constitution,
    evidence: Sequence[Evidence] = (),
) -> tuple[Finding, ...]:
    """Return what each rule of the constitution finds for a party with this model."""
    question = _Question(party, model, proposal, constitution, tuple(evidence))
    return tuple(_finding(rule, question) for rule in constitution.acceptance)


def public_findings(
    party: str, proposal: Proposal, constitution: Constitution, evidence: Sequence[Evidence] = ()
) -> tuple[Finding, ...]:
    """Return what the rules that anyone can check find for a party."""
    question = _Question(party, proposal.reports[party], proposal, constitution, tuple(evidence))
    rules = (rule for rule in constitution.acceptance if rule.rule in PUBLIC_RULES)
    return tuple(_finding(rule, question) for rule in rules)


@dataclass(frozen=True)
class _Question:
    party: str
    model: Game
    proposal: Proposal
    constitution: Constitution
    evidence: tuple[Evidence, ...]

    @property
    def others(self) -> list[str]:
        return [name for name in self.model.players if name != self.party]


def _finding(rule: AcceptanceRule, question: _Question) -> Finding:
    measure = pick(RULES, rule.rule, "no such acceptance rule", "constitution.acceptance")
    figure, words = measure(rule, question)
    limit = rule.tolerance
    if rule.rule in ("public", "private"):
        limit += question.constitution.talk.tolerance_step * question.proposal.delay
    holds = figure <= limit + SLACK * max(1.0, abs(limit))
    verdict = "within" if holds else "beyond"
    sentence = f"{words}, {verdict} the tolerance of {limit:.4g}."
    kind = rule.divergence if rule.rule in ("public", "private") else ""
    return Finding(rule.rule, kind, figure, limit, holds, rule.rule in PUBLIC_RULES, sentence)


def _public(rule: AcceptanceRule, question: _Question) -> tuple[float, str]:
    return _distance(rule, question, question.proposal.reports[question.party], "its report")


def _private(rule: AcceptanceRule, question: _Question) -> tuple[float, str]:
    return _distance(rule, question, question.model, "its own model")


def _distance(
    rule: AcceptanceRule, question: _Question, model: Game, whose: str
) -> tuple[float, str]:
    if rule.divergence == "decision":
        return _decision(question, model, whose)
    reports = question.proposal.reports
    # Raw distances compare no tastes that owners state; all others depend on them.
    value = (lambda view: view) if rule.divergence == "raw" else _stated_tastes(question)
    shared = value(model)
    gaps = {
        name: divergence(rule.divergence, shared, value(reports[name]), question.constitution)
        for name in question.others
    }
    far = max(gaps, key=lambda name: gaps[name])
    measure = f"{rule.divergence} divergence"
    return gaps[far], f"The {measure} of the report of {far} from {whose} is {gaps[far]:.4g}"


def _decision(question: _Question, model: Game, whose: str) -> tuple[float, str]:
    shown = delayed(model, question.proposal.delay)
    loss = decision_loss(
        question.party,
        shown,
        _worth(question, shown),
        question.constitution,
        question.evidence,
    )
    return loss, f"By {whose} the reports of the others cost it {loss:.4g}"


def _gain(rule: AcceptanceRule, question: _Question) -> tuple[float, str]:
    model = delayed(question.model, question.proposal.delay)
    i = model.players.index(question.party)
    worth = float(_worth(question, model)[i])
    default = float(default_payoffs(model, question.constitution)[i])
    change = f"a gain of {worth - default:.4g}"
    if worth < default:
        change = f"a loss of {default - worth:.4g}"
    words = f"By its own model the play is worth {worth:.4g} and its default {default:.4g}"
    return default - worth, f"{words}: {change}"


def _evidence(rule: AcceptanceRule, question: _Question) -> tuple[float, str]:
    if not question.evidence:
        raise InputError(
            "a rule asks for shared evidence, and there is none",
            place="constitution.acceptance",
            found="evidence",
            expected="one [[evidence]] or more",
        )
    reports = question.proposal.reports
    losses = {name: evidence_loss(reports[name], question.evidence) for name in reports}
    worst = max(question.others, key=lambda name: losses[name])
    margin = losses[worst] - losses[question.party]
    words = f"The report of {worst} explains the shared evidence worse than its own by"
    return margin, f"{words} {margin:.4g} nats"


def _worth(question: _Question, model: Game) -> Any:
    """Return what the proposed play is worth by a model, shape (n,)."""
    play = question.proposal.solution.play
    return default_payoffs(model, question.constitution) if play is None else model.payoffs(play)


def _stated_tastes(question: _Question) -> Callable[[Game], Game]:
    """Value every report with the tastes that their owners state, so that distance is mutual."""
    if question.constitution.tastes != "own":
        return lambda view: view
    reports = question.proposal.reports
    names = ((f"tastes[{name}]", flat_blocks(reports[name])) for name in question.model.players)
    stated = {block: blocks[block].values for block, blocks in names}
    return lambda view: with_blocks(view, stated)


RULES: dict[str, Callable[[AcceptanceRule, _Question], tuple[float, str]]] = {
    "public": _public,
    "private": _private,
    "gain": _gain,
    "evidence": _evidence,
}
