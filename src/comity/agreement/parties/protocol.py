"""How any party enters an agreement: it reports, it responds, it acts.

A program, a learned policy, a language model or a person behind a screen is a party if it does
these three. It sees its own model and what is public, never another's model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from comity.agreement.acceptance import decide
from comity.agreement.defaults import default_payoffs, play_payoffs
from comity.agreement.proposal import Proposal
from comity.agreement.results import Decision
from comity.cases import Constitution, Evidence, Party
from comity.games import Game, Play

COMPLY = "comply"


@dataclass(frozen=True)
class Past:
    """What all saw of one earlier encounter.

    Attributes
    ----------
    status : how it ended, as in `Agreement`.
    accepted : each one's last answer, by name; empty where none was asked.
    acts : what each one did, by name: ``comply``, or the action it took instead.
    """

    status: str
    accepted: Mapping[str, bool]
    acts: Mapping[str, str]


@dataclass(frozen=True)
class Context:
    """What a party knows when it moves.

    Attributes
    ----------
    party : its own entry of the Case: name, model, uncertainty, beliefs.
    constitution, evidence : what all know.
    seed : its own source of chance, the same for all its moves in one run.
    history : earlier encounters with the same others, the first first.
    remaining : how many encounters with them are still to come after this one.
    """

    party: Party
    constitution: Constitution
    evidence: tuple[Evidence, ...] = ()
    seed: int = 0
    history: tuple[Past, ...] = ()
    remaining: int = 0

    @property
    def name(self) -> str:
        """Its name."""
        return self.party.name

    @property
    def model(self) -> Game:
        """Its own view."""
        return self.party.model

    @property
    def place(self) -> int:
        """Its place in the order of players."""
        return self.model.players.index(self.name)

    def rng(self) -> np.random.Generator:
        """Return its own generator, started afresh."""
        return np.random.default_rng(self.seed)

    def gain(self, play: Play | None) -> float:
        """Return what a play is worth over its default, by its own model: its private gain."""
        default = default_payoffs(self.model, self.constitution)[self.place]
        return float(play_payoffs(self.model, play)[self.place] - default)

    def judge(self, proposal: Proposal) -> Decision:
        """Return what the rules of the constitution say by its own model."""
        return decide(self.name, self.model, proposal, self.constitution, self.evidence)


@runtime_checkable
class PartyBehaviour(Protocol):
    """What a party does at each of its moves.

    Examples
    --------
    A party of one's own: it tells the truth but refuses whatever is worth less than 3 to it.

    >>> from comity.agreement import Decision
    >>> class Proud:
    ...     def report(self, context):
    ...         return context.model
    ...     def respond(self, context, proposal):
    ...         worth = context.model.payoffs(proposal.solution.play)[context.place]
    ...         return Decision(context.name, worth >= 3, (f"It is worth {worth:.3g} to me.",))
    ...     def act(self, context, play):
    ...         return "comply"
    >>> isinstance(Proud(), PartyBehaviour)
    True
    """

    def report(self, context: Context) -> Game | None:
        """Return the model it states, or ``None`` to take no part."""

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return whether it accepts the play that the reports lead to, and why."""

    def act(self, context: Context, play: Play | None) -> str:
        """Return ``comply`` or the action it takes instead.

        ``play`` is what was agreed, or ``None`` where each falls back on its default.
        """
