"""One run of the protocol without its ceremony: what given reports lead to.

Searches over lies, comparisons of views and studies run the protocol thousands of times; they
need its outcome, not its transcript. `agree` gives the same outcome (a test holds them together).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from comity.agreement.acceptance import decide, public_findings
from comity.agreement.defaults import actual_default, default_payoffs, play_payoffs
from comity.agreement.proposal import Proposal, delayed, propose
from comity.agreement.talk import revise
from comity.cases import Case, Constitution, Evidence
from comity.games import Game, Play


@dataclass(frozen=True)
class Settled:
    """What came of one run.

    Attributes
    ----------
    status : as in `Agreement`.
    proposal : the last one on the table.
    play : what is played; ``None`` where a negotiation ends without a deal.
    payoffs : shape (n,), what it is worth to each by its own model.
    accepts : each one's answer to the last proposal; all false where there was none.
    """

    status: Literal["agreed", "refused", "no gain"]
    proposal: Proposal
    play: Play | None
    payoffs: np.ndarray
    accepts: tuple[bool, ...]


@dataclass(frozen=True)
class Table:
    """Parties with their true models under one constitution, ready to be asked many times.

    Attributes
    ----------
    models : each one's own view, by name in the order of the frame.
    constitution, evidence : as in the Case.
    default : what is played without agreement; ``None`` for no deal.
    fallback : shape (n,), what that is worth to each by its own model.
    """

    models: Mapping[str, Game]
    constitution: Constitution
    evidence: tuple[Evidence, ...]
    default: Play | None
    fallback: np.ndarray

    @classmethod
    def of(cls, case: Case) -> Table:
        """Return the table of a Case, everyone with the model the Case gives it."""
        return cls.seat(case.models, case.constitution, case.evidence)

    @classmethod
    def seat(
        cls,
        models: Mapping[str, Game],
        constitution: Constitution,
        evidence: Sequence[Evidence] = (),
    ) -> Table:
        """Return the table of parties with these models."""
        default = actual_default(models, constitution)
        own = [play_payoffs(model, default)[i] for i, model in enumerate(models.values())]
        return cls(models, constitution, tuple(evidence), default, np.array(own))

    @cached_property
    def promised(self) -> np.ndarray:
        """What each expects of its default: all default rules applied to its own model, (n,)."""
        rules = self.constitution
        found = [default_payoffs(m, rules)[i] for i, m in enumerate(self.models.values())]
        return np.array(found)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parties, in order."""
        return tuple(self.models)

    def settle(
        self, reports: Mapping[str, Game] | None = None, *, certain: str | None = None
    ) -> Settled:
        """Return what the reports lead to; the models unless given.

        ``certain`` names a party that accepts all that the rules which anyone can check allow
        it, as one does who can weigh the proposal against its default afterwards.
        """
        stated = {**self.models, **(reports or {})}
        notions = self.constitution
        for delay in range(notions.talk.rounds + 1):
            proposal = propose(stated, notions, self.evidence, delay)
            answers = self._answers(proposal, certain)
            if proposal.solution.play is None or all(answers):
                break
            if delay < notions.talk.rounds:
                stated = revise(stated, notions, self.evidence)
        return self._settled(proposal, answers)

    def _answers(self, proposal: Proposal, certain: str | None) -> tuple[bool, ...]:
        if proposal.solution.play is None:
            return tuple(False for _ in self.models)
        return tuple(
            self._accepts(name, model, proposal, name == certain)
            for name, model in self.models.items()
        )

    def _accepts(self, name: str, model: Game, proposal: Proposal, willing: bool) -> bool:
        # Who reports its model finds by it what anyone finds by its report.
        if proposal.reports[name] is not model:
            public = public_findings(name, proposal, self.constitution, self.evidence)
            if not all(finding.holds for finding in public):
                return False
        return willing or decide(name, model, proposal, self.constitution, self.evidence).accepts

    def _settled(self, proposal: Proposal, answers: tuple[bool, ...]) -> Settled:
        play = proposal.solution.play
        if play is None:
            return Settled("no gain", proposal, self.default, self.fallback, answers)
        if not all(answers):
            return Settled("refused", proposal, self.default, self.fallback, answers)
        shown = [delayed(model, proposal.delay) for model in self.models.values()]
        own = np.array([model.payoffs(play)[i] for i, model in enumerate(shown)])
        return Settled("agreed", proposal, play, own, answers)
