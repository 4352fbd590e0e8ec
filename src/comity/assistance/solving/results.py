"""What solving an assistance game finds."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import Procedure
from comity.assistance.solving.plans import PlanAssistant
from comity.core import Certified, InputError, Result


@dataclass(frozen=True, eq=False)
class Solved(Result):
    """The best plan found, what it is worth, and what no plan exceeds.

    Attributes
    ----------
    game : its title.
    procedure : how the person acts.
    value : expected reward of the plan from the start.
    upper_bound : no plan is worth more.
    by_goal : shape (X,), what the plan is worth under each hidden type.
    plans : number of plans that are best at some belief, over all states and steps.
    steps : how many steps the plan covers.
    method : how it was found.
    assistant : who follows the plan.
    """

    game: str
    procedure: str
    value: Certified
    upper_bound: Certified
    by_goal: np.ndarray
    plans: int
    steps: int
    method: str
    assistant: PlanAssistant = field(repr=False)

    @property
    def gap(self) -> float:
        """How much better another plan could be."""
        return max(0.0, self.upper_bound.value - self.value.value)

    def of(self, game: AssistanceGame, procedure: Procedure) -> Solved:
        """Return this, or raise `InputError` where it solves another game or for another person."""
        if self.assistant.hidden.game is not game or self.procedure != procedure.name:
            raise InputError(
                "the solution of another game, or with another person",
                place="solved",
                found=f"{self.game}, {self.procedure}",
                expected=f"{game.title}, {procedure.name}",
            )
        return self
