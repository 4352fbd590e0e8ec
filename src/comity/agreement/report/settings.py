"""How much distance between views the parties tolerate, from hardly any to any at all."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from comity.agreement.misreports.bends import LARGE
from comity.agreement.models.divergence import decision_loss
from comity.agreement.settle import Table
from comity.cases import AcceptanceRule, Constitution
from comity.core.errors import ComityError
from comity.core.page.words import number

DISTANCE_RULES = ("public", "private", "evidence")
"""Rules whose tolerance can be turned."""

FACTORS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""What the tolerances of the case are multiplied by."""

SHARES = (0.05, 0.25, 0.5, 1.0)
"""Tolerances of a rule that the case does not have, as shares of the smallest honest gain."""


@dataclass(frozen=True)
class Setting:
    """A constitution that differs from the one agreed on in its tolerances alone.

    Attributes
    ----------
    key : a name for scripts.
    words : how much is tolerated.
    limit : the same as a number; where several rules have tolerances, as a multiple of the agreed.
    constitution : the rules.
    agreed : whether these are the rules of the case.
    """

    key: str
    words: str
    limit: float
    constitution: Constitution
    agreed: bool


def settings(table: Table) -> tuple[Setting, ...]:
    """Return the settings from tight to loose; only the agreed one for a game with many outcomes.

    A case without a rule on distance is shown with one: nobody accepts reports that cost it more
    than a tolerance by its own view (the decision divergence from its own model).
    """
    agreed = Setting("agreed", "", np.inf, table.constitution, True)
    if next(iter(table.models.values())).size > LARGE:
        return (agreed,)
    if any(rule.rule in DISTANCE_RULES for rule in table.constitution.acceptance):
        return _turned(table.constitution)
    return (*_added(table), dataclasses.replace(agreed, words="any (no rule)"))


def _turned(constitution: Constitution) -> tuple[Setting, ...]:
    found = []
    agreed = [r.tolerance for r in constitution.acceptance if r.rule in DISTANCE_RULES]
    for factor in FACTORS if max(agreed) > 0 else (1.0,):
        rules = tuple(
            dataclasses.replace(r, tolerance=factor * r.tolerance)
            if r.rule in DISTANCE_RULES
            else r
            for r in constitution.acceptance
        )
        limits = [number(r.tolerance) for r in rules if r.rule in DISTANCE_RULES]
        words = ", ".join(dict.fromkeys(limits)) + (" (as agreed)" if factor == 1 else "")
        changed = dataclasses.replace(constitution, acceptance=rules)
        limit = factor * agreed[0] if len(agreed) == 1 else factor
        found.append(Setting(f"x{factor:g}", words, limit, changed, factor == 1))
    free = tuple(r for r in constitution.acceptance if r.rule not in DISTANCE_RULES)
    loose = dataclasses.replace(constitution, acceptance=free)
    return (*found, Setting("any", "any (no rule)", np.inf, loose, False))


def _added(table: Table) -> tuple[Setting, ...]:
    found = []
    for limit in tolerances(table):
        rule = AcceptanceRule("private", "decision", limit)
        rules = (*table.constitution.acceptance, rule)
        changed = dataclasses.replace(table.constitution, acceptance=rules)
        found.append(Setting(f"+{limit:g}", number(limit), limit, changed, False))
    return tuple(found)


def tolerances(table: Table) -> list[float]:
    """Return tolerances worth trying on what the reports of others may cost a party.

    They start where honest reports just pass and end where one's whole gain may be lost. Empty
    where honest reports lead to no deal, or the cost cannot be worked out.
    """
    try:
        honest = table.settle()
        play = honest.proposal.solution.play
        if play is None or honest.status != "agreed":
            return []
        costs = [
            decision_loss(name, model, model.payoffs(play), table.constitution, table.evidence)
            for name, model in table.models.items()
        ]
    except ComityError:
        return []
    gains = honest.payoffs - table.promised
    unit = float(np.min(gains[gains > 1e-9], initial=np.inf))
    if not np.isfinite(unit):
        return []
    floor = max(0.0, *costs)
    tight = [0.5 * floor] if floor > 0.05 * unit else []
    return tight + [floor + share * unit for share in SHARES]
