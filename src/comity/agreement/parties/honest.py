"""The party that says what it sees."""

from __future__ import annotations

from comity.agreement.parties.protocol import COMPLY, Context
from comity.agreement.proposal import Proposal
from comity.agreement.results import Decision
from comity.games import Game, Play


class Honest:
    """Reports its own model, accepts by the constitution's rules, and keeps its word.

    Does well where rules protect it; badly against one who biases reports inside the tolerance.
    """

    def report(self, context: Context) -> Game | None:
        """Return its own model."""
        return context.model

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return what the rules say by its own model."""
        return context.judge(proposal)

    def act(self, context: Context, play: Play | None) -> str:
        """Return ``comply``."""
        return COMPLY
