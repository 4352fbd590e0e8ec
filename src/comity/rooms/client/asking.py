"""A party whose last word is a person's: it is shown the proposal in plain words, and asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comity.agreement import Context, Decision, PartyBehaviour, Proposal, default_payoffs
from comity.agreement.defaults import play_payoffs
from comity.agreement.proposal import delayed
from comity.agreement.report.words import play_lines
from comity.core.page.words import counted, number, signed
from comity.games import Game, Play

Ask = Callable[[Sequence[str]], bool]
"""Shown some lines, whether to accept."""


@dataclass(frozen=True)
class Asked:
    """Reports as its behaviour does, and answers as a person says.

    Attributes
    ----------
    behaviour : how it reports.
    ask : asks the person.
    """

    behaviour: PartyBehaviour
    ask: Ask

    def report(self, context: Context) -> Game | None:
        """Return what the behaviour states."""
        return self.behaviour.report(context)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return what the person answers, beside what the behaviour would."""
        advice = self.behaviour.respond(context, proposal)
        accepts = self.ask((*proposal_lines(context, proposal), *advice.reasons))
        return Decision(context.name, accepts, advice.reasons)

    def act(self, context: Context, play: Play | None) -> str:
        """Return what the behaviour does."""
        return self.behaviour.act(context, play)


def proposal_lines(context: Context, proposal: Proposal) -> tuple[str, ...]:
    """Return a proposal in plain words, with what one gains by one's own model."""
    play = proposal.solution.play
    if play is None:
        return ("Nothing is proposed that is better for all than no agreement.",)
    model = delayed(context.model, proposal.delay)
    worth = float(play_payoffs(model, play)[context.place])
    default = float(default_payoffs(model, context.constitution)[context.place])
    delay = f", after {counted(proposal.delay, 'round')} of talk" if proposal.delay else ""
    happens = [f"  {often}: {what}" for often, what in play_lines(model, play)]
    figures = f"worth {number(worth)} to you, and your default {number(default)}"
    gain = f"By your own view it is {figures}: {signed(worth - default)}."
    return (f"Proposed{delay}:", *happens, gain)
