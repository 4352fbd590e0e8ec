"""An agent behind a channel: a message goes out, an answer comes back."""

from __future__ import annotations

from typing import Any, Protocol

from comity.agreement.parties import Context
from comity.agreement.proposal import Proposal
from comity.agreement.results import Decision
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.messages import (
    act_message,
    read_act,
    read_decision,
    read_report,
    report_message,
    respond_message,
)
from comity.games import Game, Play

TIME_LIMIT = 10.0
"""Seconds for one move, unless another limit is asked for."""

LARGEST_ANSWER = 1_000_000
"""Bytes of one answer; more is nonsense."""


PATIENCE = 5
"""Time-outs in a row after which an agent is not asked again, so that none holds up the bench."""


class Channel(Protocol):
    """A way to ask an agent.

    `ask` raises `AgentFault` where no answer comes that is JSON; the next call may work again.
    """

    def ask(self, move: str, message: dict[str, Any]) -> Any:
        """Return the answer to a message as plain JSON."""

    def close(self) -> None:
        """End what was started; calling it twice does no harm."""


class Remote:
    """A party whose moves are made by an agent behind a channel.

    Attributes
    ----------
    channel : where it is asked.
    """

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self._late = 0

    def report(self, context: Context) -> Game | None:
        """Return the model that the agent states."""
        return read_report(self._ask("report", report_message(context)), context)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return what the agent answers."""
        answer = self._ask("respond", respond_message(context, proposal))
        return read_decision(answer, context)

    def act(self, context: Context, play: Play | None) -> str:
        """Return what the agent does."""
        return read_act(self._ask("act", act_message(context, play)))

    def _ask(self, move: str, message: dict[str, Any]) -> Any:
        if self._late >= PATIENCE:
            raise AgentFault("time-out", f"not asked again after {PATIENCE} time-outs in a row")
        try:
            answer = self.channel.ask(move, message)
        except AgentFault as fault:
            self._late = self._late + 1 if fault.kind == "time-out" else 0
            raise
        self._late = 0
        return answer

    def close(self) -> None:
        """Close the channel."""
        self.channel.close()
