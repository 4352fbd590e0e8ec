"""The party that is tough as long as being known for it pays."""

from __future__ import annotations

from dataclasses import dataclass

from comity.agreement.acceptance import SLACK
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.options import check_number
from comity.agreement.parties.protocol import Context
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.results import Decision


@dataclass(frozen=True)
class ReputationBuilding(Honest):
    """Refuses what gains it less than its demand while encounters are to come, and no more after.

    Until the last encounter nobody can tell it from one that is committed; in the last it takes
    whatever is no loss (Kreps and Wilson 1982, *Reputation and imperfect information*). Its
    horizon may be shorter than the game is long. Does well against those who yield to the
    committed; loses what it refuses against another such party, and against those who know the end.

    Attributes
    ----------
    demand : least gain over its default, by its own model, that it accepts before the end.
    horizon : how many encounters it looks ahead: it stays tough while at least this many are left.
    """

    demand: float
    horizon: int = 1

    def __post_init__(self) -> None:
        check_number("demand", self.demand, low=0)
        check_number("horizon", self.horizon, low=1, whole=True)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return yes if the gain meets the demand, or at the end if it is no loss."""
        tough = context.remaining >= self.horizon
        floor = self.demand if tough else 0.0
        gain = own_gain(context, proposal)
        accepts = gain >= floor - SLACK * max(1.0, floor)
        why = "with more encounters to come" if tough else "at the end"
        reason = f"The play gains it {gain:.4g}; {why} it accepts {floor:.4g} or more."
        return Decision(context.name, accepts, (reason,))


def own_gain(context: Context, proposal: Proposal) -> float:
    """Return what the proposal gains the party over its default at once, by its own model."""
    play = proposal.solution.play
    if play is None:
        return 0.0
    here = context.place
    lost = float(context.model.payoffs(play)[here])
    late = float(delayed(context.model, proposal.delay).payoffs(play)[here])
    return context.gain(play) - lost + late
