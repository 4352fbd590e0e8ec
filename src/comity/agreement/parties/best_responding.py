"""The party that says whatever pays best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from comity.agreement.acceptance import SLACK
from comity.agreement.defaults import default_payoffs
from comity.agreement.parties.biases import bent, directions
from comity.agreement.parties.foresight import expected_payoff, sampled_others
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.protocol import Context
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.results import Decision
from comity.games import Game

Amounts = dict[str, float]


@dataclass(frozen=True)
class BestResponding(Honest):
    """Searches named biases for the report that pays most against honest others.

    A coordinate search with shrinking steps over `biases.directions`, by its own model and its
    own uncertainty about what the others see; it never reports what it expects to pay less than
    the truth. The search is local, so what it finds is a lower bound on what lying could gain.
    Does well where tolerances are wide; harmless where the constitution makes honesty best.

    Attributes
    ----------
    draws : how many views of the others it imagines, where it states its uncertainty.
    steps : how often the steps are halved.
    reach : first step, in units of each direction.
    only : directions it considers; all if empty.
    """

    draws: int = 32
    steps: int = 6
    reach: float = 0.5
    only: tuple[str, ...] = ()

    def report(self, context: Context) -> Game | None:
        """Return the report that promises most."""
        others = sampled_others(context, self.draws)

        def payoff(amounts: Amounts) -> float:
            report = bent(context.model, context.name, amounts)
            return expected_payoff(context, report, others, answer=True)

        units = directions(context.model, context.name)
        chosen = {way: units[way] for way in self.only or units}
        amounts = climb(payoff, chosen, self.reach, self.steps)
        return bent(context.model, context.name, amounts)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return yes if the play is worth at least its default to it; distance is no concern."""
        model = delayed(context.model, proposal.delay)
        play = proposal.solution.play
        default = float(default_payoffs(model, context.constitution)[context.place])
        worth = default if play is None else float(model.payoffs(play)[context.place])
        accepts = worth >= default - SLACK * max(1.0, abs(default))
        reason = f"The play is worth {worth:.4g} to it and the default {default:.4g}."
        return Decision(context.name, accepts, (reason,))


def climb(payoff: Callable[[Amounts], float], units: Amounts, reach: float, steps: int) -> Amounts:
    """Return amounts at which no single step pays any more (Hooke and Jeeves 1961)."""
    amounts: Amounts = {}
    best = payoff(amounts)
    step = reach
    for _ in range(steps):
        improved = True
        while improved:
            improved = False
            for way, unit in units.items():
                for sign in (1, -1):
                    trial = {**amounts, way: amounts.get(way, 0.0) + sign * step * unit}
                    value = payoff(trial)
                    if value > best + SLACK * max(1.0, abs(best)):
                        amounts, best, improved = trial, value, True
        step /= 2
    return amounts
