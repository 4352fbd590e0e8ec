"""A wrong model of the person: what each assumption costs under each truth, and which is safest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.procedure import Procedure
from comity.assistance.robust.procedure_set import plan_for, safest_mixture
from comity.assistance.solving.evaluate import Assistant, evaluate_assistant
from comity.assistance.solving.hidden import one_person
from comity.core import Certified, InputError, Result


@dataclass(frozen=True)
class WrongModel(Result):
    """What assistants are worth where their model of the person is wrong.

    Attributes
    ----------
    game : its title.
    procedures : names, of the M ways in which the person may act.
    assistants : names, of the A assistants: one made for each procedure, then any others.
    values : shape (A, M), what each is worth if the person follows each.
    best : shape (M,), what the assistant is worth that is made for the procedure.
    regret : shape (A, M), what each loses by not knowing the procedure.
    upper_bounds : shape (M,), what no assistant exceeds; regrets are short by at most the gap.
    choice : name of the assistant whose largest regret is least.
    choice_regret : that regret.
    safest : the largest regret of a mixture of plans made to keep it least, with the bound below
        which no mixture gets.
    safest_values : shape (M,), what that mixture is worth under each procedure.
    """

    game: str
    procedures: tuple[str, ...]
    assistants: tuple[str, ...]
    values: np.ndarray
    best: np.ndarray
    regret: np.ndarray
    upper_bounds: np.ndarray
    choice: str
    choice_regret: float
    safest: Certified
    safest_values: np.ndarray

    def range_of(self, assistant: str) -> tuple[float, float]:
        """Return the least and the most that an assistant is worth over the procedures."""
        if assistant not in self.assistants:
            raise InputError(
                "no such assistant",
                place="assistant",
                found=repr(assistant),
                expected=", ".join(self.assistants),
            )
        row = self.values[self.assistants.index(assistant)]
        return float(row.min()), float(row.max())


def wrong_model(
    game: AssistanceGame,
    procedures: Mapping[str, Procedure],
    others: Mapping[str, Assistant] | None = None,
) -> WrongModel:
    """Return what wrong models of the person cost, and the assistant that risks least.

    Parameters
    ----------
    procedures : how the person may act, by name, such as a confidence set of explanations that
        `explained` made into procedures.
    others : assistants beside those made for each procedure.

    ``values[k, m]`` is exact: all that can happen between assistant k and a person who follows m. A
    person that replies to the plan replies to the plan that there is. Where several plans are best
    for a procedure the first is taken, and what it does with other people is part of the risk.
    Regret is counted from the best of these assistants; the safest mixture is over all plans.
    Source: Savage (1951), *The Theory of Statistical Decision*, for minimax regret.
    """
    if not procedures:
        raise InputError("there is no procedure", place="procedures", expected="one or more")
    names = tuple(procedures)
    made = [plan_for(game, procedures, row)[0] for row in np.eye(len(names))]
    assistants: dict[str, Assistant] = {
        f"for {name}": solved.assistant for name, solved in zip(names, made, strict=True)
    }
    assistants |= others or {}
    values = np.array([_under_all(game, a, procedures) for a in assistants.values()])
    bounds = np.array([solved.upper_bound.value for solved in made])
    best = values.max(axis=0)
    regret = best - values
    worst = regret.max(axis=1)
    k = int(np.argmin(worst))
    mixture = safest_mixture(game, procedures, best)
    proof = f"a mixture of plans, by column generation; the least is at least {mixture.bound:.4g}"
    return WrongModel(
        game.title,
        names,
        tuple(assistants),
        values,
        best,
        regret,
        np.maximum(bounds, best),
        tuple(assistants)[k],
        float(worst[k]),
        Certified.upper(mixture.regret, proof),
        mixture.values,
    )


def _under_all(
    game: AssistanceGame, assistant: Assistant, procedures: Mapping[str, Procedure]
) -> np.ndarray:
    hidden = [one_person(game, procedure) for procedure in procedures.values()]
    return np.array([evaluate_assistant(h, assistant).value.value for h in hidden])
