"""The party that says whatever pays best."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comity.agreement.acceptance import SLACK
from comity.agreement.defaults import default_payoffs
from comity.agreement.misreports.misreport import lie_value
from comity.agreement.parties.biases import bent, directions
from comity.agreement.parties.foresight import imagined
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.options import check_number
from comity.agreement.parties.protocol import Context
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.results import Decision
from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.games import Game

Amounts = dict[str, float]
"""How far a report is bent in each named direction."""

MAX_SWEEPS = 100
"""A lie that pays ever more the larger it is would be climbed without end."""


@dataclass(frozen=True)
class BestResponding(Honest):
    """Searches for the report that pays most against honest others.

    A coordinate search with shrinking steps over the directions of
    `comity.agreement.parties.biases`, by its own model, its uncertainty and its beliefs; it never
    reports what it expects to pay less than the truth. The search is local, so what it finds is a
    lower bound on what lying could gain. Does well where tolerances are wide; harmless where the
    constitution makes honesty best.

    Attributes
    ----------
    draws : how many ways the others may be it imagines, where it is unsure.
    steps : how often the steps are halved.
    tries : how many reports it weighs at most, each against all it imagines.
    reach : first step, in natural units of each direction.
    only : directions it considers; all if empty.
    """

    draws: int = 8
    steps: int = 6
    reach: float = 0.5
    only: Sequence[str] = ()
    tries: int = 400

    def __post_init__(self) -> None:
        check_number("draws", self.draws, low=1, whole=True)
        check_number("steps", self.steps, low=0, whole=True)
        check_number("tries", self.tries, low=1, whole=True)
        check_number("reach", self.reach, low=1e-9)
        if isinstance(self.only, str) or not isinstance(self.only, Sequence):
            raise InputError("not a list", place="only", found=repr(self.only))

    def report(self, context: Context) -> Game | None:
        """Return the report that promises most."""
        others = imagined(context, self.draws)

        def payoff(amounts: Amounts) -> float:
            return lie_value(context.name, bent(context.model, context.name, amounts), others)

        amounts = climb(payoff, self._units(context), self.reach, self.steps, self.tries)
        return bent(context.model, context.name, amounts)

    def _units(self, context: Context) -> dict[str, float]:
        units = directions(context.model, context.name)
        place = f"parties.{context.name}.options.only"
        for way in self.only:
            check_choice(way, units, "no such way to bend a report", place)
        return {way: unit for way, unit in units.items() if not self.only or way in self.only}

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return yes if the play is worth at least its default to it; distance is no concern."""
        model = delayed(context.model, proposal.delay)
        play = proposal.solution.play
        default = float(default_payoffs(model, context.constitution)[context.place])
        worth = default if play is None else float(model.payoffs(play)[context.place])
        accepts = worth >= default - SLACK * max(1.0, abs(default))
        reason = f"The play is worth {worth:.4g} to it and its default {default:.4g}."
        return Decision(context.name, accepts, (reason,))


def climb(
    payoff: Callable[[Amounts], float],
    units: Mapping[str, float],
    reach: float,
    steps: int,
    tries: float = math.inf,
) -> Amounts:
    """Return amounts at which no single step pays any more (Hooke and Jeeves 1961).

    Stops with the best amounts so far once ``tries`` have been weighed.
    """
    amounts: Amounts = {}
    tried = 1
    best, size = payoff(amounts), reach
    for _ in range(steps):
        for _ in range(MAX_SWEEPS):
            before = best
            for way, unit in units.items():
                for step in (size * unit, -size * unit):
                    if tried >= tries:
                        return amounts
                    tried += 1
                    trial = {**amounts, way: amounts.get(way, 0.0) + step}
                    value = payoff(trial)
                    if value > best + SLACK * max(1.0, abs(best)):
                        amounts, best = trial, value
            if best == before:
                break
        size /= 2
    return amounts
