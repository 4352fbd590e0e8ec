"""Which explanations are weighed where nobody names any: a table by kind of evidence."""

from __future__ import annotations

from collections.abc import Sequence

from comity.core.errors import ComityError, InputError, located
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.catalogue import PROCEDURES as PROCEDURES_BY_NAME
from comity.inference.explanations.catalogue import explain
from comity.inference.explanations.explanation import Explanation

SPLITTING = ("own-payoff", "fehr-schmidt", "charness-rabin", "maximin", "efficiency", "spite")

WEIGHED: dict[str, tuple[str, ...]] = {
    "allocations": (*SPLITTING, "bruhin-fehr-schunk"),
    "dictator": ("own-payoff", "fehr-schmidt", "charness-rabin", "maximin", "efficiency"),
    "ultimatum": ("own-payoff", "fehr-schmidt", "commitment", "reputation", "spite"),
    "trust": ("moral-greed", "fehr-schmidt", "moral-inequity", "moral-guilt", "moral-opportunist"),
    "public_goods": SPLITTING,
    "punishment": SPLITTING,
    "budgets": ("own-payoff", "risk-relative", "discounting", "present-bias"),
    "plays": SPLITTING,
}
"""Motives by kind of evidence, each with logit choice."""

AUTOMATA = ("all-d", "all-c", "tft", "grim", "wsls", "tf2t")
LEARNING = ("reinforcement", "fictitious-play", "ewa")

PROCEDURES: dict[str, tuple[str, ...]] = {
    "dilemma": (*(f"automaton {name}" for name in AUTOMATA), *LEARNING),
    "plays": ("level-1", "level-2", "poisson-hierarchy", "quantal-response"),
}
"""Procedures weighed besides, with own payoffs."""


def weighed(kind: str) -> tuple[str, ...]:
    """Return the names of the explanations that suit a kind of evidence.

    Examples
    --------
    >>> weighed("ultimatum")[0]
    'own-payoff x logit'
    """
    motives = (f"{motive} x logit" for motive in WEIGHED.get(kind, ()))
    besides = (f"own-payoff x {name}" for name in PROCEDURES.get(kind, ()))
    return (*motives, *besides) or weighed("allocations")


def named_explanation(name: str) -> Explanation:
    """Return the explanation of a name as in ``fehr-schmidt x logit``.

    A motive alone goes with logit, a procedure alone with one's own payoff.
    """
    first, _, second = (part.strip() for part in name.replace("×", " x ").partition(" x "))
    if not second and first in PROCEDURES_BY_NAME:
        return explain("own-payoff", first)
    return explain(first, second or "logit")


def chosen(
    given: Sequence[Explanation | str] | None,
    kind: str,
    evidence: Evidence,
    place: str = "explanations",
) -> tuple[tuple[Explanation, ...], tuple[str, ...]]:
    """Return the explanations to weigh, and a sentence for each that says nothing here.

    Explanations that are named, at the ``place`` that errors tell, must apply; of those by default
    the ones that lack a feature of the situations are left out.
    """
    if given is not None:
        named = []
        for k, one in enumerate(given):
            with located(place=f"{place}.{k}"):
                named.append(named_explanation(one) if isinstance(one, str) else one)
                named[-1].check(evidence.situations)
        twice = sorted({e.name for e in named if sum(e.name == o.name for o in named) > 1})
        if twice or not named:
            raise InputError(
                "not a list of different explanations",
                place=place,
                found=", ".join(twice) or "none",
                expected="one or more, each once",
            )
        return tuple(named), ()
    kept, notes = [], []
    for name in weighed(kind):
        explanation = named_explanation(name)
        try:
            explanation.check(evidence.situations)
        except ComityError as error:
            notes.append(f"{name} is not weighed: {error.message}, {error.expected}.")
            continue
        kept.append(explanation)
    return tuple(kept), tuple(notes)
