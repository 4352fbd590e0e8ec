"""All motives and procedures by name, and explanations made of them."""

from __future__ import annotations

from functools import cache

from comity.cases.faults import check_known
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.motive import Motive
from comity.inference.explanations.motives.ces import CES
from comity.inference.explanations.motives.charness_rabin import BRUHIN_FEHR_SCHUNK, CHARNESS_RABIN
from comity.inference.explanations.motives.commitment import COMMITMENT
from comity.inference.explanations.motives.efficiency import EFFICIENCY
from comity.inference.explanations.motives.fehr_schmidt import FEHR_SCHMIDT
from comity.inference.explanations.motives.guilt import GUILT
from comity.inference.explanations.motives.maximin import MAXIMIN
from comity.inference.explanations.motives.moral_opportunist import (
    MORAL_GREED,
    MORAL_GUILT,
    MORAL_INEQUITY,
    MORAL_OPPORTUNIST,
)
from comity.inference.explanations.motives.own_payoff import OWN_PAYOFF
from comity.inference.explanations.motives.present_bias import DISCOUNTING, PRESENT_BIAS
from comity.inference.explanations.motives.reputation import REPUTATION
from comity.inference.explanations.motives.risk import CARA, CRRA
from comity.inference.explanations.motives.spite import SPITE
from comity.inference.explanations.procedure import Procedure
from comity.inference.explanations.procedures.automata import AUTOMATA, AUTOMATON_PROCEDURES
from comity.inference.explanations.procedures.biased_planning import (
    LOOKAHEAD,
    PLANNING_NAIVE,
    PLANNING_OPTIMIST,
    PLANNING_SOPHISTICATED,
)
from comity.inference.explanations.procedures.chance import CHANCE
from comity.inference.explanations.procedures.cognitive_hierarchy import (
    COGNITIVE_HIERARCHY,
    SPIKE_POISSON,
)
from comity.inference.explanations.procedures.dated_risk import CERTAINTY_EFFECT, RISK_THEN_TIME
from comity.inference.explanations.procedures.ewa import EWA
from comity.inference.explanations.procedures.fictitious_play import FICTITIOUS_PLAY
from comity.inference.explanations.procedures.inertia import HABIT
from comity.inference.explanations.procedures.lapse import LAPSE
from comity.inference.explanations.procedures.level_k import LEVEL_K, LEVEL_K_TREMBLE
from comity.inference.explanations.procedures.logit import LOGIT
from comity.inference.explanations.procedures.memory_one import MEMORY_ONE, SEMI_GRIM
from comity.inference.explanations.procedures.planning import PLANNING, PLANNING_SOFT
from comity.inference.explanations.procedures.quantal_response import QUANTAL_RESPONSE
from comity.inference.explanations.procedures.reinforcement import REINFORCEMENT, ROTH_EREV
from comity.inference.explanations.procedures.tremble import TREMBLE

_MOTIVES = (
    OWN_PAYOFF,
    FEHR_SCHMIDT,
    CHARNESS_RABIN,
    BRUHIN_FEHR_SCHUNK,
    CES,
    SPITE,
    MAXIMIN,
    EFFICIENCY,
    GUILT,
    MORAL_GREED,
    MORAL_GUILT,
    MORAL_INEQUITY,
    MORAL_OPPORTUNIST,
    REPUTATION,
    COMMITMENT,
    DISCOUNTING,
    PRESENT_BIAS,
    CRRA,
    CARA,
)
_PROCEDURES = (
    CHANCE,
    TREMBLE,
    LOGIT,
    LAPSE,
    RISK_THEN_TIME,
    CERTAINTY_EFFECT,
    *LEVEL_K,
    *LEVEL_K_TREMBLE,
    COGNITIVE_HIERARCHY,
    SPIKE_POISSON,
    QUANTAL_RESPONSE,
    HABIT,
    REINFORCEMENT,
    ROTH_EREV,
    FICTITIOUS_PLAY,
    EWA,
    MEMORY_ONE,
    SEMI_GRIM,
    *AUTOMATON_PROCEDURES,
    PLANNING,
    PLANNING_SOFT,
    *LOOKAHEAD,
    PLANNING_NAIVE,
    PLANNING_SOPHISTICATED,
    PLANNING_OPTIMIST,
)

MOTIVES: dict[str, Motive] = {motive.name: motive for motive in _MOTIVES}
PROCEDURES: dict[str, Procedure] = {procedure.name: procedure for procedure in _PROCEDURES}
__all__ = ["AUTOMATA", "MOTIVES", "PROCEDURES", "explain"]


def explain(motive: str = "own-payoff", procedure: str = "logit") -> Explanation:
    """Return the explanation made of a motive and a procedure of the catalogue.

    The same names give the same object, so that what was compiled for it is used again.

    Examples
    --------
    >>> [parameter.name for parameter in explain("spite", "logit-lapse").parameters]
    ['spite', 'sensitivity', 'lapse']
    """
    return _explain(motive, procedure)


@cache
def _explain(motive: str, procedure: str) -> Explanation:
    check_known(motive, MOTIVES, "motive", "motive")
    check_known(procedure, PROCEDURES, "procedure", "procedure")
    return Explanation(MOTIVES[motive], PROCEDURES[procedure])
