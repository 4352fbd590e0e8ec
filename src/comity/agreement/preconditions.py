"""What a constitution must satisfy before anyone reports under it.

A rule that cannot be applied is found here, not after the parties have shown their views.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from comity.agreement.acceptance import RULES
from comity.agreement.defaults import DEFAULT_RULES, DISAGREEMENTS, default_play, disagreement_point
from comity.agreement.models.combine import FACT_POOLS, PRIOR_POOLS, check_trim, precision_weights
from comity.agreement.models.divergence import DIVERGENCES, check_strategic
from comity.agreement.models.evidence import observation_loss
from comity.agreement.solution import BARGAINING, EQUILIBRIA
from comity.agreement.talk import check_talk
from comity.cases import Case
from comity.core.choices import check_choice
from comity.core.errors import InputError

CHOICES: dict[str, tuple[str, ...]] = {
    "tastes": ("own", "mean"),
    "facts": tuple(FACT_POOLS),
    "prior": tuple(PRIOR_POOLS),
    "disagreement": tuple(DISAGREEMENTS),
    "default": (*DEFAULT_RULES, "no-deal"),
    "enforcement": ("binding", "self-enforcing"),
    "tie_break": ("uniform", "first"),
    "objective": ("utilitarian", "egalitarian"),
}


def check_case(case: Case) -> None:
    """Raise `InputError` where the constitution cannot be applied to these parties and games."""
    check_is_case(case)
    for check in CHECKS:
        check(case)


def check_is_case(case: object) -> None:
    """Raise `InputError` for anything but a `Case`, the name of its file included."""
    if not isinstance(case, Case):
        raise InputError(
            "not a Case",
            place="case",
            found=repr(case)[:80],
            expected="what comity.load makes of a file",
        )


def check_search(search: object) -> None:
    """Raise `InputError` unless this is how hard lies may be looked for."""
    number = isinstance(search, int) and not isinstance(search, bool) and search >= 0
    if not number and search not in ("none", "local", "full"):
        raise InputError(
            "no such search",
            place="misreports",
            found=repr(search)[:80],
            expected="none, local, full, or how many reports to try",
        )


def _choices(case: Case) -> None:
    for name, allowed in CHOICES.items():
        found = getattr(case.constitution, name)
        check_choice(found, allowed, "no such choice", f"constitution.{name}")


def _solutions(case: Case) -> None:
    known = (*BARGAINING, *EQUILIBRIA)
    constitution = case.constitution
    lists = {"solution": constitution.solution} | {
        f"acceptable.{name}": notions for name, notions in constitution.acceptable.items()
    }
    if not constitution.solution:
        raise InputError("there is no solution", place="constitution.solution", found="none")
    for place, notions in lists.items():
        for notion in notions:
            check_choice(notion, known, "no such solution", f"constitution.{place}")


def _names(case: Case) -> None:
    for field in ("precision", "acceptable", "disagreement_point", "policy"):
        for name in getattr(case.constitution, field):
            check_choice(name, case.names, "no such party", f"constitution.{field}.{name}")


def _pools(case: Case) -> None:
    constitution = case.constitution
    if constitution.facts == "precision":
        precision_weights(case.names, constitution)
    if constitution.facts == "trimmed-mean":
        check_trim(len(case.parties))


def _acceptance(case: Case) -> None:
    for k, rule in enumerate(case.constitution.acceptance):
        place = f"constitution.acceptance[{k}]"
        kinds = (*DIVERGENCES, "decision")
        if rule.rule not in RULES or rule.divergence not in kinds:
            raise InputError(
                "no such acceptance rule",
                place=place,
                found=f"{rule.rule}, {rule.divergence}",
                expected=f"{', '.join(RULES)} with {', '.join(kinds)}",
            )
        if not math.isfinite(rule.tolerance) or rule.tolerance < 0:
            raise InputError(
                "tolerance is out of range", place=place, found=rule.tolerance, expected="0 or more"
            )
        if rule.rule in ("public", "private") and rule.divergence == "strategic":
            check_strategic(case.parties[0].model, case.constitution)


def _evidence(case: Case) -> None:
    constitution = case.constitution
    asks = {
        "constitution.facts": constitution.facts == "evidence",
        "constitution.acceptance": any(r.rule == "evidence" for r in constitution.acceptance),
        "constitution.talk.share_evidence": constitution.talk.share_evidence,
    }
    for place, needed in asks.items():
        if needed and not case.evidence:
            raise InputError(
                "shared evidence is asked for, and there is none",
                place=place,
                found="no evidence",
                expected="one [[evidence]] or more",
            )
    for item in case.evidence:
        observation_loss(case.parties[0].model, item)


def _default(case: Case) -> None:
    default_play(case.parties[0].model, case.constitution)


def _disagreement(case: Case) -> None:
    disagreement_point(case.parties[0].model, case.constitution)


def _talk(case: Case) -> None:
    check_talk(case.constitution.talk)


CHECKS: tuple[Callable[[Case], None], ...] = (
    _choices,
    _solutions,
    _names,
    _pools,
    _acceptance,
    _evidence,
    _default,
    _disagreement,
    _talk,
)
