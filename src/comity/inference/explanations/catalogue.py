"""All motives and procedures by name, and explanations made of them."""

from __future__ import annotations

from functools import cache

from comity.core.choices import pick
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.motive import Motive
from comity.inference.explanations.motives.charness_rabin import BRUHIN_FEHR_SCHUNK, CHARNESS_RABIN
from comity.inference.explanations.motives.own_payoff import OWN_PAYOFF
from comity.inference.explanations.procedure import Procedure
from comity.inference.explanations.procedures.logit import LOGIT

MOTIVES: dict[str, Motive] = {m.name: m for m in (OWN_PAYOFF, CHARNESS_RABIN, BRUHIN_FEHR_SCHUNK)}
PROCEDURES: dict[str, Procedure] = {p.name: p for p in (LOGIT,)}


@cache
def explain(motive: str = "own-payoff", procedure: str = "logit") -> Explanation:
    """Return the explanation made of a motive and a procedure of the catalogue.

    The same names give the same object, so that what was compiled for it is used again.
    """
    return Explanation(
        pick(MOTIVES, motive, "no such motive", "motive"),
        pick(PROCEDURES, procedure, "no such procedure", "procedure"),
    )
