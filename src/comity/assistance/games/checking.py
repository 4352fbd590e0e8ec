"""Which goals behaviour tells apart, and what it costs where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import RATIONAL, Fixed, Procedure
from comity.core import Certified, InputError, Result

if TYPE_CHECKING:
    from comity.assistance.solving.results import Solved

MOST_DECISIONS = 5_000
"""Most decisions by which behaviour is compared."""
NEGLIGIBLE = 1e-9
"""Share of the reward range below which not knowing costs nothing."""


@dataclass(frozen=True)
class GameCheck(Result):
    """Which goals of a game behaviour tells apart.

    Attributes
    ----------
    game, procedure : what was checked.
    classes : goals in classes that no behaviour can split, whatever the assistant does.
    costs : for each class, what it would be worth from the start to tell its goals apart.
    """

    game: str
    procedure: str
    classes: tuple[tuple[str, ...], ...]
    costs: tuple[Certified, ...]

    @property
    def alike(self) -> tuple[tuple[str, ...], ...]:
        """Classes of more than one goal."""
        return tuple(group for group in self.classes if len(group) > 1)

    @property
    def costly(self) -> tuple[tuple[str, ...], ...]:
        """Classes of more than one goal that it would be worth telling apart."""
        pairs = zip(self.classes, self.costs, strict=True)
        return tuple(group for group, cost in pairs if len(group) > 1 and cost.value > 0)

    def require_some_told_apart(self) -> None:
        """Raise `InputError` where nothing the person does tells anything of use of its goal."""
        if len(self.classes) == 1 and self.costly:
            raise InputError(
                "no behaviour of this person reveals which goal it has",
                place="goals",
                found=f"{', '.join(self.classes[0])} look the same ({self.procedure})",
                expected="a state in which they make the person act differently",
            )


def check_assistance_game(
    game: AssistanceGame, procedure: Procedure = RATIONAL, *, solved: Solved | None = None
) -> GameCheck:
    """Return which goals can be told apart by what a person does, and what the rest costs.

    Two goals are alike where the person acts the same under both at every step, in every state that
    can be met, whatever the assistant does (for a person that replies to the assistant's plan:
    under every plan that is best at some belief). The shape of the game itself was checked when it
    was made. The game is solved for it, unless its solution with this person is given.

    Examples
    --------
    >>> from comity.assistance.games import catalogue_game
    >>> check_assistance_game(catalogue_game("off-switch")).classes
    (('worth -2', 'worth -1'), ('worth +0.5', 'worth +1.5'))
    """
    from comity.assistance.solving.choosing import solve_or_bound
    from comity.inference.identification.equivalence import observationally_equivalent

    solved = solve_or_bound(game, procedure) if solved is None else solved.of(game, procedure)
    tables, names = _behaviour(game, procedure, solved)
    found = observationally_equivalent(tables, game.goals, decisions=names)
    costs = tuple(_cost(game, solved, group) for group in found.classes)
    return GameCheck(game.title, procedure.name, found.classes, costs)


def _cost(game: AssistanceGame, solved: Solved, group: tuple[str, ...]) -> Certified:
    """Return what it would be worth from the start to tell some goals apart."""
    from comity.assistance.solving.known_types import told
    from comity.assistance.solving.steps import tail

    stage = solved.assistant.layers[solved.steps][game.start]
    vectors = stage.vectors[stage.useful]
    belief = np.where(np.isin(game.goals, group), game.prior, 0.0)
    knowing = float((vectors.max(axis=0) * belief).sum())
    untold = float((vectors @ belief).max())
    low, high = game.reward_range
    cost = knowing - untold if knowing - untold > NEGLIGIBLE * (high - low) else 0.0
    if solved.value.kind == "exact" or len(group) == 1:
        return Certified.exact(cost, "values of the plans that are best at some belief")
    hidden = solved.assistant.hidden
    least, most = tail(hidden, solved.steps)
    bound = float(told(hidden, solved.steps)[-1, :, game.start] @ belief) + most
    proof = "plans found, and values of one who is told"
    return Certified.estimate(cost, 0.0, max(cost, bound - untold - least), proof, level=1.0)


def _behaviour(
    game: AssistanceGame, procedure: Procedure, solved: Solved
) -> tuple[np.ndarray, list[str]]:
    """Return how the person acts under each goal, (G, decisions, H), and names of decisions."""
    from comity.assistance.solving.plans import Memory

    assistant, tables, names = solved.assistant, [], []
    for left in range(solved.steps, 0, -1):
        for state, stage in assistant.layers[left].items():
            if game.final[state] or game.person_allowed[state].sum() == 1:
                continue
            plans = stage.useful[:1] if isinstance(procedure, Fixed) else stage.useful
            for plan in plans:
                tables.append(assistant.responses(state, Memory(left, int(plan))))
                names.append(f"{game.states[state]}, {left} to go, plan {plan}")
            if len(tables) >= MOST_DECISIONS:
                return np.stack(tables, axis=1), names
    if not tables:
        return np.ones((len(game.goals), 1, 1)), ["the person has nothing to decide"]
    return np.stack(tables, axis=1), names
