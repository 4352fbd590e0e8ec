"""The party that would rather have less than see others gain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.agreement.acceptance import SLACK
from comity.agreement.defaults import default_payoffs, default_play
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.options import check_number
from comity.agreement.parties.protocol import COMPLY, Context
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.results import Decision
from comity.games import MixedProfile, NormalForm, Play


@dataclass(frozen=True)
class Spiteful(Honest):
    """Takes every unit that another gains as a loss of ``weight`` units of its own.

    It accepts what gains it more than ``weight`` times the mean gain of the others, by its own
    model (Levine 1998, *Modeling altruism and spitefulness in experiments*, with a negative
    coefficient), and without agreement it plays what is worst for the others by that measure. Does
    badly wherever both sides gain alike, that is against nearly everyone; useful as a threat that
    costs its maker.

    Attributes
    ----------
    weight : what a unit that another gains costs it.
    """

    weight: float = 1.5

    def __post_init__(self) -> None:
        check_number("weight", self.weight, low=0)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return yes if its gain is more than ``weight`` times that of the others."""
        play = proposal.solution.play
        own, others = 0.0, 0.0
        if play is not None:
            model = delayed(context.model, proposal.delay)
            gains = model.payoffs(play) - default_payoffs(context.model, context.constitution)
            own, others = float(gains[context.place]), float(np.delete(gains, context.place).mean())
        limit = self.weight * others
        accepts = play is not None and own >= limit - SLACK * max(1.0, abs(limit))
        reason = f"It gains {own:.4g}, the others {others:.4g} each; it wants {limit:.4g} or more."
        return Decision(context.name, accepts, (reason,))

    def act(self, context: Context, play: Play | None) -> str:
        """Return ``comply`` with what it accepted, else the action that hurts the others most."""
        model = context.model
        expected = default_play(model, context.constitution)
        if play is not None or not isinstance(model, NormalForm):
            return COMPLY
        assert isinstance(expected, MixedProfile)
        names = model.actions[context.place]
        values = [self._spite(model, context.place, expected, k) for k in range(len(names))]
        return names[int(np.argmax(values))]

    def _spite(self, model: NormalForm, place: int, expected: MixedProfile, action: int) -> float:
        """Return own payoff less the weighted mean of the others', who follow their defaults."""
        strategies = list(expected.strategies)
        strategies[place] = np.eye(len(strategies[place]))[action]
        payoffs = model.payoffs(MixedProfile(tuple(strategies)))
        return float(payoffs[place] - self.weight * np.delete(payoffs, place).mean())
