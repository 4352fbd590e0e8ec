"""One encounter: the protocol without its transcript, and what came of it by the truth.

A bench runs the protocol thousands of times and needs its outcome alone. `comity.agreement.agree`
gives the same outcome; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from comity.agreement.acceptance import public_findings
from comity.agreement.defaults import play_payoffs
from comity.agreement.parties import COMPLY, Context, PartyBehaviour, Past
from comity.agreement.proposal import Proposal, delayed, propose
from comity.agreement.settle import Table
from comity.agreement.talk import revise
from comity.core import spawn_seeds
from comity.core.errors import ComityError
from comity.evaluation.suite.family import Variant
from comity.games import Game, Lottery, MixedProfile, NormalForm, Play

Status = Literal["agreed", "refused", "declined", "no gain", "unusable"]
"""As in `Agreement`; ``unusable`` where the reports cannot be combined under the constitution."""

KEPT = 64
"""Proposals that a stage remembers: honest parties state the same models again and again."""


@dataclass(frozen=True)
class Met:
    """What came of one encounter, by the truth.

    Attributes
    ----------
    status : how it ended.
    gains : shape (n,), true payoffs of what was played over those of the default rules.
    effects : shape (b,), the same for each bystander.
    past : what all saw of it.
    """

    status: Status
    gains: np.ndarray
    effects: np.ndarray
    past: Past


class Stage:
    """A variant on which parties meet again and again, with what is known of it kept."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.table = Table.of(variant.case)
        self.fallback = play_payoffs(variant.truth, self.table.default)
        self.seeds = spawn_seeds(variant.seed, len(variant.case.parties))
        self._unaffected = _effects(variant.truth, self.table.default)
        self._proposals: dict[tuple[int, ...], Proposal] = {}

    def contexts(self, history: Sequence[Past] = (), remaining: int = 0) -> dict[str, Context]:
        """Return what each party knows; the same chance for all who ever take its seat."""
        case = self.variant.case
        return {
            p.name: Context(p, case.constitution, case.evidence, seed, tuple(history), remaining)
            for p, seed in zip(case.parties, self.seeds, strict=True)
        }

    def meet(
        self,
        behaviours: Mapping[str, PartyBehaviour],
        contexts: Mapping[str, Context],
        reports: Mapping[str, Game | None] | None = None,
    ) -> Met:
        """Run the protocol once; ``reports`` replaces asking those it names."""
        known = reports or {}
        stated = {
            name: known[name] if name in known else behaviours[name].report(contexts[name])
            for name in self.table.names
        }
        present = {name: report for name, report in stated.items() if report is not None}
        if len(present) < len(stated):
            return self._end("declined", None, {}, behaviours, contexts)
        try:
            status, proposal, accepted = self._negotiate(present, behaviours, contexts)
        except ComityError:
            return self._end("unusable", None, {}, behaviours, contexts)
        agreed = proposal if status == "agreed" else None
        return self._end(status, agreed, accepted, behaviours, contexts)

    def _negotiate(
        self,
        reports: Mapping[str, Game],
        behaviours: Mapping[str, PartyBehaviour],
        contexts: Mapping[str, Context],
    ) -> tuple[Status, Proposal, dict[str, bool]]:
        rules, evidence = self.table.constitution, self.table.evidence
        accepted: dict[str, bool] = {}
        for delay in range(rules.talk.rounds + 1):
            reports = revise(reports, rules, evidence) if delay else reports
            proposal = self._propose(reports, delay)
            if proposal.solution.play is None:
                return "no gain", proposal, {}
            accepted = {
                name: self._accepts(name, behaviours[name], contexts[name], proposal)
                for name in self.table.names
            }
            if all(accepted.values()):
                return "agreed", proposal, accepted
        return "refused", proposal, accepted

    def _accepts(
        self, name: str, behaviour: PartyBehaviour, context: Context, proposal: Proposal
    ) -> bool:
        """Return a party's answer; a rule that all can check binds whatever it says."""
        if not behaviour.respond(context, proposal).accepts:
            return False
        public = public_findings(name, proposal, self.table.constitution, self.table.evidence)
        return all(finding.holds for finding in public)

    def _propose(self, reports: Mapping[str, Game], delay: int) -> Proposal:
        key = (*(id(report) for report in reports.values()), delay)
        if key not in self._proposals:
            if len(self._proposals) >= KEPT:
                self._proposals.clear()
            # A proposal keeps its reports alive, so that their identities stay theirs.
            rules, evidence = self.table.constitution, self.table.evidence
            self._proposals[key] = propose(dict(reports), rules, evidence, delay)
        return self._proposals[key]

    def _end(
        self,
        status: Status,
        proposal: Proposal | None,
        accepted: Mapping[str, bool],
        behaviours: Mapping[str, PartyBehaviour],
        contexts: Mapping[str, Context],
    ) -> Met:
        agreed = proposal.solution.play if proposal else None
        acts = {name: behaviours[name].act(contexts[name], agreed) for name in self.table.names}
        binding = self.table.constitution.enforcement == "binding"
        play = agreed
        if agreed is None:
            play = _unagreed(self.table, acts)
        elif not binding:
            play = _after_breaches(self.table, agreed, acts)
        truth = delayed(self.variant.truth, proposal.delay if proposal else 0)
        left = proposal is not None and play is None
        gains = play_payoffs(self.variant.truth if left else truth, play) - self.fallback
        effects = _effects(truth, play) - self._unaffected
        return Met(status, gains, effects, Past(status, dict(accepted), acts))


def _effects(truth: Game, play: Play | None) -> np.ndarray:
    """Return what a play does to each bystander, shape (b,); nothing without a deal."""
    return np.zeros(len(truth.bystanders)) if play is None else truth.effects(play)


def _unagreed(table: Table, acts: Mapping[str, str]) -> Play | None:
    """Return the defaults, with the actions that parties choose instead."""
    if not isinstance(table.default, MixedProfile):
        return table.default
    strategies = list(table.default.strategies)
    for i, (name, model) in enumerate(table.models.items()):
        names = model.actions[i] if isinstance(model, NormalForm) else ()
        if acts[name] in names:
            strategies[i] = np.eye(len(names))[names.index(acts[name])]
    return MixedProfile(tuple(strategies))


def _after_breaches(table: Table, agreed: Play, acts: Mapping[str, str]) -> Play | None:
    """Return what is played if these acts meet an agreed play that nobody enforces."""
    breaches = {name: act for name, act in acts.items() if act != COMPLY}
    if not breaches:
        return agreed
    play = agreed.to_lottery() if isinstance(agreed, MixedProfile) else agreed
    outcomes = np.array(play.outcomes)
    for i, (name, model) in enumerate(table.models.items()):
        if name not in breaches:
            continue
        if not isinstance(model, NormalForm):
            return None
        if breaches[name] in model.actions[i]:
            outcomes[:, i] = model.actions[i].index(breaches[name])
    return Lottery(tuple(map(tuple, outcomes.tolist())), play.probabilities)
