"""A party whose last word is a person's: it is shown the proposal in its language, and asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comity.agreement import Context, Decision, PartyBehaviour, Proposal
from comity.games import Game, Play
from comity.language import Words
from comity.rooms.client.telling import ENGLISH, tell_proposal

Ask = Callable[[Sequence[str]], bool]
"""Shown some lines, whether to accept."""


@dataclass(frozen=True)
class Asked:
    """Reports as its behaviour does, and answers as a person says.

    Attributes
    ----------
    behaviour : how it reports.
    ask : asks the person.
    words : the person's language.
    """

    behaviour: PartyBehaviour
    ask: Ask
    words: Words = ENGLISH

    def report(self, context: Context) -> Game | None:
        """Return what the behaviour states."""
        return self.behaviour.report(context)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return what the person answers."""
        accepts = self.ask(tell_proposal(context, proposal, self.words))
        return Decision(context.name, accepts, context.judge(proposal).reasons)

    def act(self, context: Context, play: Play | None) -> str:
        """Return what the behaviour does."""
        return self.behaviour.act(context, play)
