"""Automata of repeated dilemmas: what one does depends on what both did, by a fixed plan.

An automaton is in a state; each state cooperates or defects, and what both then did leads to the
next. What was intended is done but for errors, independent from round to round; the state follows
what was done, not what was intended. Sources of the plans: Dal Bó and Fréchette (2011); Fudenberg,
Rand and Dreber (2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp

from comity.inference.explanations.parameters import Parameter
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.explanations.procedures.cooperation import log_cooperate, outcome


@dataclass(frozen=True)
class Automaton:
    """A plan for repeated play.

    Attributes
    ----------
    name : as in ``automaton tft``.
    cooperates : by state; the first state is the one to start in.
    leads_to : by state and by what both did the state that follows: both cooperated, only oneself
        did, only the other did, neither did.
    about : one sentence for readers.
    """

    name: str
    cooperates: tuple[bool, ...]
    leads_to: tuple[tuple[int, int, int, int], ...]
    about: str


C, D = True, False
DB = "Dal Bó and Fréchette (2011)"
FRD = "Fudenberg, Rand and Dreber (2012)"


def _by_other(cooperated: int, defected: int) -> tuple[int, int, int, int]:
    """Return where a state leads that looks at nothing but what the other did."""
    return (cooperated, defected, cooperated, defected)


def _always(state: int) -> tuple[int, int, int, int]:
    return (state, state, state, state)


PLANS = (
    Automaton("all-c", (C,), (_always(0),), "Always cooperates."),
    Automaton("all-d", (D,), (_always(0),), "Never cooperates."),
    Automaton(
        "tft",
        (C, D),
        (_by_other(0, 1), _by_other(0, 1)),
        "Tit for tat: cooperates, then does what the other did.",
    ),
    Automaton(
        "suspicious-tft",
        (D, C),
        (_by_other(1, 0), _by_other(1, 0)),
        "Defects, then does what the other did.",
    ),
    Automaton(
        "grim",
        (C, D),
        ((0, 1, 1, 1), _always(1)),
        "Cooperates until anybody defects, then never again.",
    ),
    Automaton(
        "wsls",
        (C, D),
        ((0, 1, 1, 0), (0, 1, 1, 0)),
        "Win stay, lose shift: cooperates after both did the same.",
    ),
    Automaton(
        "t2",
        (C, D, D),
        ((0, 1, 1, 1), _always(2), _always(0)),
        "Cooperates until anybody defects, then defects twice and begins anew.",
    ),
    Automaton(
        "tf2t",
        (C, C, D),
        (_by_other(0, 1), _by_other(0, 2), _by_other(0, 2)),
        "Defects only after the other defected twice in a row.",
    ),
    Automaton(
        "tf3t",
        (C, C, C, D),
        (_by_other(0, 1), _by_other(0, 2), _by_other(0, 3), _by_other(0, 3)),
        "Defects only after the other defected three times in a row.",
    ),
    Automaton(
        "2tft",
        (C, D, D),
        (_by_other(0, 1), _by_other(2, 1), _by_other(0, 1)),
        "Defects in the two rounds after each in which the other defected.",
    ),
    Automaton(
        "2tf2t",
        (C, C, D, D),
        (_by_other(0, 1), _by_other(0, 2), _by_other(3, 2), _by_other(0, 1)),
        "Defects if the other defected twice in a row within the last three rounds.",
    ),
    Automaton(
        "grim2",
        (C, C, D),
        ((0, 1, 1, 1), (0, 2, 2, 2), _always(2)),
        "Cooperates until anybody defects in two rounds in a row, then never again.",
    ),
    Automaton(
        "grim3",
        (C, C, C, D),
        ((0, 1, 1, 1), (0, 2, 2, 2), (0, 3, 3, 3), _always(3)),
        "Cooperates until anybody defects in three rounds in a row, then never again.",
    ),
    Automaton(
        "false-cooperator", (C, D), (_always(1), _always(1)), "Cooperates once, then never again."
    ),
    Automaton(
        "alternator", (D, C), (_always(1), _always(0)), "Defects, cooperates, and so on in turn."
    ),
)
AUTOMATA: dict[str, Automaton] = {plan.name: plan for plan in PLANS}
ERROR = Parameter(
    "error", "chance of an action that was not intended", 0.0, 0.5, typical=(0.02, 0.3)
)


def automaton(plan: Automaton, source: str = "") -> Procedure:
    """Return the procedure of one who follows a plan, but for errors."""
    return Procedure(
        f"automaton {plan.name}",
        partial(_choose, plan=plan),
        (ERROR,),
        start=_start,
        update=partial(_update, plan=plan),
        uses_motive=False,
        settings={"plan": plan.name},
        about=plan.about,
        source=source,
    )


def _start(view: View, error: jax.Array) -> jax.Array:
    return jnp.asarray(0)


def _choose(view: View, state: jax.Array, error: jax.Array, *, plan: Automaton) -> jax.Array:
    cooperates = jnp.asarray(plan.cooperates)[state]
    return log_cooperate(view, jnp.where(cooperates, 1 - error, error))


def _update(
    state: jax.Array,
    view: View,
    own: jax.Array,
    others: jax.Array,
    error: jax.Array,
    *,
    plan: Automaton,
) -> jax.Array:
    return jnp.asarray(plan.leads_to)[state, outcome(view, own, others)]


_OF_DAL_BO = ("all-c", "all-d", "tft", "grim", "wsls", "t2")
AUTOMATON_PROCEDURES = tuple(
    automaton(plan, DB if plan.name in _OF_DAL_BO else FRD) for plan in PLANS
)
