"""The opening of a report: what stands, in one line, and the findings below it."""

from __future__ import annotations

from dataclasses import dataclass

from comity.core.page.words import clean, counted
from comity.inference.report.record import files
from comity.inference.report.words import sentence
from comity.inference.results import Standing, Understanding


@dataclass(frozen=True)
class Verdict:
    """What a reader sees first.

    Attributes
    ----------
    tone : ``holds`` (one explanation), ``fragile`` (several), ``dead`` (none) or ``none`` (it
        cannot be told).
    heading : one line.
    findings : sentences.
    """

    tone: str
    heading: str
    findings: tuple[str, ...]


def verdict(understanding: Understanding) -> Verdict:
    """Return the opening of a report."""
    return Verdict(*_standing(understanding), tuple(map(sentence, understanding.findings)))


def _standing(understanding: Understanding) -> tuple[str, str]:
    standing, fallen = understanding.standing, understanding.fallen
    every = len(understanding.standings)
    untold = every - len(standing) - len(fallen)
    if not every:
        return "none", "No explanation was weighed."
    if every == 1:
        return _alone(understanding.standings[0])
    if not standing:
        if not untold:
            tone = "dead" if understanding.people is None else "fragile"
            return tone, "None of these explanations fits everybody."
        return "none", "Whether any of these explanations stands cannot be told."
    doubt = f" Of {untold} it cannot be told." if untold else ""
    if len(standing) == 1:
        other = " Some people follow another." if _differs(understanding, standing[0]) else ""
        tone = "fragile" if untold or other else "holds"
        return tone, f"One explanation stands: {clean(standing[0])}.{doubt}{other}"
    together = any(set(standing) <= set(group) for group in understanding.classes)
    apart = " As fitted, no such data could tell them apart." if together else ""
    how_many = f"{len(standing)} of {counted(every, 'explanation')} stand."
    return "fragile", f"{how_many}{doubt}{apart}"


def _differs(understanding: Understanding, name: str) -> bool:
    """Whether anybody is assigned to an explanation other than the one that stands for all."""
    people = understanding.people
    told = {} if people is None else people.told
    return any(count and name not in types.split(" or ") for types, count in told.items())


def _alone(standing: Standing) -> tuple[str, str]:
    name = clean(standing.name)
    return {
        True: ("holds", f"The one explanation that was weighed stands: {name}."),
        False: ("dead", f"The one explanation that was weighed fell: {name}."),
        None: (
            "none",
            f"Whether the one explanation weighed stands cannot be told: {name}.",
        ),
    }[standing.stands]


def summary(understanding: Understanding) -> str:
    """Return what the evidence is, in a sentence or two."""
    evidence = understanding.evidence
    people, places = len(set(evidence.person.tolist())), len(set(evidence.situation.tolist()))
    decided = f"{counted(len(evidence), 'decision')} of {counted_people(people)}"
    source = f", from {files(evidence.source)}" if evidence.source else ""
    unused = len(evidence.faults)
    left = f" {counted(unused, 'row')} could not be used." if unused else ""
    return f"{decided} in {counted(places, 'situation')}{source}.{left}"


def counted_people(count: int) -> str:
    """Return a number of people: ``1 person``, ``2 people``."""
    return "1 person" if count == 1 else f"{count:,} people"
