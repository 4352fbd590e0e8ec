"""The party that demands and does not yield."""

from __future__ import annotations

from dataclasses import dataclass

from comity.agreement.acceptance import SLACK
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.options import check_number
from comity.agreement.parties.protocol import COMPLY, Context
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.results import Decision
from comity.core.errors import InputError
from comity.games import NormalForm, Play


@dataclass(frozen=True)
class Committed(Honest):
    """Refuses whatever is worth less to it than its demand (Schelling 1960, chapter 2).

    Does well against those who must agree; two of them with incompatible demands never agree.

    Attributes
    ----------
    demand : least payoff by its own model that it accepts.
    action : what it plays without agreement, whatever its default rule says.
    """

    demand: float
    action: str | None = None

    def __post_init__(self) -> None:
        check_number("demand", self.demand)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return yes if the demand is met; no rule can move it."""
        play = proposal.solution.play
        model = delayed(context.model, proposal.delay)
        worth = float("-inf") if play is None else float(model.payoffs(play)[context.place])
        accepts = worth >= self.demand - SLACK * max(1.0, abs(self.demand))
        word = "meets" if accepts else "falls short of"
        reason = f"The play is worth {worth:.4g} to it and {word} its demand of {self.demand:.4g}."
        return Decision(context.name, accepts, (reason,))

    def act(self, context: Context, play: Play | None) -> str:
        """Return ``comply`` with what it accepted, else the action it is committed to."""
        if play is not None or self.action is None:
            return COMPLY
        names = _actions(context)
        if self.action not in names:
            raise InputError(
                "no such action",
                place=f"parties.{context.name}.options.action",
                found=self.action,
                expected=", ".join(names) or "none in a negotiation",
            )
        return self.action


def _actions(context: Context) -> tuple[str, ...]:
    model = context.model
    return model.actions[context.place] if isinstance(model, NormalForm) else ()
